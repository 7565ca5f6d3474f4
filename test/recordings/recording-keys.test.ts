import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openRecordingKeys } from '../../src/recording-keys.ts';
import { newDataKey, unwrapKey, wrapKey } from '../../src/recordings/data-key.ts';

const root = mkdtempSync(join(tmpdir(), 'strowger-keys-'));
after(() => rmSync(root, { recursive: true, force: true }));
const newDir = (): string => mkdtempSync(join(root, 'data-'));
const fileOf = (dir: string): string => join(dir, 'recording-keys.json');

test('keys are made at the first start, one for each purpose, and are the same at the next', async () => {
  const dir = newDir();
  const first = await openRecordingKeys(dir);
  assert.notDeepEqual(first.current('talk').key, first.current('message').key);
  assert.equal(statSync(fileOf(dir)).mode & 0o777, 0o600);
  const second = await openRecordingKeys(dir);
  assert.deepEqual([second.current('talk'), second.old()], [first.current('talk'), []]);
});

test('two processes that start at once have the same keys', async () => {
  const dir = newDir();
  const rings = await Promise.all([1, 2, 3].map(() => openRecordingKeys(dir)));
  assert.equal(new Set(rings.map((ring) => ring.current('talk').id)).size, 1);
});

test('a new key is the current one, and the old one stays until it is forgotten; a current one cannot be', async () => {
  const dir = newDir();
  const ring = await openRecordingKeys(dir);
  const before = ring.current('talk');
  await ring.renew();
  assert.notEqual(ring.current('talk').id, before.id);
  assert.deepEqual(ring.find(before.id), before);
  assert.equal(ring.old().length, 2);
  await ring.forget([before.id, ring.current('talk').id]);
  assert.equal(ring.find(before.id), undefined);
  const again = await openRecordingKeys(dir);
  assert.deepEqual([again.current('talk').id, again.old().length], [ring.current('talk').id, 1]);
});

test('a file that others may read or that is broken is refused, never written over', async () => {
  const dir = newDir();
  await openRecordingKeys(dir);
  chmodSync(fileOf(dir), 0o644);
  await assert.rejects(openRecordingKeys(dir), { code: 'secrets.exposed' });
  chmodSync(fileOf(dir), 0o600);
  for (const text of ['{', '{"talk":[],"message":[]}', '{"talk":[{"id":"a","key":"short"}],"message":[]}']) {
    writeFileSync(fileOf(dir), text, { mode: 0o600 });
    await assert.rejects(openRecordingKeys(dir), { code: 'secrets.keys_broken' });
    assert.equal(readFileSync(fileOf(dir), 'utf8'), text);
  }
});

test('a wrapped key opens for its own recording under its own key alone', async () => {
  const ring = await openRecordingKeys(newDir());
  const key = newDataKey();
  const wrapped = wrapKey(key, ring.current('talk'), 'c1.r1-a');
  assert.ok(unwrapKey(wrapped, ring, 'c1.r1-a').equals(key));
  assert.throws(() => unwrapKey(wrapped, ring, 'c2.r1-a'), { code: 'recording.broken' });
  const other = { ...wrapped, keyId: ring.current('message').id };
  assert.throws(() => unwrapKey(other, ring, 'c1.r1-a'), { code: 'recording.broken' });
  assert.throws(() => unwrapKey({ ...wrapped, keyId: 'gone' }, ring, 'c1.r1-a'), { code: 'recording.key_missing' });
  const flipped = Buffer.from(wrapped.wrapped);
  flipped[20]! ^= 1;
  assert.throws(() => unwrapKey({ ...wrapped, wrapped: flipped }, ring, 'c1.r1-a'), { code: 'recording.broken' });
});
