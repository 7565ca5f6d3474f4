import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { projectDir } from '../../src/config.ts';
import { STEPS } from '../../src/flow/steps.ts';
import { renderTable } from '../bench/table.ts';
import { CHOSEN, classOf, fixedOutcomes } from './exit-of.ts';
import { MUTANT_VARIABLE, type Mutant, SEEN_VARIABLE, type Seen } from './mutant.ts';

// npm run mutate [-- TYPE ...]: for every way out of every step type, the tests run with its handling taken out, and one
// of them must fail. Exit status 1 when all pass: then nobody would notice if it broke.

/** A test that would wait for ever fails instead. */
const FILE_MS_MAX = 60_000;
const FOLDERS = ['test/flow'];
const TSX = resolve(projectDir, 'node_modules/tsx/dist/loader.mjs');
const WITHOUT = resolve(projectDir, 'test/mutation/without.ts');

type Killed = { readonly mutant: Mutant; readonly by: string | undefined };

async function run(types: readonly string[]): Promise<number> {
  const unknown = types.find((type) => type !== EVERY && !STEPS.has(type));
  if (unknown !== undefined) {
    process.stderr.write(`There is no step type "${unknown}".\n`);
    return 2;
  }
  const { seen, failing } = await look();
  const mutants = allMutants(seen).filter(({ kind }) => types.length === 0 || types.includes(kind));
  const killed = await inTurn(mutants, (mutant) => hunt(mutant, seen));
  const rows = killed.map(({ mutant: { kind, exit, without }, by }) => [kind, exit, without, by ?? 'SURVIVED']);
  const survivors = killed.filter(({ by }) => by === undefined).length;
  const title = `${mutants.length} mutants, ${survivors} survived`;
  process.stdout.write(`${renderTable({ title, head: ['step type', 'way out', 'without', 'noticed by'], rows })}\n`);
  return survivors + failing.length === 0 ? 0 : 1;
}

const EVERY = 'every step';

/** Runs every file once as it is. What fails by itself can notice nothing and is left out, having been told. */
async function look(): Promise<{ seen: Seen[]; failing: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'strowger-mutation-'));
  const failing: string[] = [];
  try {
    await inTurn(testFiles(), async (file) => {
      if (!(await passes(file, { [SEEN_VARIABLE]: folder }))) failing.push(file);
    });
    for (const file of failing) process.stdout.write(`${relative(projectDir, file)} fails as it is and is left out.\n`);
    const found = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Seen);
    const seen = found.filter(({ file }) => !failing.includes(file)).sort((a, b) => a.tookMs - b.tookMs);
    return { seen, failing };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function testFiles(): string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(resolve(projectDir, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => resolve(projectDir, folder, name)),
  );
}

/** Ways out that are not the step's own doing: the dispatcher's rules lead to another flow, whatever the step says. */
const ELSEWHERE: ReadonlySet<string> = new Set(['queue overflow']);

/** What every type is bound to have, and what it was seen to have besides. Types without an engine only end with `error`. */
function allMutants(seen: readonly Seen[]): Mutant[] {
  const inService = [...STEPS.values()].filter(({ notAvailable }) => notAvailable === undefined);
  const choosy = inService.some(({ channels }) => channels !== undefined) ? ['error'] : [];
  const every = ['skipped', 'max_visits', ...choosy].map((exit): Mutant => ({ kind: EVERY, exit, without: 'leaves' }));
  const own = [...STEPS.values()].flatMap((kind): Mutant[] => {
    const taken = seen.flatMap(({ exits }) => exits[kind.type] ?? []).filter((exit) => exit !== '');
    const fixed = kind.notAvailable === undefined ? fixedOutcomes(kind) : [];
    const leaves = [...new Set([...fixed, ...taken])].filter((exit) => !ELSEWHERE.has(`${kind.type} ${exit}`));
    const leads = kind.target ? leaves.filter((exit) => exit === CHOSEN || exit === 'default') : [];
    const standing = kind.notAvailable === undefined ? [...(kind.fallbacks?.keys() ?? [])].map(classOf) : [];
    const ways = (exits: readonly string[], without: Mutant['without']) =>
      exits.map((exit) => ({ kind: kind.type, exit, without }));
    return [...ways(leaves, 'leaves'), ...ways(leads, 'leads'), ...ways([...new Set(standing)], 'stands in')];
  });
  return [...every, ...own];
}

/** Runs the files that meet the step type, the quickest first, until one fails. */
async function hunt(mutant: Mutant, seen: readonly Seen[]): Promise<Killed> {
  const { kind, exit, without } = mutant;
  const meets = ({ exits }: Seen): boolean =>
    kind === EVERY || (without === 'leaves' ? exits[kind]?.includes(exit) : exits[kind] !== undefined) === true;
  for (const { file } of seen.filter(meets)) {
    if (await passes(file, { [MUTANT_VARIABLE]: JSON.stringify(mutant) })) continue;
    return { mutant, by: relative(projectDir, file) };
  }
  return { mutant, by: undefined };
}

function passes(file: string, env: Readonly<Record<string, string>>): Promise<boolean> {
  return new Promise((done) => {
    const seed = resolve(projectDir, 'test/seed.ts');
    const args = ['--import', TSX, '--import', seed, '--import', WITHOUT, file];
    const options = {
      cwd: projectDir,
      env: { ...process.env, ...env },
      timeout: FILE_MS_MAX,
      stdio: 'ignore',
    } as const;
    const child = spawn(process.execPath, args, options);
    child.on('exit', (status) => done(status === 0));
    child.on('error', () => done(false));
  });
}

/** As many at once as there are cores. */
async function inTurn<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = all.entries();
  const worker = async (): Promise<void> => {
    for (const [place, one] of queue) results[place] = await work(one);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}

process.exitCode = await run(process.argv.slice(2));
