import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OverflowCondition, OverflowTarget } from '../../src/model/queue.ts';
import { Dispatcher, decided, only, rings } from './dispatcher.ts';
import { site } from './site.ts';

// When an item leaves its queue for something else. The first rule that holds is taken; a rule holds when all its conditions do.

const OFFICE = { id: 'office', timeZone: 'UTC', weekly: [[], [], [], [], [], [], []], holidays: [], exceptions: [] };
const VOICEMAIL: OverflowTarget = { to: 'voicemail' };

function overflowing(...rules: [OverflowCondition, OverflowTarget][]): Dispatcher {
  const overflow = rules.map(([when, target]) => ({ when, target }));
  const queues = { sales: { overflow, calendar: 'office' }, support: {} };
  const agents = { anna: { queues: ['sales'] }, ben: { queues: ['support'] } };
  const acd = new Dispatcher(site(agents, queues, { calendars: { office: OFFICE } }));
  acd.take({ kind: 'calendar.forced', atMs: acd.nowMs, calendarId: 'office', forced: 'open', by: 'api' });
  return acd;
}

test('time waited: it leaves at that moment, with the number of the rule and where it goes', () => {
  const acd = overflowing([{ waitedMs: 60_000 }, { to: 'flow', flowId: 'menu' }]);
  acd.queue('c1');
  assert.deepEqual(decided(acd.pass(59_999)), []);
  const left = only(acd.pass(1), 'contact.dequeued');
  assert.deepEqual(
    [left.reason, left.waitedMs, left.overflow],
    ['overflow', 60_000, { rule: 0, target: { to: 'flow', flowId: 'menu' } }],
  );
  assert.equal(acd.state.items.size, 0);
});

test('to another queue it goes with the time that it has waited, its priority and what it needs', () => {
  const acd = overflowing([{ waitedMs: 60_000 }, { to: 'queue', queueId: 'support' }]);
  const virtualStartMs = acd.nowMs - 5000;
  acd.queue('c1', {
    virtualStartMs,
    priority: 2,
    attributes: { product: 'phone' },
    label: 'vip',
    customer: 'smith',
    skills: ['german'],
  });
  acd.pass(30_000);
  acd.queue('c2', { queueId: 'support', priority: 2 });
  acd.pass(30_000);
  const item = acd.state.items.get('c1')!;
  assert.deepEqual(
    [item.queueId, item.virtualStartMs, item.priority, item.label, item.customer, item.attributes],
    ['support', virtualStartMs, 2, 'vip', 'smith', { product: 'phone' }],
  );
  assert.deepEqual(item.needs.required, { german: 1 });
  assert.deepEqual(acd.line('support'), ['c1', 'c2']);
});

test('a longest wait of the flow goes on in the other queue', () => {
  const acd = overflowing([{ waitedMs: 60_000 }, { to: 'queue', queueId: 'support' }]);
  acd.queue('c1', { giveUpAtMs: acd.nowMs + 90_000 });
  acd.pass(60_000);
  assert.equal(only(acd.pass(30_000), 'contact.dequeued').reason, 'timeout');
});

test('a length counts when the item comes, and only when nobody is free for it', () => {
  const acd = overflowing([{ longerThan: 1 }, VOICEMAIL]);
  acd.ready('anna');
  acd.talk('c0');
  assert.deepEqual(decided(acd.queue('c1')), []);
  assert.deepEqual(decided(acd.queue('c2')), ['contact.dequeued']);
  assert.deepEqual(decided(acd.pass(60_000)), []);
  acd.hangUp('c0');
  assert.deepEqual(acd.hand('anna'), ['ringing c1']);
});

test('nobody staffed: at once for who comes, within a second for who waits; busy agents are staff', () => {
  const acd = overflowing([{ unstaffed: true }, VOICEMAIL]);
  assert.deepEqual(decided(acd.queue('c1')), ['contact.dequeued']);
  acd.ready('anna');
  acd.talk('c2');
  assert.deepEqual(decided(acd.queue('c3')), []);
  assert.deepEqual(decided(acd.pass(5000)), []);
  acd.pause('anna');
  assert.deepEqual(decided(acd.pass(1000)), ['contact.dequeued']);
});

test('closed: before anybody is asked, and for all who wait at closing time', () => {
  const acd = overflowing([{ closed: true }, VOICEMAIL]);
  acd.queue('c1');
  acd.queue('c2');
  assert.deepEqual(decided(acd.pass(5000)), []);
  acd.take({ kind: 'calendar.forced', atMs: acd.nowMs, calendarId: 'office', forced: null, by: 'api' });
  assert.deepEqual(decided(acd.pass(1000)), ['contact.dequeued', 'contact.dequeued']);
  acd.ready('anna');
  assert.deepEqual(decided(acd.queue('c3')), ['contact.dequeued']);
});

test('a long estimated wait sends those on who come', () => {
  const acd = overflowing([{ estimatedWaitMs: 1 }, VOICEMAIL]);
  acd.ready('anna');
  assert.deepEqual(rings(acd.queue('c1')), ['anna c1']);
  assert.ok(decided(acd.queue('c2')).includes('contact.dequeued'));
});

test('all conditions of a rule must hold, for each item by itself, also in the middle of the line', () => {
  const acd = overflowing([{ waitedMs: 60_000, unstaffed: true }, VOICEMAIL]);
  acd.queue('middle', { priority: 2 });
  acd.pass(59_000);
  acd.queue('first', { priority: 9 });
  acd.queue('last', { priority: -9 });
  const then = acd.pass(2000);
  assert.equal(only(then, 'contact.dequeued').contactId, 'middle');
  assert.deepEqual(acd.line('sales'), ['first', 'last']);
});

test('of several rules the first that holds is taken', () => {
  const acd = overflowing(
    [{ closed: true }, VOICEMAIL],
    [{ waitedMs: 10_000 }, { to: 'callback' }],
    [{ waitedMs: 5000, unstaffed: true }, VOICEMAIL],
  );
  acd.queue('c1');
  const left = only(acd.pass(10_000), 'contact.dequeued');
  assert.equal(left.overflow?.rule, 2);
});

test('while a phone rings nothing overflows, and what is due then happens when nobody answers', () => {
  const acd = overflowing([{ waitedMs: 15_000 }, VOICEMAIL]);
  acd.ready('anna');
  acd.queue('c1');
  assert.deepEqual(decided(acd.pass(19_999)), []);
  assert.deepEqual(decided(acd.pass(1)), ['offer.expired', 'agent.paused', 'contact.dequeued']);
});

test('a rule that the configuration brings reaches those who wait', () => {
  const acd = new Dispatcher(site({ anna: {} }));
  acd.queue('c1');
  acd.pass(60_000);
  acd.load(site({ anna: {} }, { sales: { overflow: [{ when: { waitedMs: 30_000 }, target: VOICEMAIL }] } }));
  assert.deepEqual(decided(acd.pass(1)), ['contact.dequeued']);
});
