import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError, projectDir, readConfig } from '../src/config.ts';
import { makeDataDir } from '../src/secrets.ts';
import { findAsterisk, layAsteriskTree } from '../src/supervisor/asterisk-tree.ts';
import { DEBIAN_PACKAGES, ensurePackages } from '../src/supervisor/packages.ts';
import { bundleTests } from './bundle.ts';

/** Folders whose tests need no Asterisk, no database and no engine, or only what starts in a moment. */
const FAST = [
  'acd',
  'api',
  'calls',
  'channels',
  'commands',
  'controller',
  'documents',
  'expression',
  'flow',
  'model',
  'mutation',
  'outbound',
  'pictures',
  'rehearsal',
  'reports',
  'scenarios',
  'web',
];

/** The files that take longest are begun first, so that none of them is what all the others have ended before. */
const LONGEST = [
  'controller/determinism.test.ts',
  'simulation/theory.test.ts',
  'acd/invariants.test.ts',
  'outbound/keeps-place.test.ts',
  'recognition/accuracy.test.ts',
  'recognition/pool.test.ts',
  'system/survives-faults.test.ts',
  'system/survives-outages.test.ts',
  'system/call-legs.test.ts',
  'system/speech-accuracy.test.ts',
  'system/speech.test.ts',
  'system/demo.test.ts',
];

/** Tests that measure times; anything beside them would be measured, too. */
const ALONE = ['system/flows-reload.test.ts'];

/**
 * A test with real calls waits most of its time, for somebody to ring, to speak or to give up: it takes a third of a
 * core. Each has its own Asterisk, database and ports (test/system/slot.ts).
 */
const REAL_CALLS_AT_ONCE = 3;

/** The longest file takes a minute on a quiet machine; one that hangs is ended and named. */
const FILE_MS_MAX = 240_000;

/** `npm run check` (fast) and `npm test` (all). Exit status 0 when everything is right. */
async function run(scope: string | undefined): Promise<number> {
  if (scope !== 'fast' && scope !== 'all') throw new ConfigError('run.usage', 'Usage: test/run.ts fast|all');
  step('types');
  if ((await program('node_modules/.bin/tsc', ['-p', '.'])) !== 0) return 1;
  step('lint');
  if ((await program('node_modules/.bin/biome', ['ci', '--error-on-warnings', '.'])) !== 0) return 1;
  if (scope === 'all') await provide();
  if (scope === 'fast') {
    step('fast tests');
    return tests(testFiles(isFast), 2);
  }
  step('tests without calls');
  // All are run, so that one look tells all that is wrong.
  const statuses = [await tests(testFiles(hasNoCalls), 2)];
  step('tests with real calls');
  const together = (name: string): boolean => !hasNoCalls(name) && !ALONE.includes(name);
  statuses.push(await tests(testFiles(together), REAL_CALLS_AT_ONCE));
  step('tests with real calls that measure times');
  const alone = (name: string): boolean => ALONE.includes(name);
  statuses.push(await tests(testFiles(alone), 1));
  step('done');
  return statuses.find((status) => status !== 0) ?? 0;
}

/** Runs test files, so many at once. */
async function tests(files: readonly string[], atOnce: number): Promise<number> {
  const seedFile = resolve(projectDir, 'test/seed.ts');
  const [seed, ...made] = await bundleTests(projectDir, [seedFile, ...files]);
  const options = [
    '--enable-source-maps',
    '--import',
    seed!,
    '--test',
    '--test-reporter=spec',
    `--test-timeout=${FILE_MS_MAX}`,
    `--test-concurrency=${atOnce}`,
  ];
  return program(process.execPath, [...options, ...made]);
}

/** Installs what is missing, so that a clean clone on a fresh machine passes by this one command. */
async function provide(): Promise<void> {
  const { dataDir } = readConfig({});
  makeDataDir(dataDir);
  step('Debian packages');
  await ensurePackages(Object.values(DEBIAN_PACKAGES), progress);
  step('Asterisk');
  const found = (await findAsterisk(dataDir)) ?? (await layAsteriskTree(dataDir, progress));
  progress(`Asterisk ${found.version}`);
}

/** Node 20's --test takes no patterns, so the files are listed here. */
function testFiles(wanted: (name: string) => boolean): string[] {
  const all = readdirSync(resolve(projectDir, 'test'), { recursive: true, encoding: 'utf8' });
  const names = all.filter((name) => name.endsWith('.test.ts') && wanted(name)).sort(byLength);
  return names.map((name) => resolve(projectDir, 'test', name));
}

function byLength(one: string, other: string): number {
  const place = (name: string): number => LONGEST.indexOf(name) + 1 || LONGEST.length + 1;
  return place(one) - place(other) || (one < other ? -1 : 1);
}

function hasNoCalls(name: string): boolean {
  return !name.startsWith('system/') && !name.startsWith('far-end/');
}

function isFast(name: string): boolean {
  return !name.includes('/') || FAST.includes(name.split('/')[0]!);
}

function program(path: string, args: readonly string[]): Promise<number> {
  return new Promise((done) => {
    const child = spawn(resolve(projectDir, path), args, { cwd: projectDir, stdio: 'inherit' });
    child.on('exit', (status) => done(status ?? 1));
    child.on('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      done(1);
    });
  });
}

const began = performance.now();
function step(name: string): void {
  process.stdout.write(`\n== ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)\n`);
}

function progress(line: string): void {
  process.stdout.write(`   ${line}\n`);
}

run(process.argv[2]).then(
  (status) => {
    process.exitCode = status;
  },
  (error: Error) => {
    process.stderr.write(`${error instanceof ConfigError ? error.message : error.stack}\n`);
    process.exitCode = 1;
  },
);
