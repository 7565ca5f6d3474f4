import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { projectDir } from '../../src/config.ts';

const dir = mkdtempSync(join(tmpdir(), 'strowger-check-'));
after(() => rmSync(dir, { recursive: true, force: true }));

function strowger(...args: string[]) {
  const env = { ...process.env, STROWGER_FLOWS: resolve(projectDir, 'flows') };
  return spawnSync(resolve(projectDir, 'bin/strowger'), args, { encoding: 'utf8', cwd: dir, env });
}

/** A folder with a flow of the one kind or the other. */
function folder(name: string, flow: string): string {
  const path = mkdtempSync(join(dir, `${name}-`));
  writeFileSync(join(path, 'site.yaml'), 'languages: [de]\nnumbers: { "100": main }\n');
  writeFileSync(join(path, 'main.yaml'), flow);
  return path;
}

const fine = folder('fine', 'steps: { a: { type: hangup } }\n');
const broken = folder('broken', 'steps:\n  a: { type: play, promt: "50%: a, b" }\n');
const warned = folder('warned', 'steps:\n  a: { type: play, prompt: { by_language: { en: Hi } } }\n');

test('check prints a line for each problem and a last one that counts them; warnings are no reason to fail', () => {
  const { status, stdout } = strowger('check', broken);
  assert.equal(status, 1);
  assert.match(stdout, /^main\.yaml:2:6 key\.missing .*\nmain\.yaml:2:20 key\.unknown .*"prompt".*\n2 problems\n$/);
  const after = strowger('check', warned);
  assert.equal(after.status, 0);
  assert.match(after.stdout, /^main\.yaml:2:30 language\.missing Warning: .*\nfine: 1 flow, version \w+, 1 warning\n$/);
  assert.equal(strowger('check', warned, '--strict').status, 1);
  assert.equal(strowger('check', fine, '--strict').status, 0);
});

test('check as JSON has every problem with its place and severity, and the version when there is one', () => {
  const bad = JSON.parse(strowger('check', broken, '--json').stdout);
  assert.deepEqual([bad.folder, bad.version, bad.flows, bad.problems.length], [broken, null, 0, 2]);
  const { message, ...first } = bad.problems[1];
  assert.deepEqual(first, { code: 'key.unknown', file: 'main.yaml', line: 2, column: 20, severity: 'error' });
  assert.match(message, /prompt/);
  const good = JSON.parse(strowger('check', warned, '--format', 'json').stdout);
  assert.match(good.version, /^[0-9a-f]{16}$/);
  assert.deepEqual([good.flows, good.problems[0].severity], [1, 'warning']);
});

test('check for GitHub names files from where it was started, and writes separators by their numbers', () => {
  const { stdout } = strowger('check', broken, '--format', 'github');
  const file = `${broken.slice(dir.length + 1)}/main.yaml`;
  assert.ok(stdout.includes(`::error file=${file},line=2,col=20,title=key.unknown::A play step has no key`), stdout);
  assert.match(
    strowger('check', warned, '--format', 'github').stdout,
    /^::warning file=.*::Nothing is said in de here/,
  );
});

test('schema prints one schema, or writes all of them into a folder', () => {
  assert.equal(JSON.parse(strowger('schema').stdout).title, 'A flow of Strowger');
  assert.equal(JSON.parse(strowger('schema', 'site').stdout).title, 'site.yaml of Strowger');
  const out = join(dir, 'schemas');
  const { status, stdout } = strowger('schema', '--write', out);
  assert.equal(status, 0);
  const names = ['flow', 'site', 'test', 'table'].map((name) => join(out, `${name}.schema.json`));
  assert.equal(stdout, `${names.join('\n')}\n`);
  const nowhere = strowger('schema', '--write', join(fine, 'main.yaml', 'x'));
  assert.deepEqual([nowhere.status, nowhere.stderr.split(':')[0]], [1, 'file.unwritable']);
});

test('graph draws a flow in every form, and by the ending of the file that it writes', () => {
  assert.match(strowger('graph', 'main', fine).stdout, /^---\ntitle: "main"\n---\nflowchart TD/);
  assert.match(strowger('graph', 'main', fine, '--format', 'dot').stdout, /^digraph "main" \{/);
  assert.equal(JSON.parse(strowger('graph', 'main', fine, '--json').stdout).title, 'main');
  assert.equal(JSON.parse(strowger('graph', '--all', fine, '--json').stdout).nodes.length, 2);
  const out = join(dir, 'main.svg');
  assert.deepEqual([strowger('graph', 'main', fine, '--out', out).stdout], ['']);
  assert.match(strowger('graph', '--format', 'svg').stdout, /^<svg /, 'all flows of the folder in service');
});

test('graph tells the nearest name of a flow that is not there, and why a folder cannot be drawn', () => {
  const unknown = strowger('graph', 'mian', fine);
  assert.deepEqual([unknown.status, unknown.stdout], [1, '']);
  assert.match(unknown.stderr, /^flow\.unknown: .*"main"/);
  const bad = strowger('graph', 'main', broken);
  assert.equal(bad.status, 1);
  assert.match(bad.stderr, /key\.unknown/);
});

test('words that none of the three understands are a wrong usage', () => {
  for (const args of [
    ['check', '--format', 'xml'],
    ['check', '--fast'],
    ['schema', 'flows'],
    ['schema', 'flow', 'site'],
    ['graph', 'main', '.', 'x'],
    ['graph', '--format', 'png'],
  ]) {
    const { status, stderr } = strowger(...args);
    assert.equal(status, 2, args.join(' '));
    assert.match(stderr, new RegExp(`\nUsage: bin/strowger ${args[0]} `), args.join(' '));
  }
});
