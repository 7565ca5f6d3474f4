import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readPidFile, takeLock, writePidFile } from '../../src/supervisor/pid-file.ts';

const dir = mkdtempSync(join(tmpdir(), 'strowger-pid-'));
after(() => rmSync(dir, { recursive: true, force: true }));

test('a lock that lives is refused with its holder, and can be taken once it was given back', () => {
  const path = join(dir, 'lock');
  const release = takeLock(path, 'http://127.0.0.1:8080');
  assert.throws(() => takeLock(path, ''), {
    code: 'start.already_runs',
    message: new RegExp(
      `^Strowger already runs \\(pid ${process.pid}, http://127\\.0\\.0\\.1:8080\\): .*"kill ${process.pid}"`,
    ),
  });
  release();
  release();
  takeLock(path, '')();
});

test('the lock of a killed process is taken over', async () => {
  const path = join(dir, 'stale');
  const other = spawn('sleep', ['60']);
  writePidFile(path, other.pid ?? 0);
  assert.throws(() => takeLock(path, ''), { code: 'start.already_runs' });
  other.kill('SIGKILL');
  await once(other, 'exit');
  takeLock(path, '')();
});

test('a pid that meanwhile belongs to another program is no lock, and neither is a broken file', () => {
  const path = join(dir, 'reused');
  writePidFile(path, process.pid);
  const [pid, started, ...rest] = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, [pid, Number(started) + 1, ...rest].join('\n'));
  assert.equal(readPidFile(path), undefined);
  for (const text of ['', '-1\n', 'x', '1']) {
    writeFileSync(path, text);
    assert.equal(readPidFile(path), undefined);
  }
  takeLock(path, '')();
});
