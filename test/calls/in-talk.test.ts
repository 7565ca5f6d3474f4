import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kinds, only, Switchboard } from './switchboard.ts';

// Hold, mute, transfer and the codes that agents press; the API and the phone lead to the same events.

test('on hold the customer hears the music of the queue, and comes back to the agent', () => {
  const room = new Switchboard();
  room.talk();
  assert.deepEqual(room.tasks(room.ask({ wish: 'hold' })), ['part talk c1', 'music c1 jazz']);
  assert.deepEqual(room.ask({ wish: 'hold' }), []);
  assert.deepEqual(room.tasks(room.ask({ wish: 'retrieve' })), ['join talk c1 anna']);
});

test('a microphone is turned off and on, and only one that is in the call', () => {
  const room = new Switchboard();
  const anna = room.talk();
  assert.deepEqual(room.tasks(room.ask({ wish: 'mute', legId: anna })), ['mute anna']);
  assert.deepEqual(room.ask({ wish: 'mute', legId: anna }), []);
  assert.deepEqual(room.tasks(room.ask({ wish: 'unmute', legId: anna })), ['unmute anna']);
  assert.throws(() => room.ask({ wish: 'mute', legId: 'nobody' }), { message: 'leg.unknown' });
});

test('another agent cannot steer the call, and nobody one that is not talked in', () => {
  const room = new Switchboard();
  room.arrive('c1');
  assert.throws(() => room.ask({ wish: 'hold' }), { message: 'contact.not_talking' });
  assert.throws(() => room.ask({ wish: 'hold' }, 'c9'), { message: 'contact.unknown' });
});

test('a blind transfer to a queue ends the agent’s part and lets the customer wait there', () => {
  const room = new Switchboard();
  room.talk();
  const done = room.ask({ wish: 'transfer', target: { to: 'queue', queueId: 'support' } });
  assert.deepEqual(only(done, 'contact.handled').transferred, { to: 'queue', queueId: 'support' });
  assert.equal(room.state.acd.items.get('c1')?.queueId, 'support');
  assert.deepEqual(room.tasks(done), ['release anna', 'start_music']);
});

test('a blind transfer to a number: music until somebody answers, then they talk, and the flow goes on', () => {
  const room = new Switchboard();
  room.talk();
  const done = room.ask({ wish: 'transfer', target: { to: 'number', number: '+1 555 123' } });
  assert.equal(only(done, 'leg.asked').way?.callerId, '+15550100');
  assert.deepEqual(room.tasks(done), ['release anna', 'part talk c1', 'music c1 jazz', 'dial far']);
  assert.deepEqual(room.tasks(room.legAnswered()), ['stop_prompt', 'join talk c1 far']);
  room.nowMs += 5000;
  assert.equal(only(room.legEnded(), 'far_talk.ended').talkMs, 5000);
});

test('a number that nobody answers brings the customer back to the place that the wait had', () => {
  const room = new Switchboard();
  room.talk();
  const since = room.calls.calls.get('c1')?.queued?.virtualStartMs;
  room.ask({ wish: 'transfer', target: { to: 'number', number: '+1555123' } });
  const passed = room.pass(45_000);
  assert.ok(kinds(passed).includes('leg.given_up'));
  const item = room.state.acd.items.get('c1')!;
  assert.deepEqual([item.queueId, item.virtualStartMs], ['sales', since]);
});

test('a transfer to a number that is over the limits keeps the agent', () => {
  const room = new Switchboard();
  room.talk();
  const target = { to: 'number', number: '0900 1234567' } as const;
  assert.throws(() => room.ask({ wish: 'transfer', target }), { message: 'outgoing.not_allowed' });
  assert.ok(room.calls.calls.get('c1')?.talk);
});

