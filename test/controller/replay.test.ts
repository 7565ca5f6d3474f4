import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fromSnapshot, toSnapshot } from '../../src/controller/snapshot.ts';
import { apply, emptyState, type State } from '../../src/controller/state.ts';
import type { Event } from '../../src/model/event.ts';
import { SITE } from '../flow/receptionist.ts';
import { Rooms } from './hall-state.ts';

// The policy: the journal is the truth. Applying it again gives the same state as living through it, and a snapshot
// taken anywhere with the rest of the journal gives it too.

const site = SITE.replace(
  'skills: [english] }',
  'skills: [english] }\n  ben: { extension: "1002", queues: [sales] }',
).replace('sales: {}', 'sales: { wrap_up: 5s, answer_within: 10s }');

/** The state as JSON, without what is not kept: a step's own notes, which begin again with the step. */
function picture(state: State): unknown {
  const { state: saved } = toSnapshot(state, 0);
  return JSON.parse(JSON.stringify(saved, (key, value) => (key === 'notes' ? undefined : value)));
}

const contact = fc.constantFrom('c1', 'c2', 'c3', 'c4', 'c5');
const agent = fc.constantFrom('anna', 'ben');
type Happening = { what: string; contactId: string; agentId: string; digit: string; ms: number };
const happening: fc.Arbitrary<Happening> = fc.record({
  what: fc.constantFrom(
    'arrive',
    'arrive',
    'press',
    'press',
    'hang up',
    'answer',
    'answer',
    'fail',
    'agent ends',
    'log in',
    'log in',
    'phone',
    'phone',
    'pause',
    'ready',
    'log out',
    'lost',
    'pass',
    'pass',
  ),
  contactId: contact,
  agentId: agent,
  digit: fc.constantFrom('1', '1', '9'),
  ms: fc.integer({ min: 0, max: 15_000 }),
});

function live(day: readonly Happening[]): Rooms {
  const rooms = new Rooms(site);
  for (const one of day) rooms.take(eventOf(rooms, one));
  return rooms;
}

function eventOf(rooms: Rooms, { what, contactId, agentId, digit, ms }: Happening): Event {
  const { state } = rooms;
  const atMs = rooms.nowMs;
  const offerId = state.acd.items.get(contactId)?.offerId ?? 'none.o1-0';
  switch (what) {
    case 'arrive':
      return state.contacts.has(contactId)
        ? { kind: 'contact.answered', atMs, contactId }
        : { kind: 'contact.arrived', atMs, contactId, legId: contactId, channel: 'voice', from: '1', to: '100' };
    case 'press':
      return { kind: 'digit.received', atMs, contactId, digit };
    case 'hang up':
      return { kind: 'contact.ended', atMs, contactId, cause: 'hung_up', endedBy: 'customer' };
    case 'answer':
      return { kind: 'offer.answered', atMs, offerId };
    case 'fail':
      return { kind: 'offer.failed', atMs, offerId, cause: ms % 2 ? 'busy' : 'no_answer' };
    case 'agent ends':
      return { kind: 'offer.ended', atMs, offerId, cause: 'hung_up' };
    case 'lost':
      return { kind: 'connection.failed', atMs, contactId, offerId };
    case 'log in':
      return { kind: 'agent.logged_in', atMs, agentId, by: 'api' };
    case 'phone':
      return { kind: 'phone.changed', atMs, agentId, phone: ms < 12_000 ? 'idle' : ms % 2 ? 'busy' : 'unreachable' };
    case 'pause':
      return { kind: 'agent.paused', atMs, agentId, reason: 'lunch', by: 'api' };
    case 'ready':
      return { kind: 'agent.readied', atMs, agentId, by: 'api' };
    case 'log out':
      return { kind: 'agent.logged_out', atMs, agentId, by: 'api' };
    default:
      rooms.nowMs += ms;
      return { kind: 'time.passed', atMs: rooms.nowMs };
  }
}

test('the journal of any day, applied again, gives the state that was lived', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 120 }), (day) => {
      const rooms = live(day);
      const again = emptyState();
      for (const event of rooms.journal) apply(again, event);
      again.seq = rooms.journal.length;
      assert.deepEqual(picture(again), picture(rooms.state));
    }),
    { numRuns: 300 },
  );
});

test('a snapshot taken anywhere, with the rest of the journal, gives the same state and the same deadlines', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 80 }), fc.nat(), (day, cut) => {
      const rooms = live(day);
      const first = emptyState();
      const at = cut % (rooms.journal.length + 1);
      for (const event of rooms.journal.slice(0, at)) apply(first, event);
      first.seq = at;
      const saved = JSON.parse(JSON.stringify(toSnapshot(first, 0))) as ReturnType<typeof toSnapshot>;
      const back = fromSnapshot(saved);
      for (const event of rooms.journal.slice(at)) apply(back, event);
      back.seq = rooms.journal.length;
      assert.deepEqual(picture(back), picture(rooms.state));
      assert.deepEqual([...back.acd.waiting], [...rooms.state.acd.waiting]);
      assert.equal(back.acd.deadlines.next(), rooms.state.acd.deadlines.next());
    }),
    { numRuns: 200 },
  );
});

test('whatever happens, no contact is lost, no agent is stuck and no one idles beside a contact that suits', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 150 }), (day) => {
      const { state } = live(day);
      for (const item of state.acd.items.values()) {
        assert.ok(state.contacts.has(item.contactId), 'an item without a contact');
        const offer = item.offerId === null ? undefined : state.acd.offers.get(item.offerId);
        assert.equal(offer !== undefined, item.stage !== 'waiting');
        const waiting = state.acd.waiting.get(item.queueId)!.filter((id) => id === item.contactId).length;
        assert.equal(waiting, item.stage === 'waiting' ? 1 : 0);
      }
      const taken = [...state.acd.offers.values()].map((offer) => offer.agentId);
      assert.equal(new Set(taken).size, taken.length, 'an agent with two offers');
      for (const record of state.acd.agents.values()) {
        assert.equal(record.offerId !== null, taken.includes(record.id), 'an agent is held by an offer that is gone');
        const free = record.loggedIn && !record.pause && record.phone === 'idle' && record.offerId === null;
        if (!free || record.wrapUpUntilMs !== null || record.restUntilMs !== null) continue;
        assert.equal(state.acd.waiting.get('sales')!.length, 0, 'an agent idles while a contact waits');
      }
    }),
    { numRuns: 500 },
  );
});
