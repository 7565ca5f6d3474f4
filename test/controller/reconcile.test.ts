import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Inventory } from '../../src/channels/channel.ts';
import { reconcile } from '../../src/controller/reconcile.ts';
import { fromSnapshot, toSnapshot } from '../../src/controller/snapshot.ts';
import { site } from '../acd/site.ts';
import { flowSet, Rooms } from './hall-state.ts';

// The policy: after a connect every difference is acted on at once; in the routine check it must be seen twice, for
// either side may be some ms behind the other.

const SURE = { sure: true, suspected: new Set<string>() };

function inventory(rooms: Rooms, more: Partial<Inventory> = {}): Inventory {
  const contacts = [...rooms.state.contacts.values()].map(({ id, legId, from, to, arrivedAtMs }) => ({
    contactId: id,
    legId,
    up: true,
    from,
    to,
    sinceMs: arrivedAtMs,
  }));
  const offers = [...rooms.state.acd.offers.values()].map(({ id, agentId, answeredAtMs }) => ({
    offerId: id,
    agentId,
    up: answeredAtMs !== null,
  }));
  const phones = [...rooms.state.acd.agents.values()].map(({ id, phone }) => ({ agentId: id, phone }));
  const talks = [...rooms.state.acd.offers.values()]
    .filter((offer) => offer.answeredAtMs !== null)
    .map((offer) => ({ contactId: offer.contactId, legIds: [offer.contactId, offer.id] }));
  return { askedAtMs: rooms.nowMs + 1000, contacts, offers, talks, phones, ...more };
}

/** One call that talks to anna, and one that waits. */
function talking(): { rooms: Rooms; offerId: string } {
  const rooms = new Rooms();
  rooms.readyAgent();
  for (const contact of ['c1', 'c2']) {
    rooms.arrive(contact);
    rooms.press(contact, '1');
  }
  const offerId = rooms.state.acd.items.get('c1')!.offers[0]!;
  rooms.take({ kind: 'offer.answered', atMs: rooms.nowMs, offerId });
  return { rooms, offerId };
}

function nothing(rooms: Rooms, found: Inventory, check = SURE): void {
  const { events, tasks, orphans } = reconcile(rooms.state, found, rooms.nowMs, check);
  assert.deepEqual({ events, tasks, orphans }, { events: [], tasks: [], orphans: [] });
}

test('a picture that agrees leads to nothing', () => {
  const { rooms } = talking();
  nothing(rooms, inventory(rooms));
});

test('a call that is gone has ended, at once after a connect and on second sight otherwise', () => {
  const { rooms } = talking();
  const found = inventory(rooms, { contacts: inventory(rooms).contacts.filter((one) => one.contactId !== 'c2') });
  const ended = { kind: 'contact.ended', atMs: rooms.nowMs, contactId: 'c2', cause: 'lost', endedBy: 'customer' };
  assert.deepEqual(reconcile(rooms.state, found, rooms.nowMs, SURE).events, [ended]);
  const first = reconcile(rooms.state, found, rooms.nowMs, { sure: false, suspected: new Set() });
  assert.deepEqual(first.events, []);
  const second = reconcile(rooms.state, found, rooms.nowMs, { sure: false, suspected: first.differing });
  assert.deepEqual(second.events, [ended]);
});

test('a call that is over and is still listed does not come anew, not even after a snapshot; it is hung up', () => {
  const { rooms } = talking();
  const found = inventory(rooms);
  rooms.take({ kind: 'contact.ended', atMs: rooms.nowMs, contactId: 'c2', cause: 'hung_up', endedBy: 'customer' });
  assert.ok(!rooms.state.contacts.has('c2'), 'it is over');
  const saved = JSON.parse(JSON.stringify(toSnapshot(rooms.state, rooms.nowMs)));
  for (const state of [rooms.state, fromSnapshot(saved)]) {
    const { events, orphans } = reconcile(state, found, rooms.nowMs, SURE);
    assert.deepEqual({ events, orphans }, { events: [], orphans: [{ leg: 'c2' }] });
  }
  const first = reconcile(rooms.state, found, rooms.nowMs, { sure: false, suspected: new Set() });
  assert.deepEqual(first.orphans, [], 'it may be about to go');
});

test('a call that came after the list was asked for is not missed in it', () => {
  const { rooms } = talking();
  nothing(rooms, inventory(rooms, { contacts: [], askedAtMs: rooms.nowMs, offers: [], talks: [] }), {
    sure: false,
    suspected: new Set(),
  });
});

