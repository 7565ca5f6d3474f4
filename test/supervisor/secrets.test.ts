import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { openSecrets } from '../../src/secrets.ts';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'strowger-secrets-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test('secrets are made once, readable by their owner only, and read again unchanged', async () => {
  const made = await openSecrets(dataDir);
  assert.equal(statSync(join(dataDir, 'secrets.json')).mode & 0o777, 0o600);
  const again = await openSecrets(dataDir);
  assert.equal(again.apiKey, made.apiKey);
  assert.equal(again.ariPassword, made.ariPassword);
  assert.equal(again.databasePassword, made.databasePassword);
  assert.equal(new Set([made.apiKey, made.ariPassword, made.databasePassword]).size, 3);
  assert.match(made.apiKey, /^[\w-]{32}$/);
});

test('processes that start and ask at the same time get the same secrets and lose no password', async () => {
  const opened = await Promise.all(Array.from({ length: 8 }, () => openSecrets(dataDir)));
  assert.equal(new Set(opened.map(({ apiKey }) => apiKey)).size, 1);
  const asked = opened.flatMap((secrets) => ['anna', 'ben', 'cem'].map((id) => secrets.phonePassword(id)));
  assert.equal(new Set(await Promise.all(asked)).size, 3);
  const stored = JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as { phones: object };
  assert.deepEqual(Object.keys(stored.phones).sort(), ['anna', 'ben', 'cem']);
});

test('a file that others may read is refused with the command that helps', async () => {
  await openSecrets(dataDir);
  chmodSync(join(dataDir, 'secrets.json'), 0o640);
  await assert.rejects(openSecrets(dataDir), { code: 'secrets.exposed', message: /chmod 600/ });
});

for (const text of ['', '{"apiKey": ', '[]', 'null', '{"apiKey":"a","ariPassword":"b","phones":{}}']) {
  test(`a broken file is refused and left as it is: ${JSON.stringify(text)}`, async () => {
    const file = join(dataDir, 'secrets.json');
    writeFileSync(file, text, { mode: 0o600 });
    await assert.rejects(openSecrets(dataDir), { code: 'secrets.broken' });
    assert.equal(readFileSync(file, 'utf8'), text);
  });
}

test('a lock that a killed process left is broken', async () => {
  const lock = join(dataDir, 'secrets.json.lock');
  writeFileSync(lock, '');
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(lock, longAgo, longAgo);
  assert.ok((await openSecrets(dataDir)).apiKey);
});

test('an id that cannot be a SIP user gets no password', async () => {
  const secrets = await openSecrets(dataDir);
  for (const id of ['', '__proto__', 'anna maria', '../x', 'a'.repeat(65)]) {
    await assert.rejects(secrets.phonePassword(id), { code: 'secrets.agent_invalid' });
  }
  assert.match(await secrets.phonePassword('constructor'), /^[\w-]{32}$/);
});

test('a file of an older release gets what newer ones need besides, and keeps what it has', async () => {
  const { apiKey, chatSecret } = await openSecrets(dataDir);
  const file = join(dataDir, 'secrets.json');
  const { chatSecret: _, ...older } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  writeFileSync(file, JSON.stringify(older), { mode: 0o600 });
  const [one, other] = await Promise.all([openSecrets(dataDir), openSecrets(dataDir)]);
  assert.equal(one.apiKey, apiKey);
  assert.match(one.chatSecret, /^[\w-]{32}$/);
  assert.notEqual(one.chatSecret, chatSecret);
  assert.equal(other.chatSecret, one.chatSecret);
  assert.equal((await openSecrets(dataDir)).chatSecret, one.chatSecret);
});
