import assert from 'node:assert/strict';
import fc from 'fast-check';
import { seatingOf } from '../../src/calls/seating.ts';
import { type Call, callOf } from '../../src/calls/state.ts';
import { askCall, type CallWish } from '../../src/calls/wishes.ts';
import { PLACED_MODES } from '../../src/model/call/call-event.ts';
import type { EndCause, Event } from '../../src/model/event.ts';
import type { Queue } from '../../src/model/queue.ts';
import { centre, Switchboard } from './switchboard.ts';

// Calls in which anything happens in any order, also late, twice, or not at all; and what must hold all the same.

const CONTACTS = ['c1', 'c2', 'p1'];
const AGENTS = ['anna', 'ben', 'carla'];
const CAUSES: readonly EndCause[] = ['hung_up', 'busy', 'rejected', 'no_answer', 'unavailable', 'failed', 'lost'];
const TARGETS = [
  { to: 'queue', queueId: 'support' },
  { to: 'queue', queueId: '@ben' },
  { to: 'queue', queueId: '@anna' },
  { to: 'number', number: '030 12345' },
  { to: 'number', number: '0900 1' },
] as const;
const NUMBERS = [
  { to: 'number', number: '030 111' },
  { to: 'agent', agentId: 'carla' },
  { to: 'number', number: '0900 1' },
] as const;

const REST = { action: 'rest', restMs: 1 } as const;
/** Agents are free again in a moment, whatever they did: the more happens in a day. */
const SOON_FREE: Partial<Queue> = {
  answerWithinMs: 15_000,
  wrapUp: { mode: 'none', ms: 0, extendMs: 0, extensionsMax: 0, results: [] },
  notAnswered: { no_answer: REST, busy: REST, rejected: REST, unavailable: REST, failed: REST },
};

export const happening = fc.record({
  what: fc.constantFrom(
    ...(['call', 'call', 'call', 'place', 'place', 'dial', 'dial', 'room', 'room', 'leave room'] as const),
    ...([
      'hang up',
      'finish',
      'close',
      'joining failed',
      'log in',
      'log in',
      'log out',
      'door',
      'call',
      'place',
    ] as const),
    ...(['consult', 'consult', 'consult', 'consult', 'consult', 'consult', 'complete', 'complete', 'join'] as const),
    ...(['offer answered', 'offer answered', 'offer answered', 'offer answered', 'offer answered'] as const),
    ...(['leg answered', 'leg answered', 'leg answered', 'leg answered', 'prompt over', 'prompt over'] as const),
    ...([
      'offer answered',
      'offer answered',
      'offer answered',
      'offer answered',
      'offer ended',
      'offer failed',
    ] as const),
    ...(['leg answered', 'leg answered', 'leg answered', 'leg ended', 'leg ended', 'leg pressed'] as const),
    ...([
      'prompt over',
      'prompt over',
      'consult',
      'consult',
      'consult',
      'join',
      'join',
      'complete',
      'complete',
    ] as const),
    ...(['back', 'hold', 'retrieve', 'transfer', 'mute', 'drop', 'keys', 'keys', 'keys', 'refer', 'button'] as const),
    ...(['pass', 'pass'] as const),
  ),
  contactId: fc.constantFrom(...CONTACTS),
  agentId: fc.constantFrom(...AGENTS),
  cause: fc.constantFrom(...CAUSES),
  which: fc.nat(30),
  keys: fc.constantFrom('*1', '*2201#', '*2030111#', '*3', '*4', '*5', '*5300#', '1', '2', '9'),
  /** True for most: it is about what goes on just now. */
  live: fc.integer({ min: 0, max: 9 }).map((one) => one > 1),
  flag: fc.boolean(),
  ms: fc.constantFrom(1, 500, 3000, 3000, 20_000, 60_000),
});
export type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

/** Lives what happens and checks after each of it. */
export function live(day: readonly Happening[]): Switchboard {
  const room = new Switchboard(centre({}, { sales: SOON_FREE, support: SOON_FREE }));
  for (const agentId of AGENTS) room.readyAgent(agentId);
  room.talk('c1');
  for (const one of day) {
    happens(room, one);
    room.nowMs += 1;
    check(room);
  }
  return room;
}

