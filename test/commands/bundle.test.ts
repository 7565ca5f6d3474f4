import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { ENTRIES } from '../../bin/bundle.mjs';
import { projectDir } from '../../src/config.ts';

// bin/strowger runs the source as one piece of JavaScript, which is made anew when the source changes.

const made: string[] = [];
after(() => {
  for (const dir of made) rmSync(dir, { recursive: true, force: true });
});

/** A project with one command, in a folder of its own. */
function project(packages: 'writable' | 'none'): string {
  const dir = mkdtempSync(join(tmpdir(), 'strowger-bundle-'));
  made.push(dir);
  for (const name of ['bundle.mjs', 'strowger']) cpSync(join(projectDir, 'bin', name), join(dir, 'bin', name));
  for (const entry of ENTRIES.filter((one) => one !== 'cli')) {
    mkdirSync(join(dir, 'src', dirname(entry)), { recursive: true });
    writeFileSync(join(dir, 'src', `${entry}.ts`), 'export {};\n');
  }
  if (packages === 'writable') {
    mkdirSync(join(dir, 'node_modules'));
    for (const name of ['esbuild', '@esbuild'])
      symlinkSync(join(projectDir, 'node_modules', name), join(dir, 'node_modules', name));
  }
  return dir;
}

function writeCli(dir: string, text: string): void {
  writeFileSync(join(dir, 'src/cli.ts'), text);
}

function run(dir: string): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(dir, 'bin/strowger')], { encoding: 'utf8' });
}

test('a change of the source is run the next time, and what was made before is used where nothing changed', () => {
  const dir = project('writable');
  writeCli(dir, "const word: string = 'first'; console.log(word);\n");
  assert.deepEqual([run(dir).stdout, run(dir).stdout], ['first\n', 'first\n']);
  const folder = join(dir, 'node_modules/.strowger');
  assert.equal(readdirSync(folder).length, 1);
  writeCli(dir, "const word: string = 'second'; console.log(word);\n");
  assert.equal(run(dir).stdout, 'second\n');
  assert.equal(readdirSync(folder).length, 2);
});

test('what was made of older states of the source is taken away after a day', () => {
  const dir = project('writable');
  writeCli(dir, "console.log('old');\n");
  run(dir);
  const folder = join(dir, 'node_modules/.strowger');
  const [old] = readdirSync(folder);
  utimesSync(join(folder, old!), new Date(0), new Date(0));
  writeCli(dir, "console.log('newer');\n");
  run(dir);
  assert.equal(readdirSync(folder).includes(old!), false);
});

test('a file finds what lies beside its source, and an error names the line of the source', () => {
  const dir = project('writable');
  const own = ['import', 'meta', 'url'].join('.');
  writeCli(dir, `console.log(${own});\n\n\nthrow new Error("here");\n`);
  const { stdout, stderr, status } = run(dir);
  assert.match(stdout, /\/src\/cli\.ts\n$/);
  assert.match(stderr, /src\/cli\.ts:4/);
  assert.notEqual(status, 0);
});

test('where the packages are missing, the first start says what to do', () => {
  const dir = project('none');
  writeCli(dir, 'console.log(1);\n');
  const { status, stderr } = run(dir);
  assert.deepEqual([status, stderr], [1, 'The npm packages are missing: run "npm start" once, it installs them.\n']);
});
