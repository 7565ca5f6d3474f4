import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply } from '../../src/acd/apply.ts';
import { emptyAcd } from '../../src/acd/state.ts';
import { NO_NEEDS } from '../../src/model/needs.ts';
import { Dispatcher, decided, only, rings } from './dispatcher.ts';
import { PLAIN_QUEUE, site } from './site.ts';

// Faults of other engines, each as a test by its name and source. What users of other engines ask for and do not get stands
// in known-problems.test.ts.

const WRAP_UP = { ...PLAIN_QUEUE.wrapUp, mode: 'timed', ms: 30_000 } as const;

test('trap 1 (asterisk #1691): an urgent contact at the head of one queue does not stop another queue', () => {
  const acd = new Dispatcher(site({ anna: { queues: ['support'] } }, { sales: {}, support: {} }));
  acd.queue('normal', { queueId: 'sales' });
  acd.pass(1000);
  acd.queue('urgent', { queueId: 'sales', priority: 100 });
  acd.queue('other', { queueId: 'support' });
  assert.deepEqual(rings(acd.ready('anna')), ['anna other']);
});

test('trap 2 (asterisk #1561): an agent who may not yet have the contacts of a queue is not kept from other queues for it', () => {
  const relaxation = [{ when: { waitedMs: 60_000 }, drop: ['german'], lower: {}, teams: null }];
  const heavy = { needs: { ...NO_NEEDS, required: { german: 5 } }, relaxation };
  const acd = new Dispatcher(site({ anna: {} }, { heavy, light: {} }));
  acd.queue('heavy', { queueId: 'heavy', priority: 50 });
  acd.queue('light', { queueId: 'light' });
  assert.deepEqual(rings(acd.ready('anna')), ['anna light']);
});

test('trap 3 (asterisk #607, #1006): the wrap-up of an agent of several queues is neither cut short nor begun again by other contacts', () => {
  const acd = new Dispatcher(site({ anna: {}, ben: {} }, { sales: { wrapUp: WRAP_UP }, support: {} }));
  acd.ready('anna');
  const offerId = acd.talk('c1', { queueId: 'sales' });
  acd.queue('c2', { queueId: 'support' });
  acd.agentHangsUp(offerId);
  const untilMs = acd.nowMs + 30_000;
  // The caller goes on to somebody else (a transfer): the same contact is queued again, talks and ends.
  acd.pass(10_000);
  acd.ready('ben');
  acd.queue('c1', { queueId: 'support' });
  acd.phone('anna', 'busy');
  acd.phone('anna', 'idle');
  acd.hangUp('c1');
  assert.equal(acd.state.agents.get('anna')!.work[0]!.untilMs, untilMs);
  assert.deepEqual(rings(acd.pass(untilMs - 1 - acd.nowMs)), []);
  assert.ok(acd.hand('anna').includes('wrap_up c1'));
  assert.ok(decided(acd.pass(1)).includes('agent.wrap_up_ended'));
});

test('trap 4 (asterisk #1736): a contact is counted once, although both sides tell its end', () => {
  const acd = new Dispatcher(site({ anna: {} }));
  acd.ready('anna');
  const offerId = acd.talk('c1');
  acd.pass(5000);
  acd.agentHangsUp(offerId);
  acd.hangUp('c1');
  acd.agentHangsUp(offerId);
  assert.deepEqual([acd.state.agents.get('anna')!.contacts, acd.state.agents.get('anna')!.talkMs], [1, 5000]);
});

test('trap 5 (freeswitch #2540): who rang for a contact that somebody else answered is free in the same moment', () => {
  const acd = new Dispatcher(site({ anna: {}, ben: {}, carl: {} }, { sales: { strategy: 'ring_all' } }));
  acd.ready('anna', 'ben', 'carl');
  const offers = acd.queue('c1').filter((event) => event.kind === 'offer.made');
  acd.queue('c2');
  const then = acd.answer(offers[1]!.offerId);
  assert.deepEqual(decided(then).slice(0, 3), ['offer.withdrawn', 'offer.withdrawn', 'contact.connected']);
  assert.deepEqual(rings(then), ['anna c2', 'carl c2']);
  assert.deepEqual(acd.hand('ben'), ['talking c1']);
});

