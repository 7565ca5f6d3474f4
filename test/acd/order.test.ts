import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NO_NEEDS } from '../../src/model/needs.ts';
import type { Queue } from '../../src/model/queue.ts';
import { Dispatcher, rings } from './dispatcher.ts';
import { site } from './site.ts';

// Which item an agent gets. The order of any mixture is also compared with a plain reckoning in invariants.test.ts.

/** Serves everybody who waits, one after the other in no time; who was served, in order. */
function served(acd: Dispatcher): string[] {
  const contacts: string[] = [];
  acd.ready('anna');
  while (acd.state.offers.size > 0) {
    const offer = [...acd.state.offers.values()][0]!;
    contacts.push(offer.contactId);
    acd.answer(offer.id);
    acd.agentHangsUp(offer.id);
  }
  return contacts;
}

function waiting(sales: Partial<Queue>, support: Partial<Queue> = {}): Dispatcher {
  return new Dispatcher(site({ anna: {} }, { sales, support }));
}

test('fifo passes over every priority, lifo serves the newest, in all lines of the queue together', () => {
  for (const [order, expected] of [
    ['fifo', ['c1', 'c2', 'c3', 'c4']],
    ['lifo', ['c4', 'c3', 'c2', 'c1']],
  ] as const) {
    const acd = new Dispatcher(site({ anna: { skills: ['german'] } }, { sales: { order } }));
    acd.queue('c1');
    acd.pass(1000);
    acd.queue('c2', { priority: 50, skills: ['german'] });
    acd.pass(1000);
    acd.queue('c3', { channel: 'callback' });
    acd.pass(1000);
    acd.queue('c4', { skills: ['german'], priority: -3 });
    assert.deepEqual(served(acd), expected);
  }
});

test('a lifo queue is compared with other queues by the wait of its newest', () => {
  const acd = waiting({ order: 'lifo' });
  acd.queue('old');
  acd.pass(60_000);
  acd.queue('support', { queueId: 'support' });
  acd.pass(1000);
  acd.queue('newest');
  assert.deepEqual(served(acd), ['support', 'newest', 'old']);
});

test('a point of priority is worth the ageing, to the millisecond', () => {
  const acd = waiting({ ageingMs: 10_000 });
  acd.queue('low');
  acd.pass(9999);
  acd.queue('in time', { priority: 1 });
  acd.pass(2);
  acd.queue('too late', { priority: 1 });
  assert.deepEqual(served(acd), ['in time', 'low', 'too late']);
});

test('without ageing no wait makes up for a point', () => {
  const acd = waiting({ ageingMs: null });
  acd.queue('low', { virtualStartMs: acd.nowMs - 86_400_000 });
  acd.queue('high', { priority: 1 });
  assert.deepEqual(served(acd), ['high', 'low']);
});

test('waits are compared by the objective: 15 of 20 seconds come before two of four hours', () => {
  const acd = waiting({ order: 'objective', objectiveMs: 20_000 }, { order: 'objective', objectiveMs: 14_400_000 });
  acd.queue('mail', { queueId: 'support', virtualStartMs: acd.nowMs - 7_200_000 });
  acd.queue('call', { virtualStartMs: acd.nowMs - 15_000 });
  acd.queue('young call', { virtualStartMs: acd.nowMs - 5000 });
  assert.deepEqual(served(acd), ['call', 'mail', 'young call']);
});

test('a contact with a deadline is ordered as if it had come one objective before it', () => {
  const acd = waiting({ objectiveMs: 60_000 });
  acd.queue('first');
  acd.pass(10_000);
  acd.queue('due soon', { deadlineMs: acd.nowMs + 30_000 });
  acd.queue('due later', { deadlineMs: acd.nowMs + 3_600_000 });
  assert.deepEqual(served(acd), ['due soon', 'first', 'due later']);
});

test('equal contacts are served by id, the same on every machine', () => {
  const acd = waiting({});
  for (const contact of ['b', 'c', 'a']) acd.queue(contact);
  assert.deepEqual(served(acd), ['a', 'b', 'c']);
});

test('a rule adds to the priority of what it fits, also of those who wait when it is written', () => {
  const rule = { when: { labels: ['vip'] }, needs: NO_NEEDS, priority: 5, teams: null };
  const acd = waiting({ rules: [rule] });
  acd.queue('normal');
  acd.pass(60_000);
  acd.queue('vip', { label: 'vip' });
  assert.deepEqual(acd.line('sales'), ['vip', 'normal']);
  acd.load(site({ anna: {} }, { sales: {}, support: {} }));
  assert.deepEqual(acd.line('sales'), ['normal', 'vip']);
  acd.load(site({ anna: {} }, { sales: { rules: [rule] }, support: {} }));
  assert.deepEqual(served(acd), ['vip', 'normal']);
});

test('of whatever waits, in whatever order it came, the most urgent by plain reckoning is served first', () => {
  const contact = fc.record({
    priority: fc.integer({ min: -3, max: 3 }),
    earlierMs: fc.nat({ max: 300_000 }),
    support: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(contact, { maxLength: 40 }), fc.constantFrom(1000, 60_000), (contacts, ageingMs) => {
      const acd = waiting({ ageingMs }, { ageingMs });
      const urgent = contacts.map(({ priority, earlierMs, support }, at) => {
        const [contactId, virtualStartMs] = [`c${String(at).padStart(2, '0')}`, acd.nowMs - earlierMs];
        acd.queue(contactId, { priority, virtualStartMs, queueId: support ? 'support' : 'sales' });
        return { contactId, startMs: virtualStartMs - priority * ageingMs };
      });
      urgent.sort((a, b) => a.startMs - b.startMs || (a.contactId < b.contactId ? -1 : 1));
      assert.deepEqual(
        served(acd),
        urgent.map(({ contactId }) => contactId),
      );
    }),
  );
});

test('an agent who has no room for the first gets the next that fits', () => {
  const acd = waiting({});
  acd.ready('anna');
  acd.talk('t1', { channel: 'chat' });
  acd.queue('call', { priority: 9 });
  assert.deepEqual(rings(acd.queue('t2', { channel: 'chat' })), ['anna t2']);
});