test('codes: hold and back, a question, all three, hand over', () => {
  const room = new Switchboard();
  const anna = room.talk();
  room.readyAgent('ben');
  assert.deepEqual(
    kinds(room.keys(anna, '*1')).filter((kind) => kind.startsWith('call.')),
    ['call.held'],
  );
  assert.deepEqual(
    kinds(room.keys(anna, '*1')).filter((kind) => kind.startsWith('call.')),
    ['call.retrieved'],
  );
  assert.deepEqual(only(room.keys(anna, '*2201#'), 'consult.started').target, { to: 'queue', queueId: '@ben' });
  room.answer('ben');
  assert.ok(kinds(room.keys(anna, '*4')).includes('consult.joined'));
  assert.ok(kinds(room.keys(anna, '*5')).includes('talk.handed_over'));
});

test('a number without # is complete after three seconds without a key', () => {
  const room = new Switchboard();
  const anna = room.talk();
  room.readyAgent('ben');
  assert.ok(!kinds(room.keys(anna, '*5300')).includes('contact.transferred'));
  const passed = room.pass(3000);
  assert.deepEqual(only(passed, 'contact.transferred').target, { to: 'queue', queueId: 'support' });
});

test('keys without a code, wrong codes and codes of others lead to nothing', () => {
  const room = new Switchboard();
  const anna = room.talk();
  room.keys(anna, '123#');
  room.keys(anna, '*9');
  room.keys(anna, '*3');
  room.keys('c1.o99-zz', '*1');
  room.pass(10_000);
  for (const kind of ['call.held', 'consult.started', 'contact.transferred'] as const)
    assert.equal(room.count(kind), 0);
});

test('a code that was begun too long ago is forgotten', () => {
  const room = new Switchboard();
  const anna = room.talk();
  room.keys(anna, '*');
  room.pass(4000);
  room.keys(anna, '1');
  assert.equal(room.count('call.held'), 0);
});

test('the record code records, pauses and goes on', () => {
  const room = new Switchboard();
  const anna = room.talk();
  assert.ok(kinds(room.keys(anna, '*6')).includes('recording.started'));
  assert.ok(kinds(room.keys(anna, '*6')).includes('recording.paused'));
  assert.ok(kinds(room.keys(anna, '*6')).includes('recording.resumed'));
});

test('the hold button and the transfer button do the same', () => {
  const room = new Switchboard();
  const anna = room.talk();
  const about = { atMs: room.nowMs, contactId: 'c1', legId: anna };
  assert.ok(kinds(room.take({ kind: 'leg.held', ...about })).includes('call.held'));
  assert.ok(kinds(room.take({ kind: 'leg.retrieved', ...about })).includes('call.retrieved'));
  const referred = room.take({ kind: 'leg.referred', ...about, to: '300' });
  assert.deepEqual(only(referred, 'contact.transferred').target, { to: 'queue', queueId: 'support' });
});

test('what the agent is to hear comes before the customer, and the customer waits for its end and no longer', () => {
  const room = new Switchboard();
  room.readyAgent('anna');
  room.arrive('c1');
  room.queue('c1', { whisper: [{ say: 'A new customer.', language: 'en' }], channel: 'voice' });
  const connected = room.answer('anna');
  const { promptId } = only(connected, 'whisper.started');
  assert.deepEqual(
    room.tasks(connected).filter((task) => task !== 'stop_prompt'),
    ['speak_to anna'],
  );
  assert.throws(() => room.ask({ wish: 'hold' }), { message: 'call.customer_away' });
  const over = room.take({ kind: 'prompt.finished', atMs: room.nowMs, contactId: 'c1', promptId, result: 'done' });
  assert.ok(room.tasks(over).includes('connect anna'));
});

test('a whisper whose end nobody tells is over after a minute', () => {
  const room = new Switchboard();
  room.readyAgent('anna');
  room.arrive('c1');
  room.queue('c1', { whisper: [{ say: 'A new customer.', language: 'en' }], channel: 'voice' });
  room.answer('anna');
  assert.ok(room.tasks(room.pass(60_000)).includes('connect anna'));
});