test('trap 6 (Rocket.Chat PR 34192): a contact that comes back to its place is not offered again and again to who just refused it', () => {
  const acd = new Dispatcher(site({ anna: {} }));
  acd.ready('anna');
  acd.queue('c1');
  acd.pass(1000);
  acd.queue('c2');
  for (let minute = 0; minute < 60; minute++) {
    const offer = [...acd.state.offers.values()][0];
    if (offer) acd.fail(offer.id, 'rejected');
    acd.pass(1000);
  }
  const made = acd.decisions.filter((event) => event.kind === 'offer.made').length;
  assert.ok(made <= 13, `${made} offers in a minute with a rest of 5 s after each`);
  assert.deepEqual(acd.line('sales').length + acd.state.offers.size, 2);
});

test('trap 7 (Rocket.Chat PR 19352; Chatwoot #1198): of a burst of chats nobody gets more than there is room for', () => {
  const acd = new Dispatcher(site({ anna: {}, ben: {} }));
  acd.ready('anna', 'ben');
  for (let at = 0; at < 50; at++) acd.queue(`t${at}`, { channel: 'chat' });
  assert.deepEqual([acd.hand('anna').length, acd.hand('ben').length], [4, 4]);
  acd.load(site({ anna: {}, ben: {} }));
  acd.sayReady('anna');
  acd.phone('ben', 'idle');
  assert.deepEqual([acd.hand('anna').length, acd.hand('ben').length, acd.line('sales').length], [4, 4, 42]);
});

test('trap 8 (Amazon Connect): a step that falls due while a phone rings is made up for, and the next best agent is not lost', () => {
  const relaxation = [{ when: { waitedMs: 10_000 }, drop: [], lower: { german: 1 }, teams: null }];
  const queue = { needs: { ...NO_NEEDS, required: { german: 5 } }, relaxation, answerWithinMs: 20_000 };
  const acd = new Dispatcher(
    site({ anna: { skills: { german: 9 } }, ben: { skills: { german: 2 } } }, { sales: queue }),
  );
  acd.ready('anna', 'ben');
  assert.deepEqual(rings(acd.queue('c1')), ['anna c1']);
  assert.deepEqual(rings(acd.pass(19_999)), []);
  // In the moment in which Anna did not answer: the step is taken, and it is Ben who rings.
  assert.deepEqual(rings(acd.pass(1)), ['ben c1']);
  assert.equal(acd.state.items.get('c1')!.step, 1);
});

test('trap 9 (FS-10237): a caller who has waited long enough leaves while a phone rings, the phone stops, and the agent is free', () => {
  const acd = new Dispatcher(site({ anna: {} }));
  acd.ready('anna');
  const { offerId } = only(acd.queue('c1', { giveUpAtMs: acd.nowMs + 5000 }), 'offer.made');
  acd.queue('c2');
  const then = acd.pass(5000);
  assert.deepEqual(decided(then), ['contact.dequeued', 'offer.withdrawn', 'offer.made']);
  assert.deepEqual(rings(then), ['anna c2']);
  // The answer crosses the withdrawal on its way: it is passed over, and c2 still rings.
  assert.deepEqual(decided(acd.answer(offerId)), []);
  assert.deepEqual(acd.hand('anna'), ['ringing c2']);
});

