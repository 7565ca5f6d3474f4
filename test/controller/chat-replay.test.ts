import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createConversations } from '../../src/controller/chat/create-conversations.ts';
import { fromSnapshot, toSnapshot } from '../../src/controller/snapshot.ts';
import { apply, emptyState, type State } from '../../src/controller/state.ts';
import type { Event } from '../../src/model/event.ts';
import { site } from '../acd/site.ts';
import { flowSet, Rooms } from './hall-state.ts';
import { HallOfRooms } from './talking-hall.ts';

// Chats are a fold of the journal like everything else: applied again, or from a snapshot anywhere, they are the same.

const CONTACTS = ['m1', 'm2', 'm3'];
const anyAct = fc.tuple(
  fc.constantFrom('arrive', 'line', 'accept', 'reject', 'write', 'transfer', 'close', 'leave', 'time') as fc.Arbitrary<
    'arrive' | 'line' | 'accept' | 'reject' | 'write' | 'transfer' | 'close' | 'leave' | 'time'
  >,
  fc.constantFrom(...CONTACTS),
);

const bytes = (state: State): string => JSON.stringify(toSnapshot(state, 0));

function live(acts: readonly (typeof anyAct extends fc.Arbitrary<infer A> ? A : never)[]): Rooms {
  const rooms = new Rooms(flowSet(site({ anna: {}, ben: {} }, { sales: {}, support: {} })));
  const hall = new HallOfRooms(rooms);
  const desk = createConversations(hall);
  for (const agentId of ['anna', 'ben']) {
    hall.enter({ kind: 'agent.logged_in', atMs: hall.now(), agentId, by: 'api' });
  }
  for (const [act, contactId] of acts) {
    rooms.nowMs += 700;
    const offerId = rooms.state.acd.items.get(contactId)?.offers[0] ?? '';
    if (act === 'arrive' && !rooms.state.transcripts.has(contactId)) hall.chat(contactId);
    else if (act === 'line') hall.line(contactId, `at ${rooms.nowMs}`);
    else if (act === 'accept') desk.accept(offerId);
    else if (act === 'reject') desk.reject(offerId);
    else if (act === 'write') desk.write(contactId, { text: `at ${rooms.nowMs}` });
    else if (act === 'transfer') desk.transfer(contactId, { queueId: 'support' });
    else if (act === 'close') desk.close(contactId);
    else if (act === 'leave') {
      const about = { contactId, cause: 'hung_up', endedBy: 'customer' } as const;
      hall.enter({ kind: 'contact.ended', atMs: hall.now(), ...about });
    } else hall.enter({ kind: 'time.passed', atMs: hall.now() });
  }
  return rooms;
}

function replayed(state: State, events: readonly Event[]): State {
  for (const event of events) {
    apply(state, event);
    state.seq += 1;
  }
  return state;
}

test('any day of chats, applied again or taken up from a snapshot, gives the same state', () => {
  let lines = 0;
  fc.assert(
    fc.property(fc.array(anyAct, { minLength: 30, maxLength: 60 }), fc.nat(), (acts, cut) => {
      const rooms = live(acts);
      const journal = JSON.parse(JSON.stringify(rooms.journal)) as Event[];
      assert.equal(bytes(replayed(emptyState(), journal)), bytes(rooms.state));
      const at = cut % (journal.length + 1);
      const saved = JSON.stringify(toSnapshot(replayed(emptyState(), journal.slice(0, at)), 0));
      const back = replayed(fromSnapshot(JSON.parse(saved)), journal.slice(at));
      assert.equal(bytes(back), bytes(rooms.state));
      for (const transcript of rooms.state.transcripts.values()) lines += transcript.lines.length;
    }),
    { numRuns: 100 },
  );
  assert.ok(lines > 500, `the days had ${lines} lines`);
});
