import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_NEEDS } from '../../src/model/needs.ts';
import { Dispatcher, decided, only } from './dispatcher.ts';
import { PLAIN_QUEUE, site } from './site.ts';

// The policy: first come first served, to the agent who has been idle longest, with skills as a plain set.

test('a contact is offered at once to the agent who has been idle longest', () => {
  const acd = new Dispatcher(site({ anna: {}, ben: {} }));
  acd.ready('anna', 'ben');
  assert.equal(only(acd.queue('c1'), 'offer.made').agentId, 'anna');
  assert.equal(only(acd.queue('c2'), 'offer.made').agentId, 'ben');
  assert.deepEqual(decided(acd.queue('c3')), []);
});

test('the agent who ended a talk last is served last', () => {
  const acd = new Dispatcher(site({ anna: {}, ben: {} }));
  acd.ready('anna', 'ben');
  const offer = only(acd.queue('c1'), 'offer.made');
  acd.answer(offer.offerId);
  acd.pass(60_000);
  acd.agentHangsUp(offer.offerId);
  assert.equal(only(acd.queue('c2'), 'offer.made').agentId, 'ben');
});

test('waiting contacts are served in the order of their coming', () => {
  const acd = new Dispatcher(site({ anna: {} }));
  for (const contact of ['c1', 'c2', 'c3']) {
    acd.queue(contact);
    acd.pass(1000);
  }
  const served = [only(acd.ready('anna'), 'offer.made')];
  while (served.length < 3) {
    acd.answer(served.at(-1)!.offerId);
    served.push(only(acd.agentHangsUp(served.at(-1)!.offerId), 'offer.made'));
  }
  assert.deepEqual(
    served.map((offer) => offer.contactId),
    ['c1', 'c2', 'c3'],
  );
});

test('a higher priority is served first, and the order within a priority is kept', () => {
  const acd = new Dispatcher(site({ anna: {} }));
  acd.queue('first');
  acd.pass(1);
  acd.queue('urgent', { priority: 5 });
  acd.pass(1);
  acd.queue('urgent too', { priority: 5 });
  assert.deepEqual(acd.line('sales'), ['urgent', 'urgent too', 'first']);
});

test('an earlier virtual start goes before, whenever it was queued', () => {
  const acd = new Dispatcher(site({ anna: {} }));
  acd.queue('live');
  acd.pass(5000);
  acd.queue('returned', { virtualStartMs: acd.nowMs - 60_000 });
  assert.equal(only(acd.ready('anna'), 'offer.made').contactId, 'returned');
});

test('only an agent with all the skills takes a contact, and one that nobody can take holds up no other', () => {
  const acd = new Dispatcher(site({ anna: { skills: ['english'] }, ben: { skills: ['english', 'german'] } }));
  acd.queue('japanese', { skills: ['japanese'] });
  acd.pass(1);
  acd.queue('german', { skills: ['german'] });
  acd.pass(1);
  acd.queue('english', { skills: ['english'] });
  assert.equal(only(acd.ready('anna'), 'offer.made').contactId, 'english');
  assert.equal(only(acd.ready('ben'), 'offer.made').contactId, 'german');
});

test('the skills of the queue count besides those of the contact', () => {
  const agents = { anna: { skills: ['vip'] }, ben: { skills: ['vip', 'german'] } };
  const acd = new Dispatcher(site(agents, { sales: { needs: { ...NO_NEEDS, required: { vip: 1 } } } }));
  acd.ready('anna', 'ben');
  assert.equal(only(acd.queue('c1', { skills: ['german'] }), 'offer.made').agentId, 'ben');
});

test('an agent of several queues takes the contact that has waited longest over all of them', () => {
  const acd = new Dispatcher(site({ anna: { queues: ['support', 'sales'] } }, { sales: {}, support: {} }));
  acd.queue('older', { queueId: 'sales' });
  acd.pass(10);
  acd.queue('newer', { queueId: 'support' });
  assert.equal(only(acd.ready('anna'), 'offer.made').contactId, 'older');
});

test('an agent of another queue is not offered the contact', () => {
  const acd = new Dispatcher(site({ anna: { queues: ['support'] } }, { sales: {}, support: {} }));
  acd.ready('anna');
  assert.deepEqual(decided(acd.queue('c1', { queueId: 'sales' })), []);
});

test('an answer connects, and the contact leaves the queue with the time that it waited', () => {
  const acd = new Dispatcher(site({ anna: {} }));
  acd.queue('c1');
  acd.pass(7000);
  const offer = only(acd.ready('anna'), 'offer.made');
  acd.pass(2000);
  const then = acd.answer(offer.offerId);
  assert.deepEqual(decided(then), ['contact.connected', 'contact.dequeued']);
  const left = only(then, 'contact.dequeued');
  assert.equal(left.reason, 'answered');
  assert.equal(left.waitedMs, acd.nowMs - left.queuedAtMs);
});

test('wrap-up begins in the same moment as the talk ends, and the next contact waits for its end', () => {
  const acd = new Dispatcher(
    site({ anna: {} }, { sales: { wrapUp: { ...PLAIN_QUEUE.wrapUp, mode: 'timed', ms: 5000 } } }),
  );
  acd.ready('anna');
  const offer = only(acd.queue('c1'), 'offer.made');
  acd.queue('c2');
  acd.answer(offer.offerId);
  acd.pass(30_000);
  const ended = acd.hangUp('c1');
  assert.deepEqual(decided(ended), ['contact.handled', 'agent.wrap_up_started']);
  assert.equal(only(ended, 'contact.handled').talkMs, 30_000);
  assert.deepEqual(decided(acd.pass(4999)), []);
  assert.equal(only(acd.pass(1), 'offer.made').contactId, 'c2');
});

test('an agent who says ready ends the wrap-up', () => {
  const acd = new Dispatcher(
    site({ anna: {} }, { sales: { wrapUp: { ...PLAIN_QUEUE.wrapUp, mode: 'timed', ms: 60_000 } } }),
  );
  acd.ready('anna');
  const offer = only(acd.queue('c1'), 'offer.made');
  acd.answer(offer.offerId);
  acd.hangUp('c1');
  acd.queue('c2');
  const then = acd.take({ kind: 'agent.readied', atMs: acd.nowMs, agentId: 'anna', by: 'api' });
  assert.equal(only(then, 'offer.made').contactId, 'c2');
});
