import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openRecordingKeys } from '../../src/recording-keys.ts';
import { decoded } from '../../src/recordings/flac.ts';
import { openSealed } from '../../src/recordings/sealed-file.ts';
import { hasTone } from '../far-end/heard-tone.ts';
import { readWav, tone, writeWav } from '../far-end/wav.ts';
import { contentOf, finishedSound, Stored, startVaultFixture, type VaultFixture } from './vault-fixture.ts';

let fixture: VaultFixture;
before(async () => {
  fixture = await startVaultFixture();
});
after(() => fixture.end());

const sides = (stored: Stored, [left, right]: readonly string[]): void => {
  stored.files.set(left!, writeWav(tone(440, 1200)));
  if (right !== undefined) stored.files.set(right, writeWav(tone(1540, 800)));
};

/** What is heard on one side of FLAC with two. */
async function side(flac: Buffer, at: 0 | 1): Promise<Int16Array> {
  async function* one(): AsyncGenerator<Buffer> {
    yield flac;
  }
  const parts: Buffer[] = [];
  for await (const part of decoded(one())) parts.push(part);
  const wav = Buffer.concat(parts);
  const samples: number[] = [];
  for (let place = 44 + at * 2; place + 1 < wav.length; place += 4) samples.push(wav.readInt16LE(place));
  return Int16Array.from(samples);
}

