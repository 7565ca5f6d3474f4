import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Dispatcher, decided, rings } from './dispatcher.ts';
import { site } from './site.ts';

// An item that is kept for somebody: named agents, the last agent, the queue of one agent alone.

const LAST = { sales: { lastAgent: { keepMs: 86_400_000, holdMs: 30_000 } }, support: {} };

function talked(): Dispatcher {
  const acd = new Dispatcher(site({ anna: {}, ben: {} }, LAST));
  acd.ready('anna', 'ben');
  acd.agentHangsUp(acd.talk('c1', { customer: 'smith' }));
  acd.pass(1000);
  return acd;
}

test('the last agent is asked although somebody else has been idle for longer', () => {
  assert.deepEqual(rings(talked().queue('c2', { customer: 'smith' })), ['anna c2']);
  assert.deepEqual(rings(talked().queue('c2', { customer: 'jones' })), ['ben c2']);
});

test('while the last agent is busy the item is held for so long and no longer, and keeps its place', () => {
  const acd = talked();
  acd.talk('other', { preferred: { agentIds: ['anna'], untilMs: acd.nowMs + 1000 } });
  assert.deepEqual(rings(acd.queue('c2', { customer: 'smith' })), []);
  assert.deepEqual(rings(acd.pass(29_999)), []);
  assert.deepEqual(rings(acd.pass(1)), ['ben c2']);
});

test('a last agent who is not in service, or is no longer of the site, holds nobody up', () => {
  const paused = talked();
  paused.pause('anna');
  assert.deepEqual(rings(paused.queue('c2', { customer: 'smith' })), ['ben c2']);
  const gone = talked();
  gone.load(site({ ben: {} }, LAST));
  assert.deepEqual(rings(gone.queue('c2', { customer: 'smith' })), ['ben c2']);
});

test('the last agent is remembered for each queue, and forgotten in time', () => {
  const acd = talked();
  assert.deepEqual(rings(acd.queue('c2', { customer: 'smith', queueId: 'support' })), ['ben c2']);
  acd.hangUp('c2');
  acd.pass(86_400_000);
  assert.deepEqual(rings(acd.queue('c3', { customer: 'smith' })), ['ben c3']);
});

test('named agents are asked in the order in which they are named, and nobody else until the hold is over', () => {
  const acd = new Dispatcher(site({ anna: {}, ben: {}, carl: {} }));
  acd.ready('anna', 'ben', 'carl');
  const preferred = { agentIds: ['carl', 'ben'], untilMs: acd.nowMs + 10_000 };
  assert.deepEqual(rings(acd.queue('c1', { preferred })), ['carl c1']);
  assert.deepEqual(rings(acd.queue('c2', { preferred })), ['ben c2']);
  assert.deepEqual(rings(acd.queue('c3', { preferred })), []);
  assert.deepEqual(rings(acd.queue('c4')), ['anna c4']);
  acd.hangUp('c4');
  const then = acd.pass(10_000);
  assert.deepEqual(decided(then), ['contact.hold_ended', 'offer.made']);
  assert.deepEqual(rings(then), ['anna c3']);
});

test('a hold for nobody in service, or for nobody at all, is none', () => {
  const acd = new Dispatcher(site({ anna: {}, ben: {} }));
  acd.ready('anna');
  const untilMs = acd.nowMs + 60_000;
  assert.deepEqual(rings(acd.queue('c1', { preferred: { agentIds: ['ben', 'nobody'], untilMs } })), ['anna c1']);
  acd.hangUp('c1');
  assert.deepEqual(rings(acd.queue('c2', { preferred: { agentIds: [], untilMs } })), ['anna c2']);
});

test('a named agent still needs what the item asks for', () => {
  const acd = new Dispatcher(site({ anna: {}, ben: { skills: ['german'] } }));
  acd.ready('anna', 'ben');
  const preferred = { agentIds: ['anna'], untilMs: acd.nowMs + 10_000 };
  assert.deepEqual(rings([...acd.queue('c1', { preferred, skills: ['german'] }), ...acd.pass(10_000)]), ['ben c1']);
});

test('the queue of an agent is of that agent alone, in one order with all the agent’s queues', () => {
  const acd = new Dispatcher(site({ anna: {}, ben: {} }));
  acd.ready('ben');
  acd.queue('c1');
  acd.hangUp('c1');
  assert.deepEqual(rings(acd.queue('direct', { queueId: '@anna' })), []);
  const ben = acd.talk('c2');
  acd.pass(10);
  acd.queue('later');
  assert.deepEqual(rings(acd.ready('anna')), ['anna direct']);
  assert.deepEqual(rings(acd.agentHangsUp(ben)), ['ben later']);
});

test('who waits in the queue of an agent who is taken off the site, or in one that never was, leaves it', () => {
  const acd = new Dispatcher(site({ anna: {}, ben: {} }));
  acd.queue('c1', { queueId: '@anna' });
  assert.deepEqual(decided(acd.load(site({ ben: {} }))), ['contact.dequeued']);
  assert.deepEqual(decided(acd.queue('c2', { queueId: '@anna' })), ['contact.dequeued']);
  assert.deepEqual(decided(acd.queue('c3', { queueId: 'nowhere' })), ['contact.dequeued']);
  assert.equal(acd.state.items.size, 0);
});