test('trap 10 (OpenSIPS call_center): timers are moments of the wall clock, so a wrap-up goes on where it was after a restart', () => {
  const pattern = site({ anna: {} }, { sales: { wrapUp: WRAP_UP } });
  const acd = new Dispatcher(pattern);
  acd.ready('anna');
  const journal = [
    { kind: 'door.agreed', atMs: acd.nowMs, door: 'voice' },
    { kind: 'phone.changed', atMs: acd.nowMs, agentId: 'anna', phone: 'idle' },
    { kind: 'agent.logged_in', atMs: acd.nowMs, agentId: 'anna', by: 'api' },
  ] as const;
  const before = acd.decisions.length;
  const queued = { kind: 'contact.queued', contactId: 'c1', queueId: 'sales', priority: 0, skills: [] } as const;
  const atMs = acd.nowMs;
  acd.take({ ...queued, atMs, virtualStartMs: atMs });
  const { offerId } = only(acd.decisions.slice(before), 'offer.made');
  const answered = { kind: 'offer.answered', atMs, offerId } as const;
  acd.take(answered);
  acd.agentHangsUp(offerId);
  // Another process, a second later or a year later: it has nothing but the list of events.
  const replayed = emptyAcd(pattern);
  const happened = [...journal, { ...queued, atMs, virtualStartMs: atMs }, ...acd.decisions.slice(before)];
  for (const event of happened) apply(replayed, event);
  assert.equal(replayed.agents.get('anna')!.work[0]!.untilMs, atMs + 30_000);
  assert.equal(replayed.deadlines.next(), atMs + 30_000);
});

test('trap 11 (opensips #2530; ARI): an end that nobody told, seen when the line is back, leaves nobody busy', () => {
  const acd = new Dispatcher(site({ anna: {}, ben: {} }));
  acd.ready('anna', 'ben');
  const talking = acd.talk('c1');
  const ringing = only(acd.queue('c2'), 'offer.made').offerId;
  acd.take({ kind: 'door.lost', atMs: acd.nowMs, door: 'voice', reason: 'cut' });
  acd.queue('c3');
  acd.pass(600_000);
  // The comparison finds both legs gone and says so, as events.
  acd.take({ kind: 'offer.ended', atMs: acd.nowMs, offerId: talking, cause: 'lost' });
  acd.hangUp('c1', 'lost');
  acd.fail(ringing, 'lost');
  const then = acd.take({ kind: 'door.agreed', atMs: acd.nowMs, door: 'voice' });
  // Nobody was blamed for not answering, and whoever waits is served in the old order.
  assert.deepEqual(
    rings(then).map((ring) => ring.split(' ')[1]),
    ['c2', 'c3'],
  );
  assert.ok([...acd.state.agents.values()].every(({ pause }) => pause === null));
});

test('trap 12 (app_queue): a changed configuration reaches those who wait, and the order is kept over it', () => {
  const acd = new Dispatcher(site({ anna: {} }, { sales: { needs: { ...NO_NEEDS, required: { german: 5 } } } }));
  for (let at = 0; at < 100; at++) {
    acd.queue(`c${String(at).padStart(3, '0')}`, { priority: at % 3 });
    acd.pass(7000);
  }
  const before = acd.line('sales');
  const then = acd.load(site({ anna: {}, ben: {} }, { sales: { needs: NO_NEEDS } }));
  assert.deepEqual(decided(then), []);
  assert.deepEqual(acd.line('sales'), before);
  assert.deepEqual(rings(acd.ready('anna', 'ben')), [`anna ${before[0]}`, `ben ${before[1]}`]);
  // A step that the new configuration puts where the wait is already longer is taken at once.
  const waits = new Dispatcher(site({ anna: {} }, { sales: { needs: { ...NO_NEEDS, required: { german: 5 } } } }));
  waits.ready('anna');
  waits.queue('c1');
  waits.pass(60_000);
  const relaxation = [{ when: { waitedMs: 30_000 }, drop: ['german'], lower: {}, teams: null }];
  const relaxed = site({ anna: {} }, { sales: { needs: { ...NO_NEEDS, required: { german: 5 } }, relaxation } });
  assert.deepEqual(rings(waits.load(relaxed)), ['anna c1']);
});
