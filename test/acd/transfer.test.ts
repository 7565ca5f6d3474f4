import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventOf, TransferTarget } from '../../src/model/event.ts';
import { Dispatcher, only } from './dispatcher.ts';
import { PLAIN_QUEUE, site } from './site.ts';

// An agent hands a contact on, or closes it: the agent's part is over at once, and the contact keeps what it is.

const WRAP_UP = { ...PLAIN_QUEUE.wrapUp, mode: 'timed', ms: 10_000 } as const;

/** Anna talks with c1; ben serves support alone. */
function talking(options: Partial<EventOf<'contact.queued'>> = {}): Dispatcher {
  const agents = { anna: { queues: ['sales'] }, ben: { queues: ['support'] } };
  const acd = new Dispatcher(site(agents, { sales: { wrapUp: WRAP_UP }, support: {} }));
  acd.ready('anna');
  acd.queue('c1', options);
  acd.answer(offerOf(acd, 'c1'));
  acd.nowMs += 60_000;
  return acd;
}

function offerOf(acd: Dispatcher, contactId: string): string {
  return acd.state.items.get(contactId)!.offers[0]!;
}

function transfer(acd: Dispatcher, target: TransferTarget, offerId = offerOf(acd, 'c1')) {
  const about = { contactId: 'c1', offerId, agentId: 'anna', target };
  return acd.take({ kind: 'contact.transferred', atMs: acd.nowMs, ...about });
}

test('to a queue: the talk is handled, the agent wraps up, and the contact waits there', () => {
  const acd = talking({ priority: 3, label: 'gold', attributes: { order: '4711' }, customer: '+1555' });
  const then = transfer(acd, { to: 'queue', queueId: 'support' });
  const handled = only(then, 'contact.handled');
  assert.deepEqual([handled.endedBy, handled.talkMs], ['agent', 60_000]);
  assert.deepEqual(handled.transferred, { to: 'queue', queueId: 'support' });
  assert.deepEqual(acd.hand('anna'), ['wrap_up c1']);
  const item = acd.state.items.get('c1')!;
  assert.equal(item.stage, 'waiting');
  const { queueId, priority, label, attributes, customer } = item;
  assert.deepEqual(
    { queueId, priority, label, attributes, customer },
    { queueId: 'support', priority: 3, label: 'gold', attributes: { order: '4711' }, customer: '+1555' },
  );
  acd.ready('ben');
  assert.deepEqual(acd.hand('ben'), ['ringing c1']);
});

test('in another queue it begins anew: what it asked of agents, and since when it waits, count no more', () => {
  const acd = talking({ skills: [], virtualStartMs: 5 });
  transfer(acd, { to: 'queue', queueId: 'support' });
  const item = acd.state.items.get('c1')!;
  assert.deepEqual([item.virtualStartMs, Object.keys(item.needs.required)], [acd.nowMs, []]);
});

test('in the same queue it goes back to where it stood', () => {
  const acd = talking({ virtualStartMs: 5 });
  acd.queue('c2');
  transfer(acd, { to: 'queue', queueId: 'sales' });
  assert.equal(acd.state.items.get('c1')?.virtualStartMs, 5);
  const free = acd.pass(10_000);
  assert.equal(only(free, 'offer.made').contactId, 'c1');
});

test('it waits as long at most as its flow allowed the first time', () => {
  const acd = talking({ giveUpAtMs: 1_000_000 + 90_000 });
  const { queuedAtMs, giveUpAtMs } = acd.state.items.get('c1')!;
  transfer(acd, { to: 'queue', queueId: 'support' });
  assert.equal(acd.state.items.get('c1')?.giveUpAtMs, acd.nowMs + giveUpAtMs! - queuedAtMs);
});

test('to a flow: the contact is in no queue any more', () => {
  const acd = talking();
  const then = transfer(acd, { to: 'flow', flowId: 'survey' });
  assert.deepEqual(only(then, 'contact.handled').transferred, { to: 'flow', flowId: 'survey' });
  assert.equal(acd.state.items.has('c1'), false);
  assert.ok(!then.some(({ kind }) => kind === 'contact.queued'));
});

test('who closes is done as one who hangs up, and nothing is handed on', () => {
  const acd = talking();
  const about = { contactId: 'c1', offerId: offerOf(acd, 'c1'), agentId: 'anna' };
  const then = acd.take({ kind: 'contact.closed', atMs: acd.nowMs, ...about });
  const handled = only(then, 'contact.handled');
  assert.deepEqual([handled.endedBy, handled.transferred], ['agent', undefined]);
  assert.deepEqual(acd.hand('anna'), ['wrap_up c1']);
  assert.equal(acd.state.items.has('c1'), false);
});

test('what comes too late, or is about another talk, changes nothing', () => {
  const acd = talking();
  const offerId = offerOf(acd, 'c1');
  assert.deepEqual(transfer(acd, { to: 'queue', queueId: 'support' }, 'c9.o1-x'), []);
  const close = { kind: 'contact.closed', atMs: acd.nowMs, contactId: 'c2', offerId, agentId: 'anna' } as const;
  assert.deepEqual(acd.take(close), []);
  acd.hangUp('c1');
  assert.deepEqual(transfer(acd, { to: 'queue', queueId: 'support' }, offerId), []);
  acd.queue('c3');
  assert.deepEqual(transfer(acd, { to: 'queue', queueId: 'support' }, offerId), []);
});

test('a transfer to a queue that is gone by then leaves it as after the longest wait', () => {
  const acd = talking();
  const then = transfer(acd, { to: 'queue', queueId: 'nothing' });
  assert.equal(only(then, 'contact.dequeued').reason, 'timeout');
});
