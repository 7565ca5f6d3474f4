import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dial } from '../../src/model/call/call-event.ts';
import type { EndCause } from '../../src/model/event.ts';
import { kinds, only, Switchboard } from './switchboard.ts';

// A flow dials for the customer: at once or in turn, with a whisper, with a key, and always with an end.

const ONE = { to: 'number', number: '030 111' } as const;
const OTHER = { to: 'number', number: '030 222' } as const;
const PLAIN: Dial = {
  targets: [ONE],
  order: 'parallel',
  ringMs: 20_000,
  talkMs: null,
  callerId: null,
  music: null,
  headers: {},
  whisper: [],
  confirmKey: null,
  record: false,
};

function dialling(dial: Partial<Dial> = {}) {
  const room = new Switchboard();
  room.arrive('c1');
  const asked = room.take({ kind: 'dial.asked', atMs: room.nowMs, contactId: 'c1', ...PLAIN, ...dial });
  return { room, asked, legs: asked.flatMap((event) => (event.kind === 'leg.asked' ? [event.legId] : [])) };
}

test('the caller hears it ring, talks with who answers, and the flow goes on afterwards', () => {
  const { room, asked } = dialling();
  assert.deepEqual(room.tasks(asked).slice(0, 2), ['dial far', 'part talk c1']);
  assert.ok(room.tasks(asked).includes('play'));
  assert.deepEqual(room.tasks(room.legAnswered()), ['stop_prompt', 'join talk c1 far']);
  room.nowMs += 7000;
  const over = room.legEnded();
  assert.equal(only(over, 'far_talk.ended').talkMs, 7000);
  assert.equal(only(over, 'dial.ended').outcome, 'completed');
  assert.ok(room.tasks(over).includes('dissolve talk'));
});

test('several ring at once, the first answer wins, and the others are let go before anybody is joined', () => {
  const { room, legs } = dialling({ targets: [ONE, OTHER, { to: 'agent', agentId: 'ben' }] });
  assert.equal(legs.length, 3);
  const answered = room.legAnswered(legs[1]);
  assert.deepEqual(kinds(answered).slice(0, 4), ['leg.answered', 'leg.given_up', 'leg.given_up', 'far_talk.started']);
  assert.deepEqual(kinds(room.legAnswered(legs[0])), ['leg.answered']);
});

test('one after the other: the next is dialled when the one before came to nothing', () => {
  const { room, legs } = dialling({ targets: [ONE, OTHER], order: 'serial' });
  assert.equal(legs.length, 1);
  const next = only(room.legEnded('busy'), 'leg.asked');
  assert.deepEqual(next.target, OTHER);
  assert.equal(only(room.legEnded('no_answer'), 'dial.ended').outcome, 'busy');
});

test('a trunk that fails is followed by the next, and then by the next target', () => {
  const { room } = dialling({ targets: [ONE, OTHER], order: 'serial' });
  const tried: string[] = [];
  for (let event = room.last('leg.asked'); room.calls.calls.get('c1')?.dial; event = room.last('leg.asked')) {
    tried.push(`${event.target.to === 'number' ? event.target.number : ''} ${event.way?.trunkId}`);
    room.legEnded('unavailable');
  }
  assert.deepEqual(tried, ['030 111 first', '030 111 second', '030 222 first', '030 222 second']);
  assert.equal(room.last('dial.ended').outcome, 'unavailable');
});

test('a trunk that is silent is followed by the next, a number that rang in vain by none', () => {
  const { room: silent, legs } = dialling();
  const about = { atMs: silent.nowMs, contactId: 'c1', legId: legs[0]!, cause: 'no_answer' } as const;
  assert.equal(only(silent.take({ kind: 'leg.ended', ...about }), 'leg.asked').way?.trunkId, 'second');
  const { room } = dialling();
  assert.equal(only(room.legEnded('no_answer'), 'dial.ended').outcome, 'no_answer');
});

for (const [cause, outcome] of [
  ['busy', 'busy'],
  ['rejected', 'declined'],
] as [EndCause, string][]) {
  test(`${cause} is told as ${outcome}`, () => {
    const { room } = dialling();
    assert.equal(only(room.legEnded(cause), 'dial.ended').outcome, outcome);
  });
}

test('nobody answers in time', () => {
  const { room } = dialling({ targets: [ONE, OTHER] });
  const passed = room.pass(20_000);
  assert.equal(passed.filter(({ kind }) => kind === 'leg.given_up').length, 2);
  assert.equal(only(passed, 'dial.ended').outcome, 'no_answer');
});

