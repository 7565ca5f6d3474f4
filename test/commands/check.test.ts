import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { check } from '../../src/commands/check.ts';
import type { CliCommand } from '../../src/commands/command.ts';
import { graph } from '../../src/commands/graph.ts';
import { schema } from '../../src/commands/schema.ts';
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
  const out = join(dir, 'schemas');
  const { status, stdout } = strowger('schema', '--write', out);
  assert.equal(status, 0);
  const names = ['flow', 'site', 'test', 'table'].map((name) => join(out, `${name}.schema.json`));
  assert.equal(stdout, `${names.join('\n')}\n`);
  assert.equal(JSON.parse(readFileSync(names[1]!, 'utf8')).title, 'site.yaml of Strowger');
});

test('what cannot be written is told with its code', async () => {
  const below = join(fine, 'main.yaml', 'x');
  await assert.rejects(schema.run(['--write', below], {}), { code: 'file.unwritable' });
  await assert.rejects(graph.run(['main', fine, '--out', below], {}), { code: 'file.unwritable' });
});

test('graph draws a flow in every form, by the ending of the file that it writes or as it is asked', async () => {
  const written = async (...args: string[]): Promise<string> => {
    const out = join(dir, `picture.${args.at(-1)}`);
    assert.equal(await graph.run([...args.slice(0, -1), '--out', out], {}), 0);
    return readFileSync(out, 'utf8');
  };
  assert.match(await written('main', fine, 'md'), /^---\ntitle: "main"\n---\nflowchart TD/);
  assert.match(await written('main', fine, 'dot'), /^digraph "main" \{/);
  assert.match(await written('main', fine, 'svg'), /^<svg /);
  assert.match(await written('main', fine, '--format', 'svg', 'txt'), /^<svg /);
  assert.equal(JSON.parse(await written('main', fine, 'json')).title, 'main');
  assert.equal(JSON.parse(await written('--all', fine, '--json', 'txt')).nodes.length, 2);
  assert.match(strowger('graph').stdout, /flowchart TD/, 'all flows of the folder in service');
});

/** Runs a command that says what it has to say on stderr. */
async function refused(command: CliCommand, args: readonly string[]): Promise<{ status: number; stderr: string }> {
  const write = process.stderr.write;
  let stderr = '';
  process.stderr.write = (text: string | Uint8Array): boolean => {
    stderr += String(text);
    return true;
  };
  try {
    return { status: await command.run(args, {}), stderr };
  } finally {
    process.stderr.write = write;
  }
}

test('graph tells the nearest name of a flow that is not there, and why a folder cannot be drawn', async () => {
  const unknown = await refused(graph, ['mian', fine]);
  assert.equal(unknown.status, 1);
  assert.match(unknown.stderr, /^flow\.unknown: .*"main"/);
  const bad = await refused(graph, ['main', broken]);
  assert.equal(bad.status, 1);
  assert.match(bad.stderr, /key\.unknown/);
});

test('words that none of the three understands are a wrong usage', async () => {
  for (const [command, ...args] of [
    [check, '--format', 'xml'],
    [check, '--fast'],
    [schema, 'flows'],
    [schema, 'flow', 'site'],
    [graph, 'main', '.', 'x'],
    [graph, '--format', 'png'],
  ] as const) {
    const { status, stderr } = await refused(command, args);
    assert.equal(status, 2, args.join(' '));
    assert.match(stderr, new RegExp(`\nUsage: bin/strowger ${command.name} `), args.join(' '));
  }
});
