import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seatingOf } from '../../src/calls/seating.ts';
import type { CallInventory, Inventory } from '../../src/channels/channel.ts';
import { reconcile } from '../../src/controller/reconcile.ts';
import { Switchboard } from '../calls/switchboard.ts';

// After a gap everybody of a call is brought to where they should be, whatever was lost meanwhile.

const SURE = { sure: true, suspected: new Set<string>() };

/** What the door would have if nothing had been lost, but for what a test says. */
function inventory(room: Switchboard, more: Partial<CallInventory> = {}): Inventory {
  const calls = [...room.calls.calls.values()];
  const legs = calls.flatMap(({ contactId, legs }) =>
    [...legs.values()].map(({ legId, purpose, answeredAtMs }) => ({
      ...{ legId, contactId, purpose },
      up: answeredAtMs !== null,
    })),
  );
  const places = calls.flatMap((call) =>
    seatingOf(room.calls, call).places.map((one) => ({ ...one, contactId: call.contactId })),
  );
  const contacts = [...room.state.contacts.values()]
    .filter(({ orderId }) => orderId === null)
    .map(({ id, legId, from, to }) => ({ contactId: id, legId, up: true, from, to, sinceMs: room.nowMs }));
  const offers = [...room.state.acd.offers.values()].map(({ id, agentId, answeredAtMs }) => ({
    ...{ offerId: id, agentId },
    up: answeredAtMs !== null,
  }));
  const phones = [...room.state.acd.agents.values()].map(({ id, phone }) => ({ agentId: id, phone }));
  const running = [...room.calls.recordings.open.values()].map(({ recordingId, contactId }) => ({
    ...{ recordingId, contactId, running: true },
    files: [],
  }));
  const inside = { legs, places, watches: [], recordings: running, lines: [], ...more };
  return { askedAtMs: room.nowMs + 1000, contacts, offers, talks: [], phones, calls: inside };
}

function put(room: Switchboard, more: Partial<CallInventory> = {}, check = SURE) {
  const { events, tasks, orphans } = reconcile(room.state, inventory(room, more), room.nowMs, check);
  const asked = tasks.map((task) => ('place' in task ? `${task.do} ${task.place}` : task.do));
  return { events: events.map(({ kind }) => kind), asked, orphans };
}

/** Anna asks Ben while the customer waits. */
function consulting(): Switchboard {
  const room = new Switchboard();
  room.talk();
  room.readyAgent('ben');
  room.ask({ wish: 'consult', target: { to: 'queue', queueId: '@ben' } });
  room.answer('ben');
  return room;
}

test('a picture that agrees leads to nothing but music that is said again', () => {
  const talking = new Switchboard();
  talking.talk();
  assert.deepEqual(put(talking), { events: [], asked: [], orphans: [] });
  const asked = ['start_leg_music'];
  assert.deepEqual(put(consulting()), { events: [], asked, orphans: [] });
  assert.deepEqual(put(consulting(), {}, { sure: false, suspected: new Set() }).asked, []);
});

test('who should hear each other and do not are joined, on second sight in the routine check', () => {
  const room = new Switchboard();
  room.talk();
  assert.deepEqual(put(room, { places: [] }).asked, ['stop_prompt', 'connect']);
  const once = reconcile(room.state, inventory(room, { places: [] }), room.nowMs, {
    sure: false,
    suspected: new Set(),
  });
  assert.deepEqual([once.tasks, [...once.differing]], [[], ['seats c1']]);
});

test('a customer who is on hold and hears the agent is taken out', () => {
  const room = new Switchboard();
  const anna = room.talk();
  room.ask({ wish: 'hold' });
  const places = [{ place: 'talk', contactId: 'c1', legIds: ['c1', anna] }] as const;
  assert.deepEqual(put(room, { places }).asked, ['part talk', 'start_leg_music']);
});

test('a leg that is gone has ended, and one that was answered is answered', () => {
  const room = new Switchboard();
  room.talk();
  room.ask({ wish: 'consult', target: { to: 'number', number: '030 1234' } });
  assert.deepEqual(put(room, { legs: [] }).events, ['leg.ended']);
  const legs = inventory(room).calls!.legs.map((leg) => ({ ...leg, up: true }));
  assert.deepEqual(put(room, { legs }).events, ['leg.answered']);
});

test('legs, places, watches and recordings of nobody are cleared away', () => {
  const room = new Switchboard();
  room.talk();
  const { calls } = inventory(room);
  const { orphans } = put(room, {
    legs: [{ legId: 'c9.l1-a', contactId: 'c9', purpose: 'dial', up: true }],
    places: [
      ...calls!.places,
      { place: 'aside', contactId: 'c1', legIds: [] },
      { place: 'room.x', contactId: null, legIds: [] },
    ],
    watches: [{ legId: 'c9.l0-a', targetLegId: 'x' }],
    recordings: [{ recordingId: 'c9.r1-a', contactId: 'c9', running: true, files: [] }],
  });
  assert.deepEqual(orphans, [
    { leg: 'c9.l1-a' },
    { place: 'aside', contactId: 'c1' },
    { place: 'room.x', contactId: null },
    { watch: 'c9.l0-a' },
    { recording: 'c9.r1-a' },
  ]);
});

test('a recording that was asked for a moment ago may still begin; one that runs no more has ended with what there is of it', () => {
  const room = new Switchboard();
  const anna = room.talk();
  room.keys(anna, '*6');
  const { recordingId } = room.last('recording.started');
  const about = { recordingId, contactId: 'c1', running: false };
  const again = { sure: false, suspected: new Set([`recording ${recordingId}`]) };
  assert.deepEqual(put(room, { recordings: [] }, again).events, []);
  room.nowMs += 5000;
  assert.deepEqual(put(room, { recordings: [] }, again).events, ['recording.finished']);
  assert.deepEqual(put(room, { recordings: [{ ...about, files: ['a'] }] }).events, ['recording.finished']);
  assert.deepEqual(put(room).events, []);
});

test('a recording whose order was lost in a crash is begun after it, and one that was to end is not', () => {
  const room = new Switchboard();
  const anna = room.talk();
  room.keys(anna, '*6');
  room.nowMs += 5000;
  const { contactId, recordingId } = room.last('recording.started');
  assert.deepEqual(put(room, { recordings: [] }), { events: [], asked: ['record'], orphans: [] });
  room.take({ kind: 'recording.stopped', atMs: room.nowMs, contactId, recordingId, by: 'api' });
  room.nowMs += 5000;
  assert.deepEqual(put(room, { recordings: [] }), { events: ['recording.finished'], asked: [], orphans: [] });
});

test('a customer whom we called is looked for among the legs, and an agent’s phone that does not ring yet nowhere', () => {
  const room = new Switchboard();
  room.readyAgent('anna');
  const order = { orderId: 'o', attempt: 1, channel: 'callback', to: '030 1', from: '', ringMs: 20_000 } as const;
  const about = { language: 'en', detectMachine: false, mode: 'customer_first' } as const;
  room.take({ kind: 'contact.placed', atMs: room.nowMs, contactId: 'p1', ...order, ...about, to: '030 123' });
  room.queue('p1', { channel: 'callback', dialFirstMs: 20_000 });
  const found = inventory(room);
  const looked = reconcile(room.state, { ...found, offers: [] }, room.nowMs, SURE);
  assert.deepEqual(looked.events, []);
  assert.deepEqual(put(room, { legs: [] }).events, ['leg.ended']);
});
