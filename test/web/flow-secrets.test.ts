import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readConfig } from '../../src/config.ts';
import { openFlowSecrets } from '../../src/secrets.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'strowger-flow-secrets-'));
const folder = join(dataDir, 'secrets');
mkdirSync(folder);
after(() => rmSync(dataDir, { recursive: true }));

const lines: string[] = [];
const log = { warn: (fields: object) => void lines.push(JSON.stringify(fields)) };
const given = new Map([
  ['CRM_TOKEN', 'from-variable'],
  ['small', 'as-written'],
]);
const secret = openFlowSecrets(dataDir, given, log);

function put(name: string, text: string, mode = 0o600): string {
  const file = join(folder, name);
  rmSync(file, { force: true });
  writeFileSync(file, text, { mode });
  chmodSync(file, mode);
  return file;
}

test('a secret is the text of its file, without one line break at the end', () => {
  put('plain', 'abc');
  put('line', 'abc\n');
  put('windows', 'abc\r\n');
  put('two_lines', ' abc \n\n');
  assert.deepEqual(['plain', 'line', 'windows', 'two_lines'].map(secret), ['abc', 'abc', 'abc', ' abc \n']);
});

test('a file that is changed, replaced, taken away or put there counts at once', () => {
  const file = put('moving', 'one');
  assert.equal(secret('moving'), 'one');
  writeFileSync(file, 'three');
  assert.equal(secret('moving'), 'three');
  renameSync(put('beside', 'tow'), file);
  assert.equal(secret('moving'), 'tow');
  rmSync(file);
  assert.equal(secret('moving'), undefined);
  put('moving', 'back');
  assert.equal(secret('moving'), 'back');
});

test('a file that others may read is refused until it is closed to them, and told once', () => {
  for (const mode of [0o644, 0o640, 0o604, 0o660, 0o602]) {
    lines.length = 0;
    const file = put(`open_${mode}`, 'abc-4711', mode);
    for (let n = 0; n < 3; n++) assert.equal(secret(`open_${mode}`), undefined);
    assert.equal(lines.length, 1, lines.join());
    assert.match(lines[0]!, /chmod 600/);
    assert.doesNotMatch(lines[0]!, /4711/);
    chmodSync(file, 0o400);
    assert.equal(secret(`open_${mode}`), 'abc-4711');
  }
});

test('4 KiB are read; more, nothing, a folder and a link to nowhere are refused', () => {
  put('longest', 'a'.repeat(4_096));
  assert.equal(secret('longest')?.length, 4_096);
  put('too_long', 'a'.repeat(4_097));
  put('empty', '\n');
  mkdirSync(join(folder, 'folder'), { mode: 0o700 });
  symlinkSync(join(folder, 'nothing'), join(folder, 'dangling'));
  lines.length = 0;
  assert.deepEqual(['too_long', 'empty', 'folder', 'dangling'].map(secret), Array(4).fill(undefined));
  assert.equal(lines.length, 3, 'what is not there is no mistake of a file');
});

test('a link to a file is the file', () => {
  put('target', 'linked');
  symlinkSync(join(folder, 'target'), join(folder, 'link'));
  assert.equal(secret('link'), 'linked');
});

test('no name leads out of the folder, and none means something to JavaScript', () => {
  writeFileSync(join(dataDir, 'outside'), 'no', { mode: 0o600 });
  for (const name of [
    '../outside',
    '..',
    '.',
    '',
    'a/b',
    'a.b',
    'ü',
    'a'.repeat(65),
    'a\0',
    '__proto__',
    'constructor',
  ]) {
    assert.equal(secret(name), undefined, name);
  }
  put('a'.repeat(64), 'longest name');
  assert.equal(secret('a'.repeat(64)), 'longest name');
});

test('without a file the variable counts, as the flow writes the name or in capital letters', () => {
  assert.equal(secret('CRM_TOKEN'), 'from-variable');
  assert.equal(secret('crm_token'), 'from-variable');
  assert.equal(secret('small'), 'as-written');
  assert.equal(secret('SMALL'), undefined);
  put('crm_token', 'from-file');
  assert.equal(secret('crm_token'), 'from-file');
  put('crm_token', 'from-file', 0o644);
  assert.equal(secret('crm_token'), undefined, 'a refused file is no reason to use another secret');
});

test('the configuration takes every variable that begins with STROWGER_SECRET_, empty ones left out', () => {
  const { flowSecrets } = readConfig({
    STROWGER_SECRET_CRM_TOKEN: ' a b ',
    STROWGER_SECRET_other: 'c',
    STROWGER_SECRET_EMPTY: ' ',
    STROWGER_SECRETS: 'no',
  });
  assert.deepEqual(
    flowSecrets,
    new Map([
      ['CRM_TOKEN', ' a b '],
      ['other', 'c'],
    ]),
  );
});
