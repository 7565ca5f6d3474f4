import assert from 'node:assert/strict';
import { appendFileSync, closeSync, mkdtempSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { boundLogFiles, openLogFile, tailOf } from '../../src/supervisor/log-file.ts';

test('a log that grew too long is cut under its writer, who goes on from the beginning', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'strowger-log-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const path = join(dir, 'a.log');
  const writer = openLogFile(path);
  writeSync(writer, 'old\n'.repeat(100));
  appendFileSync(join(dir, 'other.txt'), 'x'.repeat(1000));
  boundLogFiles(dir, 100);
  writeSync(writer, 'new\n');
  closeSync(writer);
  assert.equal(readFileSync(path, 'utf8'), 'new\n');
  assert.equal(readFileSync(`${path}.1`, 'utf8').length, 400);
  assert.equal(readFileSync(join(dir, 'other.txt'), 'utf8').length, 1000);
  assert.equal(tailOf(path), 'new');
  assert.equal(tailOf(join(dir, 'none.log')), '');
});

test('the tail of a log begins where a run began, and shows the sentences of JSON lines', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'strowger-log-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const path = join(dir, 'a.log');
  appendFileSync(path, 'earlier run\n');
  const fromByte = statSync(path).size;
  appendFileSync(path, '{"level":50,"error":"ENOENT","msg":"It failed."}\n{"level":30,"msg":"Well."}\n{half\nplain\n');
  assert.equal(tailOf(path, fromByte), 'It failed. (ENOENT)\nWell.\n{half\nplain');
});
