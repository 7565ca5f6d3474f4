import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { chooseItem } from '../../src/acd/routing/choose-item.ts';
import { queueOf } from '../../src/acd/routing/tables.ts';
import type { AcdState, Item } from '../../src/acd/state.ts';
import { fromSnapshot, toSnapshot } from '../../src/controller/snapshot.ts';
import { apply, emptyState, type State } from '../../src/controller/state.ts';
import type { Event, EventKind } from '../../src/model/event.ts';
import { anyDay, live } from './random-day.ts';

// The policy: the journal is the truth. Applying it again gives the same state as living through it, and a snapshot
// taken anywhere with the rest of the journal gives it too, byte by byte.

const bytes = (state: State): string => JSON.stringify(toSnapshot(state, 0));

/** All that the dispatcher keeps, whether a snapshot thinks of it or not; without what is built anew. */
function keptBy({ acd }: State): Record<string, unknown> {
  const { index: _, deadlines: __, site: ___, agents, items, ...rest } = acd;
  return {
    ...rest,
    agents: new Map([...agents].map(([id, agent]) => [id, { ...agent, slot: null }])),
    items: new Map([...items].map(([id, item]) => [id, { ...item, ...placeOf(acd, item) }])),
  };
}

/** An item of a queue that the site no longer has is talked to and has no place any more. */
function placeOf(acd: AcdState, { queueId, key, standsIn }: Item): object {
  return { key: queueOf(acd, queueId) ? key : null, standsIn: standsIn !== null, due: null };
}

function replayed(state: State, events: readonly Event[]): State {
  for (const event of events) {
    apply(state, event);
    state.seq += 1;
  }
  return state;
}

/** The journal as it comes back from where it is kept. */
function kept(events: readonly Event[]): Event[] {
  return JSON.parse(JSON.stringify(events)) as Event[];
}

/** Every deadline of a state but the looks at queues, which begin anew. */
function deadlinesOf({ deadlines, agents, offers, items }: AcdState): Record<string, number | undefined> {
  const work = [...agents.values()].flatMap((agent) => agent.work);
  const all = [
    ...[...agents.keys()].flatMap((id) => [['rest', id] as const, ['pause', id] as const]),
    ...[...offers.keys()].map((id) => ['offer', id] as const),
    ...work.map(({ offerId }) => ['wrap-up', offerId] as const),
  ];
  const named = all.map(([kind, id]) => [`${kind} ${id}`, deadlines.of(kind, id)] as const);
  const ofItems = [...items.values()].map(
    ({ contactId, due }) => [`item ${contactId}`, deadlines.momentOf(due)] as const,
  );
  return Object.fromEntries([...named, ...ofItems]);
}

/** Who stands in which line of each queue, in order. */
function linesOf({ index }: AcdState): unknown {
  const lines = [...index.queues].map(([queueId, { classes }]) => [
    queueId,
    [...classes]
      .map(({ line }) => [...line].map(({ contactId }) => contactId))
      .filter(({ length }) => length > 0)
      .sort(),
  ]);
  return lines.filter(([, classes]) => classes!.length > 0).sort();
}

test('the journal of any day, applied again, gives the state that was lived, byte by byte', () => {
  fc.assert(
    fc.property(anyDay(150), (day) => {
      const rooms = live(day);
      const again = replayed(emptyState(), kept(rooms.journal));
      assert.equal(bytes(again), bytes(rooms.state));
      assert.deepEqual(keptBy(again), keptBy(rooms.state));
      assert.deepEqual(linesOf(again.acd), linesOf(rooms.state.acd));
    }),
    { numRuns: 300 },
  );
});