function happens(room: Switchboard, one: Happening): void {
  const { contactId, agentId, cause, which, flag } = one;
  const about = { atMs: room.nowMs, contactId };
  switch (one.what) {
    case 'pass':
      return void room.pass(one.ms);
    case 'call':
      return call(room, one);
    case 'place':
      return place(room, one);
    case 'dial': {
      const plain = { callerId: null, music: flag ? 'jazz' : null, headers: {}, record: false, ringMs: 20_000 };
      const whisper = which % 3 === 0 ? [{ say: 'Hello.', language: 'en' }] : [];
      const more = { whisper, confirmKey: which % 4 === 0 ? '1' : null, talkMs: which % 5 === 0 ? 30_000 : null };
      const order = flag ? 'serial' : 'parallel';
      return void room.take({ kind: 'dial.asked', ...about, ...plain, ...more, targets: NUMBERS, order });
    }
    case 'room':
      return void room.take({ kind: 'room.entered', ...about, room: 'r', moderator: flag, max: 2, music: 'jazz' });
    case 'leave room':
      return void room.take({ kind: 'room.left', ...about, room: 'r', reason: 'left' });
    case 'hang up':
      return void room.take({ kind: 'contact.ended', ...about, cause, endedBy: 'customer' });
    case 'finish':
      return void room.take({ kind: 'hangup.requested', ...about, cause: 'normal' });
    case 'log in':
      return void room.take({ kind: 'agent.logged_in', atMs: room.nowMs, agentId, by: 'api' });
    case 'log out':
      return void room.take({ kind: 'agent.logged_out', atMs: room.nowMs, agentId, by: 'api' });
    case 'door':
      if (flag) room.take({ kind: 'door.lost', atMs: room.nowMs, door: 'voice', reason: 'x' });
      return void room.take({ kind: 'door.agreed', atMs: room.nowMs, door: 'voice' });
    default:
      return ofOffersAndLegs(room, one);
  }
}

/** Each contact that we make has an id of its own; the last one is meant by `p1`. */
function place(room: Switchboard, { which, flag }: Happening): void {
  if (which % 2 === 0 && [...room.calls.calls.values()].some(({ placed }) => placed)) return;
  const contactId = `p${room.count('contact.placed') + 1}`;
  const mode = PLACED_MODES[which % PLACED_MODES.length]!;
  const to = which % 7 === 0 ? '0900 1' : '030 777';
  const order = { orderId: 'o', attempt: 1, channel: 'callback', to, from: '', ringMs: 20_000 } as const;
  const more = { mode, language: 'en', detectMachine: flag, ...(mode === 'hear' && { recordingId: 'x.r1-a' }) };
  room.take({ kind: 'contact.placed', atMs: room.nowMs, contactId, ...order, ...more });
  room.queue(contactId, { channel: 'callback', ...(mode === 'customer_first' && { dialFirstMs: 20_000 }) });
}

/** Comes, and then to a queue, with or without a whisper, as its flow would ask for. */
function call(room: Switchboard, { contactId, flag }: Happening): void {
  if (contactId.startsWith('p')) return;
  if (!room.state.contacts.has(contactId)) room.arrive(contactId);
  const session = room.state.flow.sessions.get(contactId);
  const about = room.calls.calls.get(contactId);
  if (session?.stage !== 'running' || room.state.acd.items.has(contactId)) return;
  if (about?.room || about?.transfer || about?.farTalk) return;
  if (flag) room.queue(contactId, { channel: 'voice', whisper: [{ say: 'Hello.', language: 'en' }] });
  else room.press(contactId, '1');
}

