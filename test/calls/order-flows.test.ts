import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromSnapshot, toSnapshot } from '../../src/controller/snapshot.ts';
import type { Order } from '../../src/model/call/order.ts';
import type { Event } from '../../src/model/event.ts';
import { orderOf } from '../outbound/centre.ts';
import { centre, kinds, only, Switchboard } from './switchboard.ts';

// Orders with flows of their own, all rooms together: one before the agent, and one that speaks to an answering machine.

const CONTACT = 'o1.a1';
const BEFORE_AGENT = `
steps:
  hello: { type: menu, prompt: Press 1 to talk., options: { "1": talk }, on: { no_input: end, no_match: end } }
  talk: { type: queue, queue: sales, next: end }
  end: { type: hangup }
`;
const MESSAGE = `
steps:
  say: { type: play, prompt: We called you., next: end }
  end: { type: hangup }
`;

/** Anna is free and somebody asks for this order, ten seconds after its wait began. */
function asked(flow: string, about: Partial<Order>): { room: Switchboard; first: Event[] } {
  const room = new Switchboard(centre(), flow);
  room.readyAgent('anna');
  const atMs = room.nowMs;
  const times = { virtualStartMs: atMs - 10_000, dueAtMs: atMs, expiresAtMs: atMs + 3_600_000 };
  const order = orderOf('o1', { ...times, ...about });
  return { room, first: room.take({ kind: 'order.asked', atMs, order, by: 'api', duplicates: 'refuse' }) };
}

const beforeAgent = () => asked(BEFORE_AGENT, { mode: 'customer_first', flowId: 'main' });
const withMessage = (mode: Order['mode']) => asked(MESSAGE, { mode, detectMachine: true, onMachine: 'main' });

function answeredBy(room: Switchboard, verdict: 'human' | 'machine' | 'fax'): Event[] {
  const { legId } = room.last('leg.asked');
  return room.take({ kind: 'leg.answered', atMs: room.nowMs, contactId: CONTACT, legId, verdict });
}

function promptEnds(room: Switchboard): Event[] {
  const { promptId } = room.last('prompt.started');
  return room.take({ kind: 'prompt.finished', atMs: room.nowMs, contactId: CONTACT, promptId, result: 'done' });
}

function legEnds(room: Switchboard): Event[] {
  return room.legEnded('hung_up', room.last('leg.asked').legId, CONTACT);
}

function greetingEnds(room: Switchboard): Event[] {
  return room.take({ kind: 'machine.detected', atMs: room.nowMs, contactId: CONTACT, verdict: 'machine' });
}

function resultOf(room: Switchboard): (string | undefined)[] {
  return [room.last('order.attempted').result, room.state.outbound.closed.get('o1')?.reason];
}

test('a flow before the agent: the agent is free while it runs, and gets the customer from its queue step', () => {
  const { room, first } = beforeAgent();
  assert.deepEqual(room.tasks(first), ['dial far']);
  const answered = room.legAnswered(undefined, CONTACT);
  assert.equal(only(answered, 'flow.started').flowId, 'main');
  assert.equal(only(answered, 'contact.dequeued').reason, 'exit');
  assert.deepEqual(room.state.acd.agents.get('anna')?.work, []);
  assert.ok(!room.tasks(answered).includes('ring anna'));
  room.nowMs += 5_000;
  const queued = room.press(CONTACT, '1');
  assert.equal(only(queued, 'contact.queued').virtualStartMs, room.last('order.placed').order.virtualStartMs);
  assert.ok(room.tasks(queued).includes('ring anna'));
  assert.ok(room.tasks(room.answer('anna')).includes('connect anna'));
  const over = room.agentEnded(room.last('contact.connected').offerId);
  assert.equal(only(over, 'hangup.requested').cause, 'normal');
  legEnds(room);
  assert.deepEqual(resultOf(room), ['talked', 'done']);
});

test('a flow whose customer waited long in the queue before has all its time from the answer on', () => {
  const { room } = beforeAgent();
  room.legEnded('busy', undefined, CONTACT);
  const started = room.pass(15 * 60_000);
  const { atMs } = only(started, 'contact.placed');
  room.nowMs = atMs + 20_000;
  const { contactId } = room.last('contact.placed');
  room.legAnswered(undefined, contactId);
  assert.equal(room.state.flow.sessions.get(contactId)?.startedAtMs, room.nowMs);
});