test('a snapshot taken anywhere, with the rest of the journal, gives the same state and the same deadlines', () => {
  fc.assert(
    fc.property(anyDay(100), fc.nat(), (day, cut) => {
      const rooms = live(day);
      const journal = kept(rooms.journal);
      const at = cut % (journal.length + 1);
      const first = replayed(emptyState(), journal.slice(0, at));
      const snapshot = toSnapshot(first, journal[at - 1]?.atMs ?? 0);
      const saved = JSON.stringify(snapshot);
      // A snapshot is written down later; what happens meanwhile is not in it.
      replayed(first, journal.slice(at));
      assert.equal(JSON.stringify(snapshot), saved);
      const back = replayed(fromSnapshot(JSON.parse(saved)), journal.slice(at));
      assert.equal(bytes(back), bytes(rooms.state));
      assert.deepEqual(keptBy(back), keptBy(rooms.state));
      assert.deepEqual(linesOf(back.acd), linesOf(rooms.state.acd));
      assert.deepEqual(deadlinesOf(back.acd), deadlinesOf(first.acd));
      // Kept once, known in two rooms.
      assert.deepEqual(back.flow.forced, back.acd.forced);
    }),
    { numRuns: 200 },
  );
});

test('the days of these tests hold all that there is to keep in mind', () => {
  const seen = new Map<string, number>();
  for (const day of fc.sample(anyDay(200), { numRuns: 200, seed: 1 })) {
    for (const { kind } of live(day).journal) seen.set(kind, (seen.get(kind) ?? 0) + 1);
  }
  const wanted: readonly EventKind[] = [
    ...(['contact.connected', 'contact.requeued', 'contact.relaxed', 'contact.overdue', 'contact.hold_ended'] as const),
    ...(['agent.wrap_up_extended', 'agent.wrap_up_ended', 'agent.pause_overran', 'agent.rest_ended'] as const),
    ...(['offer.expired', 'wait.estimated', 'calendar.forced', 'flows.loaded', 'door.lost'] as const),
  ];
  const rare = wanted.filter((kind) => (seen.get(kind) ?? 0) < 10);
  assert.deepEqual(rare, []);
});

test('whatever happens, no contact is lost, no agent is stuck and no one idles beside a contact that suits', () => {
  fc.assert(
    fc.property(anyDay(200), (day) => {
      const { state, nowMs } = live(day);
      everyItemIsHeld(state);
      everyAgentIsTrue(state.acd);
      for (const agent of state.acd.agents.values()) {
        assert.deepEqual(chooseItem(state.acd, agent, nowMs).heads, [], `${agent.id} idles while a contact waits`);
      }
    }),
    { numRuns: 500 },
  );
});

function everyItemIsHeld({ acd, contacts }: State): void {
  for (const { contactId, stage, offers, channel } of acd.items.values()) {
    if (channel === 'voice') assert.ok(contacts.has(contactId), 'a call in a queue that is not here');
    const open = offers.map((id) => acd.offers.get(id));
    assert.ok(open.every((offer) => offer?.contactId === contactId));
    const answered = open.filter((offer) => offer!.answeredAtMs !== null).length;
    if (stage === 'waiting') assert.equal(offers.length, 0);
    if (stage === 'offered') assert.ok(offers.length > 0 && answered === 0);
    if (stage === 'talking') assert.deepEqual([offers.length, answered], [1, 1]);
  }
  const held = [...acd.items.values()].flatMap(({ offers }) => offers);
  assert.deepEqual(held.sort(), [...acd.offers.keys()].sort(), 'an offer that belongs to nobody');
}

function everyAgentIsTrue({ agents, offers }: AcdState): void {
  for (const { id, work } of agents.values()) {
    const live = work.filter(({ stage }) => stage !== 'wrap_up');
    const own = [...offers.values()].filter(({ agentId }) => agentId === id).map((offer) => offer.id);
    assert.deepEqual(
      live.map(({ offerId }) => offerId).sort(),
      own.sort(),
      'an agent is held by an offer that is gone',
    );
    for (const one of live) assert.equal(one.stage === 'talking', offers.get(one.offerId)!.answeredAtMs !== null);
    assert.ok(work.filter(({ channel }) => channel === 'voice').length <= 1, 'an agent with two calls');
    assert.ok(work.filter(({ channel }) => channel === 'chat').length <= 4, 'an agent with five chats');
  }
}
