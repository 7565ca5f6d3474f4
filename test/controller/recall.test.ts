import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recall } from '../../src/controller/recall.ts';
import { SNAPSHOT_FORMAT, toSnapshot } from '../../src/controller/snapshot.ts';
import type { Journal, Snapshot } from '../../src/journal/journal.ts';
import { Rooms } from './hall-state.ts';

/** As much of a journal as a restart asks. */
function remembered(rooms: Rooms, snapshot: Snapshot | undefined): Journal {
  const entries = rooms.journal.map((event, place) => ({ seq: place + 1, event }));
  const asked: Pick<Journal, 'latestSnapshot' | 'replay'> = {
    latestSnapshot: async () => snapshot && (JSON.parse(JSON.stringify(snapshot)) as Snapshot),
    replay: async (afterSeq, visit) => entries.slice(afterSeq).forEach(visit),
  };
  return asked as Journal;
}

/** A call that waits while Anna talks to another one; the snapshot was taken before she answered. */
function morning(): { rooms: Rooms; snapshot: Snapshot } {
  const rooms = new Rooms();
  rooms.readyAgent();
  for (const contactId of ['c1', 'c2']) {
    rooms.arrive(contactId);
    rooms.press(contactId, '1');
  }
  const snapshot = JSON.parse(JSON.stringify(toSnapshot(rooms.state, rooms.nowMs))) as Snapshot;
  rooms.answer();
  return { rooms, snapshot };
}

test('a restart begins with the newest snapshot and replays only what came after it', async () => {
  const { rooms, snapshot } = morning();
  const { state, replayed } = await recall(remembered(rooms, snapshot));
  assert.equal(replayed, rooms.journal.length - snapshot.seq);
  assert.equal(JSON.stringify(toSnapshot(state, 0)), JSON.stringify(toSnapshot(rooms.state, 0)));
});

test('a snapshot of an older format is passed over, and the whole journal gives the same state', async () => {
  const { rooms, snapshot } = morning();
  const old = { ...snapshot, format: SNAPSHOT_FORMAT - 1, state: { agents: 'in a shape of long ago' } };
  for (const found of [old, undefined]) {
    const { state, replayed } = await recall(remembered(rooms, found));
    assert.equal(replayed, rooms.journal.length);
    assert.equal(JSON.stringify(toSnapshot(state, 0)), JSON.stringify(toSnapshot(rooms.state, 0)));
  }
});
