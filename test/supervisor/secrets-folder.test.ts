import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ConfigError } from '../../src/config.ts';
import { makeDataDir } from '../../src/secrets.ts';

test('a data folder deep below is made, and closed to the lists of others', () => {
  const top = mkdtempSync(join(tmpdir(), 'strowger-folder-'));
  const dir = join(top, 'one', 'two');
  makeDataDir(dir);
  assert.equal(statSync(dir).mode & 0o066, 0);
  makeDataDir(dir);
  rmSync(top, { recursive: true });
});

test('a data folder that cannot be made is refused at once, with the variable to set', () => {
  const refused = (error: unknown) =>
    error instanceof ConfigError && error.code === 'data.not_made' && /STROWGER_DATA/.test(error.message);
  assert.throws(() => makeDataDir('/proc/strowger/data'), refused);
  assert.ok(!existsSync('/proc/strowger'));
});