function filesIn(dir: string): string[] {
  return readdirSync(join(dir, 'recordings'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.includes('.'),
  );
}

test('a talk is kept as FLAC with the customer left and the agent right, and goes from Asterisk', async () => {
  const [dir, stored] = [fixture.newDir(), new Stored()];
  const { vault, told, until } = await fixture.open(dir, stored);
  const finished = finishedSound();
  sides(stored, finished.files);
  vault.keep(finished);
  vault.keep(finished);
  await until(1);
  assert.deepEqual(told, [`kept ${finished.recordingId}`]);
  assert.equal(stored.files.size, 0);
  const found = await vault.find(finished.recordingId);
  assert.ok(found.ok);
  const { durationMs, channels, purpose, agentId, bytes, file } = found.value;
  assert.deepEqual(
    { durationMs, channels, purpose, agentId },
    { durationMs: 1200, channels: 2, purpose: 'talk', agentId: 'anna' },
  );
  const flac = await contentOf(vault, finished.recordingId);
  assert.equal(flac.length, bytes);
  const [left, right] = [await side(flac, 0), await side(flac, 1)];
  assert.deepEqual(
    [hasTone(left, 440), hasTone(left, 1540), hasTone(right, 440), hasTone(right, 1540)],
    [true, false, false, true],
  );
  const onDisk = readFileSync(join(dir, 'recordings', file));
  assert.equal(onDisk.includes('fLaC'), false);
  assert.equal(statSync(join(dir, 'recordings', file)).mode & 0o077, 0);
});

test('a side that Asterisk never wrote is silence; nothing at all is told as lost', async () => {
  const stored = new Stored();
  const { vault, told, until } = await fixture.open(fixture.newDir(), stored);
  const one = finishedSound();
  stored.files.set(one.files[1]!, writeWav(tone(1540, 800)));
  vault.keep(one);
  await until(1);
  const flac = await contentOf(vault, one.recordingId);
  assert.equal(hasTone(await side(flac, 1), 1540), true);
  assert.equal(
    (await side(flac, 0)).every((sample) => sample === 0),
    true,
  );
  const [gone, empty, noSound] = [finishedSound(), finishedSound(), finishedSound()];
  stored.files.set(empty.files[0]!, writeWav(new Int16Array(0)));
  stored.files.set(noSound.files[0]!, Buffer.from('no sound'));
  for (const finished of [gone, empty, noSound]) vault.keep(finished);
  await until(4);
  assert.deepEqual(
    told.slice(1).sort(),
    [
      `lost ${empty.recordingId} recording.empty`,
      `lost ${gone.recordingId} recording.sound_gone`,
      `lost ${noSound.recordingId} recording.sound_broken`,
    ].sort(),
  );
});

test('Asterisk away and database away: it is tried again until they are back', async () => {
  const stored = new Stored();
  const { vault, told, log, until } = await fixture.open(fixture.newDir(), stored);
  const finished = finishedSound();
  sides(stored, finished.files);
  stored.away = true;
  vault.keep(finished);
  while (vault.health().up) await pause(5);
  assert.match(vault.health().detail, /1 wait to be kept; .*recording\.asterisk_away/);
  stored.away = false;
  await until(1);
  assert.equal(vault.health().up, true);
  await fixture.stopDatabase();
  const later = finishedSound();
  sides(stored, later.files);
  vault.keep(later);
  while (vault.health().up) await pause(5);
  assert.equal(stored.files.size, 2, 'Asterisk keeps its files until the recording is safe');
  await fixture.startDatabase();
  await until(2);
  assert.deepEqual(told, [`kept ${finished.recordingId}`, `kept ${later.recordingId}`]);
  const alarms = log.filter((line) => line.includes('cannot be kept'));
  assert.equal(alarms.length, 2, 'each trouble is told once');
});

test('disk full: nothing half-written is left, it is told once, and goes on by itself when there is room', async (t) => {
  const dir = fixture.newDir();
  mkdirSync(join(dir, 'recordings'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', join(dir, 'recordings')], { stdio: 'ignore' });
  } catch {
    return t.skip('only root may mount a small disk');
  }
  t.after(() => execFileSync('umount', [join(dir, 'recordings')]));
  const stored = new Stored();
  const { vault, told, log, until } = await fixture.open(dir, stored, { freeBytesMin: 0 });
  writeFileSync(join(dir, 'recordings', 'ballast'), Buffer.alloc(240 * 1024));
  const finished = finishedSound();
  // Noise cannot be compressed: some 100 KB.
  const noise = Int16Array.from({ length: 50_000 }, (_, at) => ((at * 7919 * (at % 127)) % 65_536) - 32_768);
  stored.files.set(finished.files[0]!, writeWav(noise));
  vault.keep(finished);
  while (vault.health().up) await pause(5);
  assert.match(vault.health().detail, /recording\.disk_full/);
  await pause(200);
  assert.equal(log.filter((line) => line.includes('recording.disk_full')).length, 1);
  // The part of an attempt that is under way has another name, by which nothing is ever read.
  assert.deepEqual(
    filesIn(dir).filter((name) => !name.endsWith('.part')),
    [],
  );
  assert.equal((await vault.find(finished.recordingId)).ok, false);
  assert.equal(stored.files.size, 1, 'Asterisk keeps what could not be kept');
  assert.ok(stored.open <= 1, `${stored.open} streams are held open by attempts that failed`);
  rmSync(join(dir, 'recordings', 'ballast'));
  await until(1);
  assert.deepEqual(told, [`kept ${finished.recordingId}`]);
  assert.equal(vault.health().up, true);
});

test('work that was cut off is done again: a part is removed, and a file without its row is written anew', async () => {
  const [dir, stored] = [fixture.newDir(), new Stored()];
  const finished = finishedSound();
  sides(stored, finished.files);
  const day = new Date(finished.begunAtMs).toISOString().slice(0, 10);
  mkdirSync(join(dir, 'recordings', day), { recursive: true });
  const path = join(dir, 'recordings', day, `${finished.recordingId}.sealed`);
  writeFileSync(`${path}.part`, 'half');
  writeFileSync(path, 'whole, but its key was never written down');
  const { vault, until } = await fixture.open(dir, stored);
  assert.equal(existsSync(`${path}.part`), false);
  vault.keep(finished);
  await until(1);
  assert.equal((await contentOf(vault, finished.recordingId)).toString('latin1', 0, 4), 'fLaC');
  // After a crash between the row and the end of the work it is kept already, and Asterisk's sound goes.
  sides(stored, finished.files);
  vault.keep(finished);
  await until(2);
  assert.equal(stored.files.size, 0);
});

test('what is deleted is gone: the file, the key, and every copy of the file', async () => {
  const [dir, stored] = [fixture.newDir(), new Stored()];
  const { vault, until } = await fixture.open(dir, stored);
  const finished = finishedSound();
  const { recordingId } = finished;
  sides(stored, finished.files);
  vault.keep(finished);
  await until(1);
  const found = await vault.find(recordingId);
  assert.ok(found.ok);
  const path = join(dir, 'recordings', found.value.file);
  cpSync(path, `${path}.copy`);
  const held = await vault.hold(recordingId, 'court order 12');
  assert.equal(held.ok && held.value.heldReason, 'court order 12');
  const refused = await vault.destroy(recordingId, 'asked by the customer');
  assert.equal(!refused.ok && refused.failure.code, 'recording.on_hold');
  assert.ok(existsSync(path), 'a refused deletion leaves everything as it was');
  await vault.release(recordingId);
  const deleted = await vault.destroy(recordingId, 'asked by the customer');
  assert.ok(deleted.ok);
  const { fileGone, keyGone, copyUnreadable, fileSha256, reason } = deleted.value;
  assert.deepEqual(
    { fileGone, keyGone, copyUnreadable, reason },
    { fileGone: true, keyGone: true, copyUnreadable: true, reason: 'asked by the customer' },
  );
  assert.match(fileSha256!, /^[0-9a-f]{64}$/);
  assert.equal(existsSync(path), false);
  // A copy put back into its place cannot be read with all that the index and the keys hold.
  cpSync(`${path}.copy`, path);
  const opened = await vault.open(recordingId);
  assert.equal(!opened.ok && opened.failure.code, 'recording.deleted');
  const ring = await openRecordingKeys(dir);
  await assert.rejects(openSealed(path, { key: ring.current('talk').key, recordingId }), { code: 'recording.broken' });
  const rows = await fixture.query(`SELECT wrapped_key, key_id FROM recording WHERE recording_id = '${recordingId}'`);
  assert.deepEqual(rows, [{ wrapped_key: null, key_id: null }]);
  rmSync(path);
  const again = await vault.destroy(recordingId, 'once more');
  assert.equal(again.ok && again.value.reason, 'asked by the customer');
  const listed = await vault.list({ contactId: finished.contactId }, { limit: 10 });
  assert.deepEqual(listed, { ok: true, value: [] });
});

test('a recording goes when its time is over, unless it is held', async () => {
  const [dir, stored] = [fixture.newDir(), new Stored()];
  const first = await fixture.open(dir, stored);
  const [over, held, fresh] = [finishedSound({ keepMs: 1000 }), finishedSound({ keepMs: 1000 }), finishedSound()];
  for (const finished of [over, held, fresh]) {
    sides(stored, finished.files);
    first.vault.keep(finished);
  }
  await first.until(3);
  await first.vault.hold(held.recordingId, 'a dispute');
  await first.vault.close();
  const { vault, told, until } = await fixture.open(dir, stored, { now: () => Date.now() + 60_000 });
  await until(1);
  assert.deepEqual(told, [`expired ${over.recordingId}`]);
  const opened = await vault.open(over.recordingId);
  assert.equal(!opened.ok && opened.failure.code, 'recording.deleted');
  for (const { recordingId } of [held, fresh]) await contentOf(vault, recordingId);
});

test('keys are turned over: old recordings are read under the new key, and the old one is gone', async () => {
  const [dir, stored] = [fixture.newDir(), new Stored()];
  const { vault, until } = await fixture.open(dir, stored);
  const [before, message] = [finishedSound(), finishedSound({ why: 'message' })];
  sides(stored, before.files);
  stored.files.set(message.files[0]!, writeWav(tone(440, 500)));
  vault.keep(before);
  vault.keep({ ...message, files: [message.files[0]!] });
  await until(2);
  const keyBefore = (await openRecordingKeys(dir)).current('talk').id;
  // What other vaults of these tests left is under keys that this one does not have.
  await fixture.query(`DELETE FROM recording WHERE contact_id NOT IN ('${before.contactId}', '${message.contactId}')`);
  const turned = await vault.rotateKeys();
  assert.ok(turned.ok);
  assert.deepEqual([turned.value.rewrapped, turned.value.failed, turned.value.forgotten.length], [2, 0, 2]);
  assert.equal((await openRecordingKeys(dir)).find(keyBefore), undefined);
  for (const { recordingId } of [before, message]) {
    assert.equal((await contentOf(vault, recordingId)).toString('latin1', 0, 4), 'fLaC');
  }
  const keys = await fixture.query("SELECT DISTINCT split_part(key_id, '-', 1) AS purpose FROM recording ORDER BY 1");
  assert.deepEqual(keys, [{ purpose: 'message' }, { purpose: 'talk' }], 'messages and talks have keys of their own');
});

test('a message can be played at a telephone, and the open sound goes with the vault', async () => {
  const [dir, stored] = [fixture.newDir(), new Stored()];
  const { vault, until } = await fixture.open(dir, stored);
  const message = finishedSound({ why: 'message' });
  const wav = writeWav(tone(440, 500));
  stored.files.set(message.files[0]!, wav);
  vault.keep({ ...message, files: [message.files[0]!] });
  await until(1);
  const playable = await vault.playable(message.recordingId);
  assert.ok(playable.ok);
  const again = await vault.playable(message.recordingId);
  assert.deepEqual(again, playable);
  assert.deepEqual(readWav(readFileSync(`${playable.value}.wav`)), readWav(wav));
  await vault.close();
  assert.deepEqual(readdirSync(join(dir, 'playable')), []);
});

test('what is not to be kept is let go, before and after it was kept', async () => {
  const [dir, stored] = [fixture.newDir(), new Stored()];
  const { vault, told, until } = await fixture.open(dir, stored);
  const [kept, waiting] = [finishedSound(), finishedSound()];
  sides(stored, kept.files);
  vault.keep(kept);
  await until(1);
  await vault.discard(kept);
  const opened = await vault.open(kept.recordingId);
  assert.equal(!opened.ok && opened.failure.code, 'recording.deleted');
  sides(stored, waiting.files);
  vault.keep(waiting);
  await vault.discard(waiting);
  assert.equal(stored.files.size, 0);
  assert.deepEqual(told, [`kept ${kept.recordingId}`]);
  assert.deepEqual(
    filesIn(dir).filter((name) => name.includes(waiting.recordingId)),
    [],
  );
});