function ofOffersAndLegs(room: Switchboard, one: Happening): void {
  const { which, cause, flag } = one;
  const atMs = room.nowMs;
  const made = room.journal.flatMap((event) => (event.kind === 'offer.made' ? [event.offerId] : []));
  const asked = room.journal.flatMap((event) => (event.kind === 'leg.asked' ? [event] : []));
  const offers = one.live ? [...room.state.acd.offers.keys()] : made;
  const legs = one.live ? asked.filter((leg) => room.calls.calls.get(leg.contactId)?.legs.has(leg.legId)) : asked;
  const offerId = offers.at(which % Math.max(1, offers.length)) ?? 'none';
  const leg = legs.at(which % Math.max(1, legs.length));
  const about = { atMs, contactId: leg?.contactId ?? 'c1', legId: leg?.legId ?? 'none' };
  switch (one.what) {
    case 'offer answered':
      return void room.take({ kind: 'offer.answered', atMs, offerId });
    case 'offer ended':
      return void room.take({ kind: 'offer.ended', atMs, offerId, cause });
    case 'offer failed':
      return void room.take({ kind: 'offer.failed', atMs, offerId, cause });
    case 'leg answered':
      return void room.take({ kind: 'leg.answered', ...about, ...(which === 0 && { verdict: 'machine' as const }) });
    case 'leg ended':
      return void room.take({ kind: 'leg.ended', ...about, cause });
    case 'leg pressed':
      return void room.take({ kind: 'leg.pressed', ...about, digit: flag ? '1' : '*' });
    default:
      return ofTalk(room, one);
  }
}

function ofTalk(room: Switchboard, one: Happening): void {
  const { which, keys, flag } = one;
  const atMs = room.nowMs;
  const talks = [...room.calls.calls.values()].filter(({ talk, dial }) => talk ?? dial);
  const contactId = (one.live ? talks.at(which % Math.max(1, talks.length))?.contactId : undefined) ?? one.contactId;
  const call = room.calls.calls.get(contactId);
  const legId = call?.talk?.offerId ?? 'none';
  switch (one.what) {
    case 'keys':
      return void room.keys(legId, keys, contactId);
    case 'refer':
      return void room.take({ kind: 'leg.referred', atMs, contactId, legId, to: flag ? '201' : '030 111' });
    case 'button':
      return void room.take({ kind: flag ? 'leg.held' : 'leg.retrieved', atMs, contactId, legId });
    case 'prompt over': {
      const prompts = [call?.talk?.whisper?.promptId, ...(call?.dial?.hearing ?? []).map((id) => `${id}.w`)];
      const promptId = prompts.filter((id) => id !== undefined).at(which % 2) ?? 'x';
      return void room.take({ kind: 'prompt.finished', atMs, contactId, promptId, result: 'done' });
    }
    case 'close':
      return void room.take({
        kind: 'contact.closed',
        atMs,
        contactId,
        offerId: legId,
        agentId: call?.talk?.agentId ?? '',
      });
    case 'joining failed':
      return void room.take({ kind: 'connection.failed', atMs, contactId, offerId: legId });
    default: {
      const answer = askCall(room.calls, { contactId, by: 'api', atMs }, wishOf(one, call));
      if (answer.ok && answer.value) room.take(answer.value);
    }
  }
}

function wishOf({ what, which, flag }: Happening, call: Call | undefined): CallWish {
  const target = TARGETS[which % TARGETS.length]!;
  switch (what) {
    case 'consult':
      return { wish: 'consult', target };
    case 'transfer':
      return { wish: 'transfer', target: flag ? target : { to: 'flow', flowId: 'main' } };
    case 'mute':
      return { wish: flag ? 'mute' : 'unmute', legId: call?.talk?.offerId ?? '' };
    case 'drop':
      return { wish: 'drop', legId: call?.consult?.legId ?? '' };
    default:
      return { wish: what as 'hold' };
  }
}

/** What holds at every moment. */
function check(room: Switchboard): void {
  const { calls, acd, contacts } = room.state;
  checkLegs(room);
  for (const call of calls.calls.values()) {
    checkSeats(room, call);
    checkPurposes(call);
    checkWaysOut(room, call);
  }
  for (const item of acd.items.values()) {
    if (!item.consult) continue;
    assert.equal(callOf(calls, item.contactId)?.consult?.consultId, item.contactId, 'a question belongs to its call');
  }
  for (const contactId of calls.calls.keys()) assert.ok(contacts.has(contactId), 'no call outlives its contact');
  for (const offer of acd.offers.values()) {
    assert.ok(acd.items.get(offer.contactId)?.offers.includes(offer.id), 'an offer is its item’s');
    const work = acd.agents.get(offer.agentId)?.work.filter(({ offerId }) => offerId === offer.id);
    assert.equal(work?.length, 1, 'an offer is in one agent’s hand');
  }
}