test('a customer who needs no agent is not called again', () => {
  const { room } = beforeAgent();
  room.legAnswered(undefined, CONTACT);
  legEnds(room);
  assert.deepEqual(resultOf(room), ['answered', 'done']);
});

test('a customer who hangs up while waiting for the agent is called again', () => {
  const { room } = beforeAgent();
  room.legAnswered(undefined, CONTACT);
  room.press(CONTACT, '1');
  legEnds(room);
  assert.deepEqual(resultOf(room), ['failed', undefined]);
});

test('a flow that cannot begin lets the customer go, who is called again', () => {
  const { room } = asked(BEFORE_AGENT, { mode: 'customer_first', flowId: 'gone' });
  const answered = room.legAnswered(undefined, CONTACT);
  assert.equal(only(answered, 'flow.failed').code, 'flow.missing');
  legEnds(room);
  assert.deepEqual(resultOf(room), ['failed', undefined]);
});

test('with the agent first no flow comes between', () => {
  const { room } = asked(BEFORE_AGENT, { mode: 'agent_first', flowId: 'main' });
  room.answer('anna');
  const answered = room.legAnswered(undefined, CONTACT);
  assert.ok(!kinds(answered).includes('flow.started'));
  assert.ok(room.tasks(answered).includes('connect anna'));
});

for (const mode of ['agent_first', 'customer_first'] as const) {
  test(`${mode}: a machine has the message after its greeting, the agent is free before, and the order is done`, () => {
    const { room } = withMessage(mode);
    if (mode === 'agent_first') room.answer('anna');
    const told = answeredBy(room, 'machine');
    const { greetingOnly, listenMs } = only(told, 'detection.asked');
    assert.deepEqual([greetingOnly, listenMs], [true, 30_000]);
    assert.ok(!kinds(told).includes('flow.started') && !kinds(told).includes('hangup.requested'));
    assert.ok(!room.state.acd.items.has(CONTACT));
    assert.ok(!room.tasks(told).some((task) => task.startsWith('connect') || task === 'start_music'));
    room.nowMs += 3_000;
    assert.equal(only(greetingEnds(room), 'flow.started').flowId, 'main');
    assert.equal(only(promptEnds(room), 'hangup.requested').cause, 'normal');
    legEnds(room);
    assert.deepEqual(resultOf(room), ['machine_message', 'done']);
    assert.equal(room.calls.calls.size, 0);
  });
}

test('a person is not given the message for a machine', () => {
  const { room } = withMessage('agent_first');
  room.answer('anna');
  const answered = answeredBy(room, 'human');
  assert.ok(!kinds(answered).includes('detection.asked'));
  assert.ok(room.tasks(answered).includes('connect anna'));
});

test('a fax machine is let go and counts as a machine', () => {
  const { room } = withMessage('agent_first');
  room.answer('anna');
  assert.equal(only(answeredBy(room, 'fax'), 'contact.ended').endedBy, 'system');
  assert.deepEqual(resultOf(room), ['machine', undefined]);
});

test('a machine that hangs up before the end of the message is called again', () => {
  const { room } = withMessage('agent_first');
  room.answer('anna');
  answeredBy(room, 'machine');
  greetingEnds(room);
  legEnds(room);
  assert.deepEqual(resultOf(room), ['machine', undefined]);
});

test('a greeting without an end is spoken over', () => {
  const { room } = withMessage('customer_first');
  answeredBy(room, 'machine');
  assert.ok(!kinds(room.pass(31_000)).includes('flow.started'));
  assert.ok(kinds(room.pass(1_500)).includes('flow.started'));
  assert.ok(!kinds(greetingEnds(room)).includes('flow.started'), 'told too late, it begins nothing anew');
});

test('the message is left over a restart in the middle of the greeting, told of or not', () => {
  for (const isTold of [true, false]) {
    const { room } = withMessage('customer_first');
    answeredBy(room, 'machine');
    const saved = JSON.parse(JSON.stringify(toSnapshot(room.state, room.nowMs)));
    const again = new Switchboard(centre(), MESSAGE);
    Object.assign(again, { state: fromSnapshot(saved), journal: room.journal });
    assert.ok(
      !kinds(again.take({ kind: 'flow.resumed', atMs: again.nowMs, contactId: CONTACT })).includes('flow.started'),
    );
    const went = isTold ? greetingEnds(again) : again.pass(32_000);
    assert.ok(kinds(went).includes('flow.started'));
    promptEnds(again);
    legEnds(again);
    assert.deepEqual(resultOf(again), ['machine_message', 'done']);
  }
});
