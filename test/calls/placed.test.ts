import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventOf } from '../../src/model/event.ts';
import { kinds, only, Switchboard } from './switchboard.ts';

// Contacts that we make: who is dialled when, and what becomes of the agent when nobody is reached.

type Placed = EventOf<'contact.placed'>;

/** Placed and queued, as outbound/ does; Anna is free. */
function placed(mode: Placed['mode'], more: Partial<Placed> = {}) {
  const room = new Switchboard();
  room.readyAgent('anna');
  const atMs = room.nowMs;
  const order = { orderId: 'order', attempt: 1, channel: 'callback', to: '030 12345', from: '+4930200' } as const;
  const about = { ringMs: 30_000, detectMachine: false, language: 'en', mode, ...more };
  room.take({ kind: 'contact.placed', atMs, contactId: 'c1', ...order, ...about });
  const dialFirst = mode === 'customer_first' ? { dialFirstMs: 30_000 } : {};
  const queued = room.queue('c1', { channel: 'callback', ...dialFirst });
  return { room, queued };
}

test('agent first: the agent answers, the customer is dialled, the agent hears it ring, and both are joined', () => {
  const { room, queued } = placed('agent_first');
  assert.deepEqual(room.tasks(queued), ['ring anna']);
  const connected = room.answer('anna');
  const asked = only(connected, 'leg.asked');
  assert.deepEqual([asked.purpose, asked.way?.callerId], ['contact', '+4930200']);
  assert.deepEqual(room.tasks(connected), ['dial far', 'part talk anna', 'play_to anna']);
  const answered = room.legAnswered();
  assert.ok(kinds(answered).includes('contact.answered'));
  assert.deepEqual(room.tasks(answered), ['stop_prompt', 'connect anna']);
});

test('agent first: with nobody reached the contact is over and the agent is done with it', () => {
  const { room } = placed('agent_first');
  room.answer('anna');
  assert.equal(only(room.legEnded('unavailable'), 'leg.asked').way?.trunkId, 'second');
  const over = room.legEnded('busy');
  assert.equal(only(over, 'contact.ended').cause, 'busy');
  assert.equal(only(over, 'contact.handled').agentId, 'anna');
  assert.equal(room.calls.calls.size, 0);
});

test('agent first: when nobody answers in time the leg is given up, and the contact is over', () => {
  const { room } = placed('agent_first');
  room.answer('anna');
  const passed = room.pass(30_000);
  assert.equal(only(passed, 'contact.ended').cause, 'no_answer');
  assert.deepEqual(
    room.tasks(passed).filter((task) => task.startsWith('drop')),
    ['drop_leg far'],
  );
});

test('customer first: the customer is dialled when an agent is reserved, whose phone rings when the customer is there', () => {
  const { room, queued } = placed('customer_first');
  assert.ok(kinds(queued).includes('offer.made'));
  assert.deepEqual(room.tasks(queued), ['dial far']);
  const answered = room.legAnswered();
  assert.deepEqual(room.tasks(answered), ['start_music', 'ring anna']);
  assert.deepEqual(room.tasks(room.answer('anna')), ['connect anna']);
});

test('customer first: an agent whose phone never rang is blamed for nothing', () => {
  const { room } = placed('customer_first');
  const over = room.legEnded('no_answer');
  assert.equal(only(over, 'contact.dequeued').reason, 'unreached');
  assert.equal(only(over, 'offer.withdrawn').reason, 'customer_gone');
  const anna = room.state.acd.agents.get('anna')!;
  assert.deepEqual([anna.pause, anna.misses, anna.work], [null, 0, []]);
});

test('customer first: the agent’s phone rings as long as the queue says, from the customer’s answer on', () => {
  const { room } = placed('customer_first');
  room.nowMs += 5000;
  room.legAnswered();
  const offer = [...room.state.acd.offers.values()][0]!;
  assert.equal(offer.deadlineMs, room.nowMs + 20_000);
});

test('preview: dialled only when the agent presses 1', () => {
  const { room } = placed('preview');
  const connected = room.answer('anna');
  assert.ok(!kinds(connected).includes('leg.asked'));
  const { offerId } = only(connected, 'contact.connected');
  assert.ok(!kinds(room.keys(offerId, '2')).includes('leg.asked'));
  assert.ok(kinds(room.keys(offerId, '1')).includes('leg.asked'));
  assert.ok(!kinds(room.keys(offerId, '1')).includes('leg.asked'));
});

