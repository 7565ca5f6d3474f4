import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError } from '../../src/config.ts';
import { ensurePackages } from '../../src/supervisor/packages.ts';
import { readMachine } from '../bench/machine.ts';
import { renderTable } from '../bench/table.ts';
import type { Soak, SoakContext, SoakResult } from './soak.ts';
import { SOAKS } from './soaks.ts';

const SEED = 20_261_121;
const NUMBER_MAX = 1_000_000_000;

const USAGE = `Usage: npm run soak -- NAME [--rounds N] [--seed N] [--json FILE] [--logs FOLDER]

  --rounds N     how many rounds (what a round is stands below)
  --seed N       draws other faults and moments (default ${SEED})
  --json FILE    writes every figure, with the kind of machine
  --logs FOLDER  where lists for a closer look are left; a new folder unless given

Names:
`;

/** `npm run soak`. Resolves with the exit status: 0 all is well, 1 it is not, 2 wrong usage, 130 interrupted. */
async function runSoak(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args);
  const [name = '', ...more] = positionals;
  const soak = SOAKS.get(name);
  const rounds = Number(values.rounds ?? soak?.rounds);
  const seed = Number(values.seed ?? SEED);
  const fits = [rounds, seed].every((one) => Number.isInteger(one) && one >= 1 && one <= NUMBER_MAX);
  if (soak === undefined || more.length > 0 || !fits) {
    const asked = args.length === 0;
    (asked ? process.stdout : process.stderr).write(`${USAGE}${names()}`);
    return asked ? 0 : 2;
  }
  const stopping = new AbortController();
  // Installed for good: a second Ctrl-C must not break the tidying up that the first began.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
  const beganAtMs = performance.now();
  const say = (line: string): void => {
    process.stderr.write(`${((performance.now() - beganAtMs) / 1000).toFixed(0).padStart(5)} s  ${line}\n`);
  };
  const dir = values.logs ?? mkdtempSync(join(tmpdir(), 'strowger-soak-'));
  mkdirSync(dir, { recursive: true });
  try {
    return await watch(name, soak, { rounds, seed, signal: stopping.signal, say, dir }, values.json);
  } catch (error) {
    if (stopping.signal.aborted) return 130;
    say(error instanceof ConfigError ? `${error.code}: ${error.message}` : String((error as Error).stack));
    return 1;
  }
}

/** Lets the soak run and prints what came of it. */
async function watch(name: string, soak: Soak, context: SoakContext, json: string | undefined): Promise<number> {
  const machine = readMachine();
  await ensurePackages(soak.needs, context.say, context.signal);
  const found = await soak.run(context);
  context.signal.throwIfAborted();
  const { tables, notes, failures } = found;
  const { cores, cpu, memoryGib, node, loadBefore } = machine;
  const where = `${cores} cores (${cpu}), ${memoryGib} GiB, Node ${node}, load before ${loadBefore.toFixed(2)}, seed ${context.seed}, ${context.rounds} rounds`;
  const verdict = failures.length === 0 ? ['All is well.'] : failures.map((one) => `NOT WELL: ${one}`);
  process.stdout.write(`\n${[...tables.map(renderTable), ...notes, where, ...verdict].join('\n\n')}\n`);
  if (json !== undefined) writeJson(json, { soak: name, machine, seed: context.seed, ...found });
  return failures.length === 0 ? 0 : 1;
}

function writeJson(path: string, all: SoakResult & { soak: string; machine: object; seed: number }): void {
  const { tables: _, ...rest } = all;
  writeFileSync(path, `${JSON.stringify(rest, undefined, 2)}\n`);
}

function names(): string {
  return [...SOAKS]
    .map(
      ([name, { summary, round, rounds }]) =>
        `  ${name.padEnd(10)}${summary}; a round is ${round}, ${rounds} of them\n`,
    )
    .join('');
}

function readArguments(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = { rounds: text, seed: text, json: text, logs: text };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    const none = { rounds: undefined, seed: undefined, json: undefined, logs: undefined };
    return { values: none, positionals: [] };
  }
}

process.exitCode = await runSoak(process.argv.slice(2));
// The signal handlers and idle connections hold nothing that is still needed.
process.exit();
