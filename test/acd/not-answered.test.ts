import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NotAnswered, NotAnsweredCause, Queue } from '../../src/model/queue.ts';
import { Dispatcher, decided, only, rings } from './dispatcher.ts';
import { PLAIN_QUEUE, site } from './site.ts';

// What becomes of an agent whose phone was rung for nothing (RONA), by the cause.

const CAUSES: readonly NotAnsweredCause[] = ['no_answer', 'busy', 'rejected', 'unavailable', 'failed'];

function ringing(cause: NotAnsweredCause, rule: NotAnswered, more: Partial<Queue> = {}): [Dispatcher, string] {
  const notAnswered = { ...PLAIN_QUEUE.notAnswered, [cause]: rule };
  const acd = new Dispatcher(site({ anna: {}, ben: {} }, { sales: { notAnswered, ...more } }));
  acd.ready('anna');
  return [acd, only(acd.queue('c1'), 'offer.made').offerId];
}

for (const cause of CAUSES) {
  test(`${cause}: pause, log out or rest, as the queue says, and the contact goes on to the next agent`, () => {
    const [pauses, first] = ringing(cause, { action: 'pause' });
    assert.deepEqual(decided(pauses.fail(first, cause)), ['offer.withdrawn', 'agent.paused']);
    assert.deepEqual(rings(pauses.ready('ben')), ['ben c1']);

    const [leaves, second] = ringing(cause, { action: 'log_out' });
    assert.deepEqual(decided(leaves.fail(second, cause)), ['offer.withdrawn', 'agent.logged_out']);
    assert.equal(leaves.state.agents.get('anna')!.loggedIn, false);

    const [rests, third] = ringing(cause, { action: 'rest', restMs: 7000 });
    assert.deepEqual(decided(rests.fail(third, cause)), ['offer.withdrawn', 'agent.rest_started']);
    assert.deepEqual(rings(rests.pass(6999)), []);
    assert.deepEqual(rings(rests.pass(1)), ['anna c1']);
  });
}

test('only the misses allowed in a row are forgiven, and an answer begins the count again', () => {
  const [acd] = ringing('no_answer', { action: 'pause' }, { missesAllowed: 2, restMs: 3000 });
  for (let miss = 0; miss < 2; miss++) {
    assert.ok(decided(acd.pass(20_000)).includes('agent.rest_started'));
    assert.deepEqual(rings(acd.pass(3000)), ['anna c1']);
  }
  acd.answer([...acd.state.offers.keys()][0]!);
  acd.hangUp('c1');
  acd.queue('c2');
  for (let miss = 0; miss < 2; miss++) {
    assert.ok(decided(acd.pass(20_000)).includes('agent.rest_started'));
    acd.pass(3000);
  }
  assert.ok(decided(acd.pass(20_000)).includes('agent.paused'));
});

test('a leg that was lost with the line is nobody’s fault', () => {
  const [acd, offerId] = ringing('failed', { action: 'log_out' });
  assert.deepEqual(decided(acd.fail(offerId, 'lost')), ['offer.withdrawn', 'offer.made']);
});

test('what the queue says counts, not what the agent’s other queues say', () => {
  const gentle = { ...PLAIN_QUEUE.notAnswered, no_answer: { action: 'rest', restMs: 1000 } } as const;
  const acd = new Dispatcher(site({ anna: {} }, { strict: {}, gentle: { notAnswered: gentle } }));
  acd.ready('anna');
  acd.queue('c1', { queueId: 'gentle' });
  assert.ok(decided(acd.pass(20_000)).includes('agent.rest_started'));
  acd.hangUp('c1');
  acd.queue('c2', { queueId: 'strict' });
  acd.pass(1000);
  assert.ok(decided(acd.pass(20_000)).includes('agent.paused'));
});

test('an agent who rests is rung for nothing at all, and a phone that comes back ends the rest', () => {
  const [acd, offerId] = ringing('busy', { action: 'rest', restMs: 60_000 });
  acd.fail(offerId, 'busy');
  assert.deepEqual(rings(acd.queue('t1', { channel: 'chat' })), []);
  acd.phone('anna', 'unreachable');
  assert.deepEqual(rings(acd.phone('anna', 'idle')), ['anna c1']);
});