test('preview: an agent who hangs up instead skips it, and one who does nothing is released in the end', () => {
  const skipped = placed('preview').room;
  const { offerId } = only(skipped.answer('anna'), 'contact.connected');
  assert.deepEqual(only(skipped.agentEnded(offerId), 'contact.ended').endedBy, 'agent');
  const { room } = placed('preview');
  room.answer('anna');
  assert.equal(only(room.pass(10 * 60_000), 'contact.ended').cause, 'hung_up');
});

test('hear: the whisper, then the message; 1 plays it again, 2 calls who left it', () => {
  const whisper = [{ say: 'A message.', language: 'en' }];
  const { room } = placed('hear', { whisper, recordingId: 'c0.r1-a', channel: 'voicemail' });
  const connected = room.answer('anna');
  const { offerId, promptId } = only(connected, 'whisper.started');
  const finished = (id: string) =>
    room.take({ kind: 'prompt.finished', atMs: room.nowMs, contactId: 'c1', promptId: id, result: 'done' });
  const message = only(finished(promptId), 'whisper.started');
  assert.deepEqual(message.parts, [{ recordingId: 'c0.r1-a' }]);
  assert.ok(!kinds(finished(message.promptId)).includes('whisper.started'));
  const again = only(room.keys(offerId, '1'), 'whisper.started');
  assert.notEqual(again.promptId, message.promptId);
  const called = room.keys(offerId, '2');
  assert.ok(kinds(called).includes('whisper.ended'));
  assert.equal(only(called, 'leg.asked').purpose, 'contact');
  room.legAnswered();
  assert.ok(kinds(room.agentEnded(offerId)).includes('hangup.requested'));
  assert.equal(only(room.legEnded(), 'contact.ended').endedBy, 'system');
});

test('hear: an agent who has heard it and hangs up is done with it', () => {
  const { room } = placed('hear', { recordingId: 'c0.r1-a', channel: 'voicemail' });
  const { offerId } = only(room.answer('anna'), 'contact.connected');
  const done = room.agentEnded(offerId);
  assert.equal(only(done, 'contact.ended').endedBy, 'agent');
  assert.equal(room.calls.calls.size, 0);
});

test('a machine that answers is let go, and the contact is over', () => {
  const { room } = placed('agent_first', { detectMachine: true });
  room.answer('anna');
  const { legId } = room.last('leg.asked');
  const told = room.take({ kind: 'leg.answered', atMs: room.nowMs, contactId: 'c1', legId, verdict: 'machine' });
  assert.ok(kinds(told).includes('leg.given_up'));
  assert.equal(only(told, 'contact.ended').cause, 'no_answer');
});

test('a number that may not be dialled ends the contact before anybody is rung for it', () => {
  const { room, queued } = placed('customer_first', { to: '0900 12345' });
  assert.equal(only(queued, 'leg.refused').code, 'outgoing.not_allowed');
  assert.equal(only(queued, 'contact.ended').cause, 'rejected');
  assert.equal(room.calls.calls.size, 0);
});

test('a customer whom we called can be held, handed over and transferred like any other', () => {
  const { room } = placed('agent_first');
  room.answer('anna');
  room.legAnswered();
  assert.deepEqual(room.tasks(room.ask({ wish: 'hold' })), ['part talk c1', 'music c1 jazz']);
  room.ask({ wish: 'retrieve' });
  const done = room.ask({ wish: 'transfer', target: { to: 'queue', queueId: 'support' } });
  assert.deepEqual(room.tasks(done), ['release anna', 'start_music']);
  room.readyAgent('ben');
  room.answer('ben');
  const { offerId } = room.last('contact.connected');
  assert.ok(kinds(room.agentEnded(offerId)).includes('hangup.requested'));
});

test('a customer whom we called goes on with the flow to which the agent hands the call, and is let go by it', () => {
  const { room } = placed('agent_first');
  room.answer('anna');
  room.legAnswered();
  const done = room.ask({ wish: 'transfer', target: { to: 'flow', flowId: 'main' } });
  assert.equal(only(done, 'flow.started').flowId, 'main');
  assert.ok(!kinds(done).includes('hangup.requested'));
});

test('a contact that is to end is not tried by another trunk, and ends at once where nobody was dialled', () => {
  const { room } = placed('agent_first');
  const end = { contactId: 'c1', cause: 'normal' } as const;
  room.answer('anna');
  room.take({ kind: 'hangup.requested', atMs: room.nowMs, ...end });
  assert.equal(only(room.legEnded('failed'), 'contact.ended').endedBy, 'system');
  const waiting = placed('preview').room;
  assert.ok(kinds(waiting.take({ kind: 'hangup.requested', atMs: waiting.nowMs, ...end })).includes('contact.ended'));
});