/** Every leg that was asked for is up or asked for in its call, or has come to one end. */
function checkLegs({ journal, calls }: Switchboard): void {
  const open = new Map<string, string>();
  const over = new Set<string>();
  for (const event of journal) {
    if (event.kind === 'leg.asked') {
      assert.ok(!open.has(event.legId) && !over.has(event.legId), 'no leg has the id of another');
      open.set(event.legId, event.contactId);
    } else if (event.kind === 'leg.given_up' || event.kind === 'leg.ended') {
      if (event.kind === 'leg.given_up') assert.ok(open.has(event.legId), 'what is given up was still there');
      if (open.delete(event.legId)) over.add(event.legId);
    }
  }
  const here = [...calls.calls.values()].flatMap(({ legs }) => [...legs.keys()]);
  assert.deepEqual([...open.keys()].sort(), here.sort());
  for (const contactId of open.values()) assert.notEqual(calls.calls.get(contactId)?.customer ?? 'gone', 'gone');
}

/** Nobody is in two places, and who is in one is on the line. */
function checkSeats(room: Switchboard, call: Call): void {
  const { places, music, ringing } = seatingOf(room.calls, call);
  const seats = [...places.flatMap(({ legIds }) => legIds), ...music.map(({ legId }) => legId), ...ringing];
  assert.equal(new Set(seats).size, seats.length, `somebody is in two places: ${seats}`);
  for (const legId of seats) {
    if (legId === call.contactId) assert.equal(call.customer, 'here');
    else if (call.legs.has(legId)) assert.notEqual(call.legs.get(legId)?.answeredAtMs, null);
    else assert.notEqual(room.state.acd.offers.get(legId)?.answeredAtMs ?? null, null, `${legId} is no leg`);
  }
}

/** Nobody is called, or kept on the line, for nothing. */
function checkPurposes(call: Call): void {
  const { consult, transfer, farTalk, dial, customerLegId } = call;
  for (const { legId, purpose } of call.legs.values()) {
    if (farTalk?.legId === legId) continue;
    if (purpose === 'contact') assert.equal(legId, customerLegId);
    else if (purpose === 'consult')
      assert.equal(legId, consult?.legId ?? transfer?.legId, 'nobody asks this one any more');
    else if (purpose === 'transfer') assert.equal(legId, transfer?.legId);
    else assert.ok(dial && !farTalk, 'nobody dials this one any more');
  }
}

/** Whoever waits for something has an end of the wait. */
function checkWaysOut({ state }: Switchboard, call: Call): void {
  const { deadlines } = state.calls;
  for (const leg of call.legs.values()) {
    assert.equal(deadlines.of('leg', leg.legId) === undefined, leg.dueAtMs === null);
    const waits = leg.answeredAtMs === null || (call.dial?.hearing.includes(leg.legId) ?? false);
    assert.equal(leg.dueAtMs !== null, waits, 'who does not talk yet is given up some time');
  }
  if (call.talk) {
    assert.equal(state.acd.items.get(call.contactId)?.offers[0], call.talk.offerId, 'one picture of who talks');
    if (call.talk.whisper) assert.ok(deadlines.of('whisper', call.contactId) !== undefined);
    else if (call.talk.decideByMs !== null) assert.ok(deadlines.of('decision', call.contactId) !== undefined);
  }
  const { consult, transfer, dial } = call;
  if (consult) assert.ok(call.talk, 'nobody asks without a talk');
  if (consult?.target.to === 'number') assert.ok(call.legs.has(consult.legId ?? ''));
  else if (consult) assert.ok(state.acd.items.has(consult.consultId));
  if (transfer) assert.ok(call.legs.has(transfer.legId ?? ''), 'a transfer has a leg');
  if (dial)
    assert.ok(
      [...call.legs.values()].some(({ purpose }) => purpose === 'dial'),
      'a dialling has a leg',
    );
  if (call.farTalk) assert.ok(call.legs.has(call.farTalk.legId));
}

/** The journal as it would be read back. */
export function readBack(journal: readonly Event[]): Event[] {
  return JSON.parse(JSON.stringify(journal)) as Event[];
}
