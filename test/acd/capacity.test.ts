import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Capacity } from '../../src/model/capacity.ts';
import type { Channel } from '../../src/model/channel.ts';
import { Dispatcher, only, rings } from './dispatcher.ts';
import { PLAIN_CAPACITY, PLAIN_QUEUE, site } from './site.ts';

// How much one agent has at once. PLAIN_CAPACITY is the built-in one: a call takes all, a chat a quarter, an e-mail 15 of 100.

function alone(capacity?: Capacity): Dispatcher {
  const more = capacity ? { capacities: { default: capacity } } : {};
  const acd = new Dispatcher(site({ anna: {} }, { sales: {} }, more));
  acd.ready('anna');
  return acd;
}

/** True when a contact of the channel is offered at once. */
function fits(acd: Dispatcher, channel: Channel, label?: string): boolean {
  return rings(acd.queue(`${channel}-${acd.nowMs++}`, { channel, ...(label ? { label } : {}) })).length > 0;
}

test('one call, or four chats, or six e-mails', () => {
  for (const [channel, count] of [
    ['voice', 1],
    ['callback', 1],
    ['video', 1],
    ['chat', 4],
    ['message', 4],
    ['email', 6],
    ['task', 6],
  ] as const) {
    const acd = alone();
    for (let at = 0; at < count; at++) assert.ok(fits(acd, channel), `${channel} ${at + 1}`);
    assert.ok(!fits(acd, channel), `${channel} ${count + 1}`);
  }
});

test('any mixture fits as long as the weights do', () => {
  const acd = alone();
  for (const channel of ['chat', 'chat', 'email', 'email', 'email'] as const) assert.ok(fits(acd, channel));
  // 95 of 100 are taken.
  assert.ok(!fits(acd, 'email'));
  assert.ok(!fits(acd, 'chat'));
  assert.ok(!fits(acd, 'voice'));
});

test('a call interrupts e-mails, messages and tasks, and no chat', () => {
  for (const [held, interrupted] of [
    ['email', true],
    ['message', true],
    ['task', true],
    ['chat', false],
  ] as const) {
    const acd = alone();
    acd.talk('held', { channel: held });
    assert.equal(fits(acd, 'voice'), interrupted, held);
  }
});

test('an interrupted e-mail does not let anything else in beside the call', () => {
  const acd = alone();
  acd.talk('m1', { channel: 'email' });
  const call = acd.talk('c1');
  assert.ok(!fits(acd, 'email'));
  assert.ok(!fits(acd, 'voice'));
  // The e-mail is back in hand alone: there is room for another one, and for a call that may interrupt both.
  assert.equal(rings(acd.agentHangsUp(call)).length, 2);
});

test('what interrupts is a matter of the configuration', () => {
  const voice = { max: 1, weight: 100, interrupts: ['chat'] };
  const acd = alone({ ...PLAIN_CAPACITY, rules: { ...PLAIN_CAPACITY.rules, voice } });
  acd.talk('t1', { channel: 'chat' });
  assert.ok(fits(acd, 'voice'));
});

test('a label has its own rule, and an unknown label goes by its channel', () => {
  const rules = { ...PLAIN_CAPACITY.rules, vip: { max: 1, weight: 50, interrupts: [] } };
  const acd = alone({ ...PLAIN_CAPACITY, rules });
  assert.ok(fits(acd, 'chat', 'vip'));
  assert.ok(!fits(acd, 'chat', 'vip'));
  assert.ok(fits(acd, 'chat', 'other'));
  assert.ok(fits(acd, 'chat'));
  assert.ok(!fits(acd, 'chat'));
});

test('a channel that the capacity does not name is not given to the agent', () => {
  const acd = alone({ id: 'default', load: 100, rules: { chat: { max: 9, weight: 1, interrupts: [] } } });
  assert.ok(fits(acd, 'chat'));
  assert.ok(!fits(acd, 'voice'));
  assert.ok(!fits(acd, 'email'));
});

test('the weight is taken until the wrap-up is over', () => {
  const wrapUp = { ...PLAIN_QUEUE.wrapUp, mode: 'timed', ms: 5000 } as const;
  const acd = new Dispatcher(site({ anna: {} }, { sales: { wrapUp } }));
  acd.ready('anna');
  const chats = ['t1', 't2', 't3', 't4'].map((chat) => acd.talk(chat, { channel: 'chat' }));
  acd.queue('t5', { channel: 'chat' });
  assert.deepEqual(rings(acd.agentHangsUp(chats[0]!)), []);
  assert.deepEqual(rings(acd.pass(4999)), []);
  assert.deepEqual(rings(acd.pass(1)), ['anna t5']);
});

test('a busy phone is no obstacle to text, and a phone that we keep busy ourselves is none to a second call', () => {
  const rules = { ...PLAIN_CAPACITY.rules, voice: { max: 2, weight: 50, interrupts: [] } };
  const acd = alone({ ...PLAIN_CAPACITY, rules });
  acd.phone('anna', 'busy');
  assert.ok(fits(acd, 'chat'));
  assert.ok(!fits(acd, 'voice'));
  acd.hangUp([...acd.state.items.keys()][0]!);
  acd.phone('anna', 'idle');
  assert.equal(acd.hand('anna').length, 1);
  acd.answer([...acd.state.offers.keys()][0]!);
  acd.phone('anna', 'busy');
  assert.ok(fits(acd, 'voice'));
});

test('a wrap-up of ours does not explain a busy phone: the agent is on a call of somebody else', () => {
  const rules = { ...PLAIN_CAPACITY.rules, voice: { max: 2, weight: 50, interrupts: [] } };
  const wrapUp = { ...PLAIN_QUEUE.wrapUp, mode: 'timed', ms: 60_000 } as const;
  const pattern = site({ anna: {} }, { sales: { wrapUp } }, { capacities: { default: { ...PLAIN_CAPACITY, rules } } });
  const acd = new Dispatcher(pattern);
  acd.ready('anna');
  acd.agentHangsUp(acd.talk('c1'));
  acd.phone('anna', 'busy');
  assert.deepEqual(rings(acd.queue('c2')), []);
  assert.deepEqual(rings(acd.phone('anna', 'idle')), ['anna c2']);
});

test('when a call that filled the agent ends, everything that fits now is offered in one go', () => {
  const acd = alone();
  const call = acd.talk('c1');
  for (const chat of ['t1', 't2', 't3', 't4', 't5']) acd.queue(chat, { channel: 'chat' });
  assert.deepEqual(rings(acd.agentHangsUp(call)), ['anna t1', 'anna t2', 'anna t3', 'anna t4']);
  assert.equal(only(acd.hangUp('t5'), 'contact.dequeued').reason, 'abandoned');
});
