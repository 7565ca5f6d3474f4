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

/** Anna talks with c1 and asks Ben, who answers. */
function asking(): { acd: Dispatcher; anna: string; ben: string } {
  const agents = { anna: { queues: ['sales'] }, ben: { queues: ['support'] } };
  const acd = new Dispatcher(site(agents, { sales: { wrapUp: WRAP_UP }, support: { wrapUp: WRAP_UP } }));
  acd.ready('anna', 'ben');
  acd.queue('c1');
  const anna = offerOf(acd, 'c1');
  acd.answer(anna);
  acd.nowMs += 60_000;
  acd.queue('c1.c1-a', { queueId: '@ben', consult: true });
  const ben = offerOf(acd, 'c1.c1-a');
  acd.answer(ben);
  acd.nowMs += 5000;
  return { acd, anna, ben };
}

function handOver(acd: Dispatcher, fromOfferId: string, offerId: string, agentId: string, consultId?: string) {
  const about = { contactId: 'c1', fromOfferId, offerId, agentId, queueId: 'sales', ...(consultId && { consultId }) };
  return acd.take({ kind: 'talk.handed_over', atMs: acd.nowMs, ...about });
}

test('a talk that is handed over is in the new agent’s hand at once, and the old one wraps up', () => {
  const { acd, anna, ben } = asking();
  const handled = only(handOver(acd, anna, ben, 'ben', 'c1.c1-a'), 'contact.handled');
  assert.deepEqual(
    [handled.agentId, handled.talkMs, handled.transferred],
    ['anna', 65_000, { to: 'agent', agentId: 'ben' }],
  );
  assert.deepEqual([acd.hand('anna'), acd.hand('ben')], [['wrap_up c1'], ['talking c1']]);
  assert.deepEqual([...acd.state.items.keys()], ['c1']);
  acd.nowMs += 20_000;
  const end = only(acd.agentHangsUp(ben), 'contact.handled');
  assert.deepEqual([end.agentId, end.talkMs, end.queueId], ['ben', 20_000, 'sales']);
  assert.deepEqual(acd.hand('ben'), ['wrap_up c1']);
  assert.equal(acd.state.items.size, 0);
});

test('the old agent’s leg that ends in the same moment ends nothing', () => {
  const { acd, anna, ben } = asking();
  handOver(acd, anna, ben, 'ben', 'c1.c1-a');
  assert.deepEqual(acd.agentHangsUp(anna), []);
  assert.deepEqual(acd.hand('ben'), ['talking c1']);
});

test('a supervisor who was offered nothing has the talk by the leg that watched', () => {
  const { acd, anna } = asking();
  acd.take({ kind: 'consult.ended', atMs: acd.nowMs, contactId: 'c1', consultId: 'c1.c1-a', reason: 'returned' });
  handOver(acd, anna, 'c1.l0-x', 'ben');
  assert.deepEqual(acd.hand('ben'), ['talking c1']);
  assert.equal(only(acd.hangUp('c1'), 'contact.handled').agentId, 'ben');
});

test('a question that is over frees the colleague without a wrap-up, and teaches the queue nothing', () => {
  const { acd } = asking();
  acd.take({ kind: 'consult.ended', atMs: acd.nowMs, contactId: 'c1', consultId: 'c1.c1-a', reason: 'returned' });
  assert.deepEqual(acd.hand('ben'), []);
  assert.equal(acd.state.agents.get('ben')?.contacts, 0);
  assert.equal(acd.state.queues.get('@ben')?.waits.handled ?? 0, 0);
  assert.equal(acd.state.attempts.size, 0);
});

test('how long an agent is rung is the contact’s to say, and the dialling of the customer comes before it', () => {
  const acd = new Dispatcher(site({ anna: {} }, { sales: { answerWithinMs: 20_000 } }));
  acd.ready('anna');
  assert.equal(only(acd.queue('c1', { answerWithinMs: 5000 }), 'offer.made').deadlineMs, acd.nowMs + 5000);
  acd.hangUp('c1');
  const about = { orderId: 'o', attempt: 1, channel: 'callback', to: '1', from: '', mode: 'customer_first' } as const;
  const more = { language: 'en', ringMs: 30_000, detectMachine: false } as const;
  acd.take({ kind: 'contact.placed', atMs: acd.nowMs, contactId: 'p1', ...about, ...more });
  const made = only(acd.queue('p1', { channel: 'callback', dialFirstMs: 30_000 }), 'offer.made');
  assert.equal(made.deadlineMs, acd.nowMs + 50_000);
  const left = acd.pass(50_000);
  assert.equal(only(left, 'offer.withdrawn').reason, 'queue_timeout');
  assert.equal(acd.state.agents.get('anna')?.pause, null);
});
