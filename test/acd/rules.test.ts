import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_NEEDS } from '../../src/model/needs.ts';
import type { Queue, RoutingRule } from '../../src/model/queue.ts';
import { Dispatcher, rings } from './dispatcher.ts';
import { site } from './site.ts';

// Rules by what the item is, teams, and escalation.

const RULE: RoutingRule = { when: {}, needs: NO_NEEDS, priority: 0, teams: null };

function ruled(rules: Partial<RoutingRule>[], more: Partial<Queue> = {}): Dispatcher {
  const agents = { anna: { team: 'first' }, ben: { team: 'second', skills: { german: 5 } }, carl: {} };
  const acd = new Dispatcher(site(agents, { sales: { rules: rules.map((rule) => ({ ...RULE, ...rule })), ...more } }));
  acd.ready('anna', 'ben', 'carl');
  return acd;
}

test('a rule fits by channel, label and attributes, all that it names', () => {
  const when = { channels: ['chat'], labels: ['vip'], attributes: { product: ['phone', 7, true] } } as const;
  const about = { channel: 'chat', label: 'vip', attributes: { product: 'phone' } } as const;
  const second = { when, teams: ['second'] };
  assert.deepEqual(rings(ruled([second]).queue('t1', about)), ['ben t1']);
  for (const other of [
    { ...about, channel: 'email' as const },
    { ...about, label: 'other' },
    { ...about, attributes: { product: 'book' } },
    { ...about, attributes: {} },
  ]) {
    assert.deepEqual(rings(ruled([second]).queue('t1', other)), ['anna t1']);
  }
});

test('all rules that fit apply, in order: needs and priority add up, the last word on teams holds', () => {
  const acd = ruled([
    { when: { channels: ['voice'] }, priority: 1, teams: ['first'] },
    { when: { labels: ['vip'] }, priority: 3, teams: ['second'], needs: { ...NO_NEEDS, required: { german: 5 } } },
  ]);
  for (const agent of ['anna', 'ben', 'carl']) acd.pause(agent);
  acd.queue('normal');
  acd.pass(2 * 60_000);
  acd.queue('vip', { label: 'vip' });
  // Three points more are three minutes.
  assert.deepEqual(acd.line('sales'), ['vip', 'normal']);
  assert.deepEqual(rings(acd.sayReady('anna')), ['anna normal']);
  assert.deepEqual(rings(acd.sayReady('ben')), ['ben vip']);
});

test('a rule fits by an expression about the item, together with what else it names', () => {
  const when = { channels: ['chat'], expression: "item.priority > 0 && item.attributes.tier == 'gold'" } as const;
  const second = { when, teams: ['second'] };
  const about = { channel: 'chat', priority: 1, attributes: { tier: 'gold' } } as const;
  assert.deepEqual(rings(ruled([second]).queue('t1', about)), ['ben t1']);
  for (const other of [
    { ...about, priority: 0 },
    { ...about, attributes: { tier: 'silver' } },
    { ...about, attributes: {} },
    { ...about, channel: 'email' as const },
  ]) {
    assert.deepEqual(rings(ruled([second]).queue('t1', other)), ['anna t1']);
  }
});

test('everything that an expression may name is there', () => {
  const expression = [
    "item.channel == 'chat'",
    "item.label == 'vip'",
    "item.queue == 'sales'",
    'item.priority == 2',
    "item.customer == 'ada'",
    'item.attributes.age >= 18',
  ].join(' && ');
  const acd = ruled([{ when: { expression }, teams: ['second'] }]);
  const about = { channel: 'chat', label: 'vip', priority: 2, customer: 'ada', attributes: { age: 20 } } as const;
  assert.deepEqual(rings(acd.queue('t1', about)), ['ben t1']);
});

test('an expression that cannot be worked out does not hold', () => {
  const acd = ruled([{ when: { expression: 'item.attributes.age > 18' }, teams: ['second'] }]);
  assert.deepEqual(rings(acd.queue('t1', { attributes: { age: '20' } })), ['anna t1'], 'text beside a number');
});

test('items that an expression tells apart never stand in for each other', () => {
  const acd = ruled([{ when: { expression: 'item.priority > 5' }, teams: ['second'] }]);
  for (const agent of ['anna', 'ben', 'carl']) acd.pause(agent);
  acd.queue('high', { priority: 6 });
  acd.queue('low', { priority: 5 });
  assert.deepEqual(rings(acd.sayReady('anna')), ['anna low'], 'the first in line is for others');
  assert.deepEqual(rings(acd.sayReady('ben')), ['ben high']);
});

test('an expression may raise the priority', () => {
  const acd = ruled([{ when: { expression: "item.customer.startsWith('vip-')" }, priority: 3 }]);
  for (const agent of ['anna', 'ben', 'carl']) acd.pause(agent);
  acd.queue('normal', { customer: 'ada' });
  acd.pass(2 * 60_000);
  acd.queue('special', { customer: 'vip-ben' });
  assert.deepEqual(acd.line('sales'), ['special', 'normal']);
});

test('a queue of some teams is not for agents of others, nor for those of none', () => {
  const acd = ruled([], { teams: ['second'] });
  assert.deepEqual(rings(acd.queue('c1')), ['ben c1']);
  assert.deepEqual(rings(acd.queue('c2')), []);
});

test('who came so often without an end goes to the other team, however the talks ended, until the contact is finished', () => {
  const acd = ruled([], { teams: ['first'], escalation: { after: 2, from: ['first'], to: ['second'] } });
  acd.agentHangsUp(acd.talk('c1'));
  assert.deepEqual(rings(acd.queue('c1')), ['anna c1']);
  acd.answer([...acd.state.offers.keys()][0]!);
  acd.agentHangsUp([...acd.state.offers.keys()][0]!);
  assert.deepEqual(rings(acd.queue('c1')), ['ben c1']);
  acd.hangUp('c1');
  acd.take({ kind: 'contact.finished', atMs: acd.nowMs, contactId: 'c1' });
  assert.deepEqual(rings(acd.queue('c1')), ['anna c1']);
});

test('only contacts with agents of the teams named count, and only those that were talked to', () => {
  const acd = ruled([], { escalation: { after: 1, from: ['first'], to: ['second'] } });
  acd.pause('anna');
  acd.agentHangsUp(acd.talk('c1'));
  acd.sayReady('anna');
  acd.pause('ben');
  acd.pause('carl');
  assert.deepEqual(rings(acd.queue('c1')), ['anna c1']);
  acd.fail([...acd.state.offers.keys()][0]!, 'busy');
  assert.deepEqual(rings(acd.sayReady('anna')), ['anna c1']);
  acd.answer([...acd.state.offers.keys()][0]!);
  acd.hangUp('c1');
  assert.deepEqual(rings(acd.queue('c1')), []);
  assert.deepEqual(rings(acd.sayReady('ben')), ['ben c1']);
});