test('an answer that nobody heard counts, and a lost leg of a talk ends it', () => {
  const rooms = new Rooms();
  rooms.readyAgent();
  rooms.arrive('c1');
  rooms.press('c1', '1');
  const offerId = rooms.state.acd.items.get('c1')!.offers[0]!;
  const answered = reconcile(
    rooms.state,
    inventory(rooms, { offers: [{ offerId, agentId: 'anna', up: true }] }),
    rooms.nowMs,
    SURE,
  );
  assert.deepEqual(answered.events, [{ kind: 'offer.answered', atMs: rooms.nowMs, offerId }]);
  const lost = reconcile(rooms.state, inventory(rooms, { offers: [] }), rooms.nowMs, SURE);
  assert.deepEqual(lost.events, [{ kind: 'offer.failed', atMs: rooms.nowMs, offerId, cause: 'lost' }]);
  const talk = talking();
  const gone = reconcile(talk.rooms.state, inventory(talk.rooms, { offers: [] }), talk.rooms.nowMs, SURE);
  assert.deepEqual(gone.events, [
    { kind: 'offer.ended', atMs: talk.rooms.nowMs, offerId: talk.offerId, cause: 'lost' },
  ]);
});

test('two who talk but are not joined are joined again', () => {
  const { rooms, offerId } = talking();
  const { tasks } = reconcile(rooms.state, inventory(rooms, { talks: [] }), rooms.nowMs, SURE);
  assert.deepEqual(tasks, [{ do: 'connect', contactId: 'c1', offerId }]);
});

test('of several phones that were answered while nobody listened the first counts, and the other legs are let go', () => {
  const rooms = new Rooms(flowSet(site({ anna: {}, ben: {}, carla: {} }, { sales: { strategy: 'ring_all' } })));
  for (const agentId of ['anna', 'ben', 'carla']) rooms.readyAgent(agentId);
  rooms.arrive('c1');
  rooms.press('c1', '1');
  const { offers } = rooms.state.acd.items.get('c1')!;
  assert.equal(offers.length, 3);
  const legs = inventory(rooms).offers.map((leg, place) => ({ ...leg, up: place > 0 }));
  const { events } = reconcile(rooms.state, inventory(rooms, { offers: legs }), rooms.nowMs, SURE);
  assert.deepEqual(
    events,
    offers.slice(1).map((offerId) => ({ kind: 'offer.answered', atMs: rooms.nowMs, offerId })),
  );
  const taken = events.flatMap((event) => rooms.take(event));
  const withdrawn = taken.flatMap((event) => (event.kind === 'offer.withdrawn' ? [event.offerId] : []));
  assert.deepEqual(withdrawn, [offers[0], offers[2]]);
  nothing(rooms, inventory(rooms));
});

test('a contact of a channel without legs is not missed in the list of legs', () => {
  const rooms = new Rooms(flowSet(site({ anna: {} })));
  rooms.readyAgent();
  rooms.queue('chat-1', { channel: 'chat' });
  rooms.queue('chat-2', { channel: 'chat' });
  rooms.answer();
  nothing(rooms, inventory(rooms, { offers: [], talks: [] }));
});

test('an unknown call has arrived when it came to Asterisk, and is answered if it is up', () => {
  const rooms = new Rooms();
  const stranger = { contactId: 'c9', legId: 'c9', up: true, from: '1', to: '100', sinceMs: rooms.nowMs - 5000 };
  const { events } = reconcile(rooms.state, inventory(rooms, { contacts: [stranger] }), rooms.nowMs, SURE);
  assert.deepEqual(
    events.map((event) => [event.kind, event.atMs]),
    [
      ['contact.arrived', rooms.nowMs - 5000],
      ['contact.answered', rooms.nowMs],
    ],
  );
});

test('legs and bridges that belong to nobody are removed, and phones are what Asterisk says', () => {
  const { rooms } = talking();
  const found = inventory(rooms);
  const { events, orphans } = reconcile(
    rooms.state,
    {
      ...found,
      offers: [...found.offers, { offerId: 'c5.o1-abc', agentId: 'anna', up: false }],
      talks: [...found.talks, { contactId: 'c5', legIds: [] }],
      phones: [{ agentId: 'anna', phone: 'unreachable' }],
    },
    rooms.nowMs,
    SURE,
  );
  assert.deepEqual(orphans, [{ leg: 'c5.o1-abc' }, { talk: 'c5' }]);
  assert.deepEqual(events, [{ kind: 'phone.changed', atMs: rooms.nowMs, agentId: 'anna', phone: 'unreachable' }]);
});
