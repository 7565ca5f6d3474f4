import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError } from '../../src/config.ts';
import { ensurePackages } from '../../src/supervisor/packages.ts';
import type { Bench, BenchContext } from './bench.ts';
import { BENCHES } from './benches.ts';
import { readMachine } from './machine.ts';
import { renderTable } from './table.ts';

const ROUND_SECONDS = 5;
/** A phone's registration lasts ten minutes, and so may the longest bench. */
const ROUND_SECONDS_MAX = 20;

const USAGE = `Usage: npm run bench -- NAME [--json FILE] [--seconds N] [--profile FOLDER] [--only PART] [--keep]

  --json FILE       writes every figure, with the kind of machine
  --seconds N       how long one round of load takes (default ${ROUND_SECONDS})
  --profile FOLDER  writes a CPU profile of the controller; figures are then not to be trusted
  --only PART       of calls: first (a to d) or more (e to g)
  --keep            leaves the run's folder (logs, capture, passwords) and says where it is

Names:
`;

/** `npm run bench`. Resolves with the exit status: 0 done, 1 failed, 2 wrong usage, 130 interrupted. */
async function runBench(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args);
  const [name, ...more] = positionals;
  const bench = name === undefined ? undefined : BENCHES.get(name);
  const seconds = Number(values.seconds ?? ROUND_SECONDS);
  if (bench === undefined || more.length > 0 || !(seconds >= 1 && seconds <= ROUND_SECONDS_MAX)) {
    const names = [...BENCHES].map(([known, { summary }]) => `  ${known.padEnd(10)}${summary}`).join('\n');
    const asked = args.length === 0;
    (asked ? process.stdout : process.stderr).write(`${USAGE}${names}\n`);
    return asked ? 0 : 2;
  }
  const stopping = new AbortController();
  // Installed for good: a second Ctrl-C must not break the tidying up that the first began.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
  const startedAtMs = performance.now();
  const say = (line: string): void => {
    process.stderr.write(`${((performance.now() - startedAtMs) / 1000).toFixed(0).padStart(4)} s  ${line}\n`);
  };
  const options = {
    roundMs: seconds * 1000,
    profileDir: values.profile,
    only: values.only,
    signal: stopping.signal,
    say,
  };
  try {
    await measure(name ?? '', bench, options, values);
    return 0;
  } catch (error) {
    if (stopping.signal.aborted) return 130;
    process.stderr.write(
      `${error instanceof ConfigError ? `${error.code}: ${error.message}` : (error as Error).stack}\n`,
    );
    return 1;
  }
}

async function measure(
  name: string,
  bench: Bench,
  options: Omit<BenchContext, 'dir'>,
  { json, keep }: ReturnType<typeof readArguments>['values'],
): Promise<void> {
  const machine = readMachine();
  await ensurePackages(bench.needs, options.say, options.signal);
  const dir = mkdtempSync(join(tmpdir(), 'strowger-bench-'));
  // PostgreSQL and Asterisk run as a user of their own and must pass through.
  chmodSync(dir, 0o711);
  try {
    const { tables, notes, figures, asterisk } = await bench.run({ ...options, dir });
    options.signal.throwIfAborted();
    const { cores, cpu, memoryGib, node, loadBefore } = machine;
    const where = `${cores} cores (${cpu}), ${memoryGib} GiB, Node ${node}${asterisk ? `, Asterisk ${asterisk}` : ''}, load before ${loadBefore.toFixed(2)}`;
    process.stdout.write(`\n${[...tables.map(renderTable), ...notes, where].join('\n\n')}\n`);
    const all = { bench: name, machine: { ...machine, asterisk }, roundMs: options.roundMs, figures };
    if (json !== undefined) writeFileSync(json, `${JSON.stringify(all, undefined, 2)}\n`);
  } finally {
    if (keep) options.say(`left: ${dir}`);
    else rmSync(dir, { recursive: true, force: true });
  }
}

function readArguments(args: readonly string[]) {
  const options = {
    json: { type: 'string' },
    seconds: { type: 'string' },
    profile: { type: 'string' },
    only: { type: 'string' },
    keep: { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return {
      values: { json: undefined, seconds: undefined, profile: undefined, only: undefined, keep: false },
      positionals: ['', ''],
    };
  }
}

process.exitCode = await runBench(process.argv.slice(2));
// The signal handlers and idle connections hold nothing that is still needed.
process.exit();
