import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepRecordings, recordedMedia } from '../../../src/controller/recordings/recorder.ts';
import type { Event, EventOf } from '../../../src/model/event.ts';
import { VaultInMemory } from '../../recordings/vault-in-memory.ts';
import { Rooms } from '../hall-state.ts';
import { HallOfRooms } from '../talking-hall.ts';

function house() {
  const rooms = new Rooms();
  const hall = new HallOfRooms(rooms);
  const vault = new VaultInMemory(rooms.nowMs);
  const log: object[] = [];
  keepRecordings(hall, vault, { error: (fields) => void log.push(fields) });
  const id = 'c1.r1-a';
  const start = (why: EventOf<'recording.started'>['why'] = 'queue'): void => {
    const sides = { left: 'c1', right: 'o1' };
    hall.enter({ kind: 'recording.started', atMs: hall.now(), contactId: 'c1', recordingId: id, why, sides });
  };
  const finish = (files: readonly string[] = ['l', 'r']): void => {
    const head = { atMs: hall.now(), contactId: 'c1', recordingId: id } as const;
    const result = files.length > 0 ? 'done' : 'failed';
    hall.enter({ kind: 'recording.finished', ...head, result, durationMs: 10, files });
  };
  const discard = (): void => {
    const head = { atMs: hall.now(), contactId: 'c1', recordingId: id, by: 'flow' } as const;
    hall.enter({ kind: 'recording.stopped', ...head, discard: true });
  };
  const told = (): string[] => rooms.journal.map(({ kind }) => kind).filter((kind) => kind.startsWith('recording.'));
  const last = (): Event => rooms.journal.at(-1)!;
  return { rooms, hall, vault, id, start, finish, discard, told, last, log };
}

test('what Asterisk has recorded is brought into the vault', () => {
  const { vault, id, start, finish } = house();
  start();
  assert.deepEqual(vault.taken, []);
  finish();
  assert.deepEqual(vault.taken, [id]);
});

test('what was not kept when the controller ended is brought in when the door is open again', () => {
  const { rooms, hall, vault, id, start, finish } = house();
  start();
  finish();
  // Another controller has the state of the first, and a vault that knows nothing.
  const later = new VaultInMemory(rooms.nowMs);
  keepRecordings(hall, later, { error: () => undefined });
  assert.deepEqual(later.taken, []);
  hall.enter({ kind: 'door.agreed', atMs: hall.now(), door: 'voice' });
  assert.deepEqual(later.taken, [id]);
  hall.enter({
    kind: 'recording.kept',
    atMs: hall.now(),
    contactId: 'c1',
    recordingId: id,
    bytes: 1,
    durationMs: 1,
    keyId: 'k',
  });
  hall.enter({ kind: 'door.agreed', atMs: hall.now(), door: 'voice' });
  assert.deepEqual([later.taken.length, vault.taken.length], [1, 2], 'what is kept is not brought in again');
});

test('a recording of which Asterisk has nothing is lost, and that is told', () => {
  const { vault, start, finish, last } = house();
  start();
  finish([]);
  assert.deepEqual(vault.taken, []);
  const lost = last();
  assert.equal(lost.kind === 'recording.lost' && lost.code, 'recording.failed');
});

test('a message that is said anew is let go, once, whether it was kept by then or not', async () => {
  const before = house();
  before.start('message');
  before.discard();
  before.finish();
  await new Promise(setImmediate);
  assert.deepEqual([before.vault.taken, before.vault.discarded], [[], [before.id]]);
  assert.deepEqual(before.told().slice(-1), ['recording.deleted']);
  const after = house();
  after.start('message');
  after.finish();
  after.discard();
  after.discard();
  await new Promise(setImmediate);
  assert.deepEqual(after.vault.discarded, [after.id]);
  assert.equal(after.told().filter((kind) => kind === 'recording.deleted').length, 1);
});

test('who hears what somebody else said is written down; who reviews a message of their own is not', async () => {
  const { hall, vault, id, told } = house();
  vault.put({ recordingId: id, contactId: 'c1' });
  const own = await recordedMedia(hall, vault, id, 'c1');
  assert.deepEqual(own, { ok: true, value: { sound: `/heard/${id}` } });
  assert.deepEqual(told(), []);
  await recordedMedia(hall, vault, id, 'v2');
  assert.deepEqual(told(), ['recording.played']);
});

test('a message that still lies in Asterisk is played from there, and one that is nowhere is not played', async () => {
  const { hall, vault, id, start, finish } = house();
  start('message');
  finish(['c1.r1-a-left']);
  assert.deepEqual(await recordedMedia(hall, vault, id, 'c1'), { ok: true, value: { recording: 'c1.r1-a-left' } });
  const nowhere = await recordedMedia(hall, vault, 'c9.r1-a', 'c1');
  assert.equal(!nowhere.ok && nowhere.failure.code, 'recording.unknown');
});