test('a number that may not be dialled fails at once, and others are dialled all the same', () => {
  assert.equal(
    only(dialling({ targets: [{ to: 'number', number: '0900 123' }] }).asked, 'dial.ended').outcome,
    'failed',
  );
  const { room, asked } = dialling({ targets: [{ to: 'number', number: '0900 123' }, ONE], order: 'serial' });
  assert.equal(only(asked, 'leg.refused').code, 'outgoing.not_allowed');
  assert.deepEqual(only(asked, 'leg.asked').target, ONE);
  assert.equal(only(room.legEnded('busy'), 'dial.ended').outcome, 'busy');
});

test('who answers hears the whisper first, and is joined when it is over', () => {
  const { room } = dialling({ whisper: [{ say: 'A call for you.', language: 'en' }] });
  const { legId } = room.last('leg.asked');
  assert.deepEqual(room.tasks(room.legAnswered()), ['speak_to far']);
  const over = { contactId: 'c1', promptId: `${legId}.w`, result: 'done' } as const;
  assert.ok(kinds(room.take({ kind: 'prompt.finished', atMs: room.nowMs, ...over })).includes('far_talk.started'));
});

test('where a key is asked for, a mailbox does not get the caller', () => {
  const { room } = dialling({ confirmKey: '1' });
  const { legId } = room.last('leg.asked');
  room.legAnswered();
  assert.ok(!kinds(room.keys(legId, '2')).includes('far_talk.started'));
  assert.ok(kinds(room.keys(legId, '1')).includes('far_talk.started'));
  const mailbox = dialling({ confirmKey: '1' }).room;
  mailbox.legAnswered();
  const passed = mailbox.pass(45_000);
  assert.ok(kinds(passed).includes('leg.given_up'));
  assert.equal(only(passed, 'dial.ended').outcome, 'no_answer');
});

test('a talk that has a limit ends at it', () => {
  const { room } = dialling({ talkMs: 60_000 });
  room.legAnswered();
  const passed = room.pass(60_000);
  assert.equal(only(passed, 'far_talk.ended').talkMs, 60_000);
  assert.equal(only(passed, 'dial.ended').outcome, 'completed');
  assert.ok(room.tasks(passed).includes('drop_leg far'));
});

test('a caller who hangs up leaves nobody ringing', () => {
  const { room } = dialling({ targets: [ONE, OTHER] });
  const gone = room.customerEnds();
  assert.equal(only(gone, 'dial.ended').outcome, 'cancelled');
  assert.equal(gone.filter(({ kind }) => kind === 'leg.given_up').length, 2);
});

test('while the door is lost nobody is given up for an answer that nobody may have heard', () => {
  const { room } = dialling();
  room.take({ kind: 'door.lost', atMs: room.nowMs, door: 'voice', reason: 'test' });
  assert.ok(!kinds(room.pass(25_000)).includes('leg.given_up'));
  room.take({ kind: 'door.agreed', atMs: room.nowMs, door: 'voice' });
  assert.ok(kinds(room.pass(1000)).includes('leg.given_up'));
});

const ROOM = { room: 'weekly', moderator: false, max: 3, music: 'jazz' } as const;

function enter(room: Switchboard, contactId: string, more: { moderator?: boolean } = {}) {
  if (!room.state.contacts.has(contactId)) room.arrive(contactId);
  return room.take({ kind: 'room.entered', atMs: room.nowMs, contactId, ...ROOM, ...more });
}

test('who is alone in a conference hears music, and those who come together hear each other', () => {
  const room = new Switchboard();
  assert.deepEqual(room.tasks(enter(room, 'c1')), ['part room.weekly c1', 'music c1 jazz']);
  assert.deepEqual(room.tasks(enter(room, 'c2')).sort(), ['join room.weekly c1', 'join room.weekly c2']);
  assert.deepEqual(room.tasks(enter(room, 'c3')), ['join room.weekly c3']);
});

test('a conference that is full takes nobody in', () => {
  const room = new Switchboard();
  for (const contactId of ['c1', 'c2', 'c3']) enter(room, contactId);
  assert.equal(only(enter(room, 'c4'), 'room.left').reason, 'full');
});

test('with its moderator a conference ends for all; without one it goes on until the last has left', () => {
  const room = new Switchboard();
  enter(room, 'c1', { moderator: true });
  enter(room, 'c2');
  const gone = room.customerEnds('c1');
  const left = gone.flatMap((event) => (event.kind === 'room.left' ? [`${event.contactId} ${event.reason}`] : []));
  assert.deepEqual(left, ['c1 left', 'c2 ended']);
  assert.equal(room.calls.rooms.size, 0);
  const other = new Switchboard();
  enter(other, 'c1');
  enter(other, 'c2');
  assert.ok(other.tasks(other.customerEnds('c1')).includes('music c2 jazz'));
});
