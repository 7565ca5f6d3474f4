import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seatingOf } from '../../src/calls/seating.ts';
import { createCallControl } from '../../src/controller/call-control/control-calls.ts';
import { createConversations } from '../../src/controller/chat/create-conversations.ts';
import { HallOfRooms } from '../controller/talking-hall.ts';
import { centre, kinds, only, Switchboard } from './switchboard.ts';

// An agent asks somebody while the customer waits: the customer is never lost, and whoever is asked is let go in the end.

const BEN = { to: 'queue', queueId: '@ben' } as const;
const SUPPORT = { to: 'queue', queueId: 'support' } as const;
const OUTSIDE = { to: 'number', number: '030 12345' } as const;

function asking(target: typeof BEN | typeof SUPPORT | typeof OUTSIDE = BEN) {
  const room = new Switchboard();
  const anna = room.talk();
  room.readyAgent('ben');
  const asked = room.ask({ wish: 'consult', target });
  return { room, anna, asked };
}

/** Anna talks to Ben while the customer waits. */
function talkingToBen() {
  const { room, anna } = asking();
  const answered = room.answer('ben');
  return { room, anna, ben: room.last('contact.connected').offerId, answered };
}

test('a colleague is rung, the customer hears music, and the agent hears it ring', () => {
  const { room, asked } = asking();
  assert.deepEqual(room.tasks(asked), ['part talk c1 anna', 'music c1 jazz', 'play_to anna', 'ring ben']);
  assert.equal(room.state.acd.items.get(room.last('consult.started').consultId)?.consult, true);
});

test('the phone of a colleague shows who asks', () => {
  const { room, asked } = asking();
  assert.ok(asked);
  assert.equal(room.calls.calls.get('c1')?.consult?.stage, 'asked');
});

test('they talk aside, and the customer hears nothing of it', () => {
  const { room, answered } = talkingToBen();
  assert.equal(only(answered, 'consult.answered').contactId, 'c1');
  assert.deepEqual(
    room.tasks(answered),
    ['stop_prompt', 'join aside anna ben', 'part talk c1', 'music c1 jazz'].sort(
      (a, b) => ORDER.indexOf(a) - ORDER.indexOf(b),
    ),
  );
});
const ORDER = ['stop_prompt', 'part talk c1', 'join aside anna ben', 'music c1 jazz'];

test('the agent goes back to the customer, and the colleague is free at once, without a wrap-up', () => {
  const { room } = talkingToBen();
  const back = room.ask({ wish: 'back' });
  assert.deepEqual(room.tasks(back), ['stop_prompt', 'join talk c1 anna', 'dissolve aside', 'release ben']);
  assert.deepEqual(room.state.acd.agents.get('ben')?.work, []);
  assert.equal(room.state.acd.agents.get('ben')?.contacts, 0);
  assert.equal(room.calls.calls.get('c1')?.consult, null);
});

test('all three talk to each other, and the talk goes on when the colleague hangs up', () => {
  const { room, anna, ben } = talkingToBen();
  assert.deepEqual(room.tasks(room.ask({ wish: 'join' })), ['join talk c1 anna ben']);
  const gone = room.agentEnded(ben);
  assert.equal(only(gone, 'consult.ended').reason, 'hung_up');
  assert.equal(room.calls.calls.get('c1')?.talk?.offerId, anna);
  assert.deepEqual(seatingOf(room.calls, room.calls.calls.get('c1')!).places, [
    { place: 'talk', legIds: ['c1', anna] },
  ]);
});

test('the customer is handed over: the item is the colleague’s, the agent wraps up, and each is counted once', () => {
  const { room, anna, ben } = talkingToBen();
  const done = room.ask({ wish: 'complete' });
  assert.deepEqual(room.tasks(done), ['join talk c1 ben', 'stop_prompt', 'dissolve aside', 'drop_leg anna']);
  const handled = only(done, 'contact.handled');
  assert.deepEqual([handled.offerId, handled.transferred], [anna, { to: 'agent', agentId: 'ben' }]);
  const item = room.state.acd.items.get('c1')!;
  assert.deepEqual([item.stage, item.offers], ['talking', [ben]]);
  assert.deepEqual(
    room.state.acd.agents.get('ben')?.work.map(({ contactId, stage }) => [contactId, stage]),
    [['c1', 'talking']],
  );
  assert.deepEqual(
    room.state.acd.agents.get('anna')?.work.map(({ stage }) => stage),
    ['wrap_up'],
  );
  assert.equal(room.state.acd.items.size, 1);
  room.nowMs += 5000;
  const end = room.customerEnds();
  assert.equal(only(end, 'contact.handled').agentId, 'ben');
  assert.equal(room.state.acd.agents.get('ben')?.contacts, 1);
});

test('who took a customer over may ask and hand over in turn', () => {
  const { room, ben } = talkingToBen();
  room.ask({ wish: 'complete' });
  room.readyAgent('carla');
  room.keys(ben, '*2202#', room.last('consult.started').consultId);
  room.answer('carla');
  const done = room.ask({ wish: 'complete' });
  assert.equal(only(done, 'talk.handed_over').agentId, 'carla');
  assert.equal(only(room.customerEnds(), 'contact.handled').agentId, 'carla');
});

test('an agent who hangs up while talking to a colleague hands the customer over', () => {
  const { room, anna, ben } = talkingToBen();
  const gone = room.agentEnded(anna);
  assert.equal(only(gone, 'talk.handed_over').offerId, ben);
  assert.deepEqual(only(gone, 'contact.handled').transferred, { to: 'agent', agentId: 'ben' });
  assert.ok(room.tasks(gone).includes('join talk c1 ben'));
});

test('an agent who hangs up while it still rings sends the customer there to wait', () => {
  const { room, anna } = asking(SUPPORT);
  const gone = room.agentEnded(anna);
  assert.deepEqual(only(gone, 'contact.handled').transferred, SUPPORT);
  const item = room.state.acd.items.get('c1')!;
  assert.equal(item.queueId, 'support');
  assert.equal(room.state.acd.items.size, 1);
});

test('a queue that nobody answers is given up after two minutes, and the agent is with the customer again', () => {
  const { room, anna } = asking(SUPPORT);
  room.take({ kind: 'phone.changed', atMs: room.nowMs, agentId: 'ben', phone: 'unreachable' });
  const passed = room.pass(120_000);
  assert.equal(only(passed, 'consult.ended').reason, 'no_answer');
  assert.deepEqual(seatingOf(room.calls, room.calls.calls.get('c1')!).places, [
    { place: 'talk', legIds: ['c1', anna] },
  ]);
});

test('a number outside is asked by the first trunk, then by the next, and the agent talks to it aside', () => {
  const { room, asked } = asking(OUTSIDE);
  const first = only(asked, 'leg.asked');
  assert.deepEqual([first.way?.trunkId, first.way?.number], ['first', '03012345']);
  const second = only(room.legEnded('unavailable'), 'leg.asked');
  assert.equal(second.way?.trunkId, 'second');
  const answered = room.legAnswered();
  assert.ok(room.tasks(answered).includes('join aside anna far'));
  assert.equal(only(room.legEnded('hung_up'), 'consult.ended').reason, 'hung_up');
});

for (const [cause, reason] of [
  ['busy', 'busy'],
  ['no_answer', 'no_answer'],
  ['rejected', 'failed'],
] as const) {
  test(`a number that is ${cause} is tried once, and the agent is with the customer again`, () => {
    const { room } = asking(OUTSIDE);
    const ended = room.legEnded(cause);
    assert.equal(only(ended, 'consult.ended').reason, reason);
    assert.ok(room.tasks(ended).includes('join talk c1 anna'));
  });
}

test('the customer is handed to a number: the agent’s part ends, and the flow goes on when they have talked', () => {
  const { room } = asking(OUTSIDE);
  room.legAnswered();
  const done = room.ask({ wish: 'complete' });
  assert.deepEqual(only(done, 'contact.handled').transferred, OUTSIDE);
  assert.equal(room.tasks(done).at(-1), 'join talk c1 far');
  // A place that is taken away and made anew in one moment loses those who come to it (Asterisk answers 404).
  assert.ok(!room.tasks(done).some((task) => task.startsWith('release')), room.tasks(done).join(', '));
  assert.ok(room.tasks(done).includes('drop_leg anna'));
  room.nowMs += 30_000;
  const over = room.legEnded();
  assert.equal(only(over, 'far_talk.ended').talkMs, 30_000);
  // The step after the queue lets the caller go.
  assert.ok(kinds(over).includes('hangup.requested'));
});

test('an agent who hangs up while talking to a number leaves the customer with it', () => {
  const { room, anna } = asking(OUTSIDE);
  room.legAnswered();
  const gone = room.agentEnded(anna);
  assert.ok(kinds(gone).includes('far_talk.started'));
  assert.deepEqual(only(gone, 'contact.handled').transferred, OUTSIDE);
});

test('when the customer hangs up, whoever was asked is let go', () => {
  const { room } = talkingToBen();
  const gone = room.customerEnds();
  assert.equal(only(gone, 'consult.ended').reason, 'customer_gone');
  assert.deepEqual(room.state.acd.items.size, 0);
  assert.deepEqual(room.state.acd.agents.get('ben')?.work, []);
});

test('whom nobody may ask is not asked', () => {
  const room = new Switchboard(centre());
  room.talk();
  for (const [target, code] of [
    [{ to: 'queue', queueId: '@carla' }, 'agent.logged_out'],
    [{ to: 'queue', queueId: 'nowhere' }, 'queue.unknown'],
    [{ to: 'number', number: '0900 123456' }, 'outgoing.not_allowed'],
    [{ to: 'number', number: 'hello' }, 'outgoing.number_invalid'],
  ] as const) {
    assert.throws(() => room.ask({ wish: 'consult', target }), { message: code });
  }
  assert.throws(() => room.ask({ wish: 'back' }), { message: 'call.no_consult' });
});

test('one question at a time, and nobody is joined or handed over before an answer', () => {
  const { room } = asking();
  assert.throws(() => room.ask({ wish: 'consult', target: SUPPORT }), { message: 'call.consulting' });
  assert.throws(() => room.ask({ wish: 'hold' }), { message: 'call.consulting' });
  assert.throws(() => room.ask({ wish: 'join' }), { message: 'call.not_answered' });
  assert.throws(() => room.ask({ wish: 'complete' }), { message: 'call.not_answered' });
});

test('the colleague’s program is told of the customer who was handed over', () => {
  const { room } = talkingToBen();
  const news: string[] = [];
  const hall = new HallOfRooms(room);
  createConversations(hall).follow('ben', (one) =>
    news.push('contact' in one ? `${one.type} ${one.contact.contactId}` : one.type),
  );
  assert.ok(createCallControl(hall).ask('c1', { wish: 'complete' }, 'api').ok);
  assert.ok(news.includes('contact c1'), `${news}`);
});
