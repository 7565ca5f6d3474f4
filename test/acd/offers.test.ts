import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Dispatcher, decided, only } from './dispatcher.ts';
import { PLAIN_QUEUE, site } from './site.ts';

// The policy: an offer reserves both sides in one step; whatever becomes of it, the contact keeps its place, nobody is
// stuck, and what comes too late is passed over.

test('an offer that nobody answers is taken back, the agent is paused and the contact goes to the next agent', () => {
  const acd = new Dispatcher(site({ anna: {}, ben: {} }));
  acd.ready('anna', 'ben');
  const first = only(acd.queue('c1'), 'offer.made');
  acd.pass(19_999);
  const then = acd.pass(1);
  assert.deepEqual(decided(then), ['offer.expired', 'agent.paused', 'offer.made']);
  assert.equal(only(then, 'agent.paused').reason, 'no-answer');
  assert.equal(only(then, 'offer.made').agentId, 'ben');
  assert.notEqual(only(then, 'offer.made').offerId, first.offerId);
});

test('the contact whose agent did not answer keeps its place before those who came later', () => {
  const acd = new Dispatcher(site({ anna: {}, ben: {} }));
  acd.ready('anna');
  acd.queue('c1');
  acd.pass(10);
  acd.queue('c2');
  acd.pass(20_000);
  assert.deepEqual(acd.line('sales'), ['c1', 'c2']);
  assert.equal(only(acd.ready('ben'), 'offer.made').contactId, 'c1');
});

test('a queue may let an agent who did not answer rest instead of pausing', () => {
  const acd = new Dispatcher(
    site(
      { anna: {} },
      { sales: { notAnswered: { ...PLAIN_QUEUE.notAnswered, no_answer: { action: 'rest', restMs: 5000 } } } },
    ),
  );
  acd.ready('anna');
  acd.queue('c1');
  assert.deepEqual(decided(acd.pass(20_000)), ['offer.expired', 'agent.rest_started']);
  assert.equal(only(acd.pass(5000), 'offer.made').contactId, 'c1');
});

for (const cause of ['busy', 'rejected', 'failed', 'unavailable'] as const) {
  test(`a phone that is ${cause} rests, and is not rung again at once`, () => {
    const acd = new Dispatcher(site({ anna: {} }));
    acd.ready('anna');
    const offer = only(acd.queue('c1'), 'offer.made');
    const then = acd.fail(offer.offerId, cause);
    assert.deepEqual(decided(then), ['offer.withdrawn', 'agent.rest_started']);
    assert.deepEqual(decided(acd.pass(4999)), []);
    assert.equal(only(acd.pass(1), 'offer.made').contactId, 'c1');
  });
}

test('a phone that comes back ends the rest', () => {
  const acd = new Dispatcher(site({ anna: {} }));
  acd.ready('anna');
  acd.fail(only(acd.queue('c1'), 'offer.made').offerId, 'unavailable');
  acd.take({ kind: 'phone.changed', atMs: acd.nowMs, agentId: 'anna', phone: 'unreachable' });
  const then = acd.take({ kind: 'phone.changed', atMs: acd.nowMs, agentId: 'anna', phone: 'idle' });
  assert.equal(only(then, 'offer.made').contactId, 'c1');
});

test('a caller who hangs up while the phone rings is an abandon, and the agent takes the next', () => {
  const acd = new Dispatcher(site({ anna: {} }));
  acd.ready('anna');
  const offer = only(acd.queue('c1'), 'offer.made');
  acd.queue('c2');
  const then = acd.hangUp('c1');
  assert.deepEqual(decided(then), ['contact.dequeued', 'offer.withdrawn', 'offer.made']);
  assert.equal(only(then, 'contact.dequeued').reason, 'abandoned');
  assert.equal(only(then, 'offer.withdrawn').offerId, offer.offerId);
  assert.equal(only(then, 'offer.made').contactId, 'c2');
});

test('an answer that comes after the caller hung up is passed over', () => {
  const acd = new Dispatcher(site({ anna: {} }));
  acd.ready('anna');
  const offer = only(acd.queue('c1'), 'offer.made');
  acd.hangUp('c1');
  assert.deepEqual(decided(acd.answer(offer.offerId)), []);
  assert.deepEqual(acd.hand('anna'), []);
});

test('a caller who hangs up in the instant after the answer was answered, with no talk', () => {
  const acd = new Dispatcher(site({ anna: {} }));
  acd.ready('anna');
  const offer = only(acd.queue('c1'), 'offer.made');
  acd.answer(offer.offerId);
  const handled = only(acd.hangUp('c1'), 'contact.handled');
  assert.equal(handled.talkMs, 0);
  assert.equal(acd.state.items.size, 0);
  assert.equal(acd.state.offers.size, 0);
});

test('a second answer, a second end and an answer to an unknown offer change nothing', () => {
  const acd = new Dispatcher(site({ anna: {} }));
  acd.ready('anna');
  const offer = only(acd.queue('c1'), 'offer.made');
  acd.answer(offer.offerId);
  assert.deepEqual(decided(acd.answer(offer.offerId)), []);
  acd.agentHangsUp(offer.offerId);
  assert.deepEqual(decided(acd.agentHangsUp(offer.offerId)), []);
  assert.deepEqual(decided(acd.hangUp('c1')), []);
  assert.deepEqual(decided(acd.answer('never.o1-x')), []);
  assert.deepEqual(decided(acd.fail('never.o1-x', 'busy')), []);
});

for (const [what, gone] of [
  ['pauses', { kind: 'agent.paused', reason: 'lunch' }],
  ['logs out', { kind: 'agent.logged_out' }],
] as const) {
  test(`an agent who ${what} while the phone rings gives the contact back to its place`, () => {
    const acd = new Dispatcher(site({ anna: {}, ben: {} }));
    acd.ready('anna', 'ben');
    acd.queue('c1');
    const then = acd.take({ ...gone, atMs: acd.nowMs, agentId: 'anna', by: 'api' });
    assert.equal(only(then, 'offer.withdrawn').reason, 'agent_gone');
    assert.equal(only(then, 'offer.made').agentId, 'ben');
  });
}

test('a phone that unregisters while it rings gives the contact back; while it talks the talk goes on', () => {
  const acd = new Dispatcher(site({ anna: {} }));
  acd.ready('anna');
  acd.queue('c1');
  const gone = acd.take({ kind: 'phone.changed', atMs: acd.nowMs, agentId: 'anna', phone: 'unreachable' });
  assert.equal(only(gone, 'offer.withdrawn').reason, 'phone_unreachable');
  const back = acd.take({ kind: 'phone.changed', atMs: acd.nowMs, agentId: 'anna', phone: 'idle' });
  acd.answer(only(back, 'offer.made').offerId);
  assert.deepEqual(acd.take({ kind: 'phone.changed', atMs: acd.nowMs, agentId: 'anna', phone: 'unreachable' }), []);
  assert.equal(acd.state.items.get('c1')!.stage, 'talking');
});

test('an agent whose phone is busy with another call is offered nothing until it is idle', () => {
  const acd = new Dispatcher(site({ anna: {} }));
  acd.ready('anna');
  acd.take({ kind: 'phone.changed', atMs: acd.nowMs, agentId: 'anna', phone: 'busy' });
  assert.deepEqual(decided(acd.queue('c1')), []);
  const then = acd.take({ kind: 'phone.changed', atMs: acd.nowMs, agentId: 'anna', phone: 'idle' });
  assert.equal(only(then, 'offer.made').contactId, 'c1');
});

test('legs that could not be joined put the contact back into its place', () => {
  const acd = new Dispatcher(site({ anna: {}, ben: {} }));
  acd.ready('anna', 'ben');
  const offer = only(acd.queue('c1'), 'offer.made');
  acd.queue('c2', { virtualStartMs: acd.nowMs + 1 });
  acd.answer(offer.offerId);
  const { offerId } = offer;
  const then = acd.take({ kind: 'connection.failed', atMs: acd.nowMs, contactId: 'c1', offerId });
  assert.deepEqual(decided(then), ['contact.requeued', 'agent.rest_started']);
  assert.deepEqual(acd.line('sales'), ['c1']);
});

test('a contact that waited too long leaves the queue, and the phone that rang for it stops', () => {
  const acd = new Dispatcher(site({ anna: {} }));
  acd.ready('anna');
  acd.queue('c1', { giveUpAtMs: acd.nowMs + 5000 });
  const then = acd.pass(5000);
  assert.equal(only(then, 'contact.dequeued').reason, 'timeout');
  assert.equal(only(then, 'offer.withdrawn').reason, 'queue_timeout');
  assert.equal(acd.state.items.size, 0);
});

test('a talk is not cut by the longest wait of its queue', () => {
  const acd = new Dispatcher(site({ anna: {} }));
  acd.ready('anna');
  acd.answer(only(acd.queue('c1', { giveUpAtMs: acd.nowMs + 5000 }), 'offer.made').offerId);
  assert.deepEqual(decided(acd.pass(60_000)), []);
});

test('an agent who is removed from the site finishes the talk and is gone then', () => {
  const acd = new Dispatcher(site({ anna: {}, ben: {} }));
  acd.ready('anna');
  const offer = only(acd.queue('c1'), 'offer.made');
  acd.answer(offer.offerId);
  const flows = { version: 'v2', site: site({ ben: {} }), flows: {}, tables: {} };
  acd.take({ kind: 'flows.loaded', atMs: acd.nowMs, flows });
  assert.ok(acd.state.agents.has('anna'));
  acd.agentHangsUp(offer.offerId);
  assert.ok(!acd.state.agents.has('anna'));
});

test('while the door is lost nobody is rung and nobody is blamed; when it is open again all are matched', () => {
  const acd = new Dispatcher(site({ anna: {}, ben: {} }));
  acd.ready('anna', 'ben');
  const offer = only(acd.queue('c1'), 'offer.made');
  acd.take({ kind: 'door.lost', atMs: acd.nowMs, door: 'voice', reason: 'ari.disconnected' });
  assert.deepEqual(decided(acd.queue('c2')), []);
  assert.deepEqual(decided(acd.pass(60_000)), []);
  // Seen when the door is back: the leg to anna is gone. She may be rung again at once.
  const lost = acd.fail(offer.offerId, 'lost');
  assert.deepEqual(decided(lost), ['offer.withdrawn']);
  const then = acd.take({ kind: 'door.agreed', atMs: acd.nowMs, door: 'voice' });
  assert.deepEqual(decided(then), ['offer.made', 'offer.made']);
});

test('who waits in a queue that is removed goes on with the flow instead of waiting for nobody', () => {
  const acd = new Dispatcher(site({ anna: {} }, { sales: {}, support: {} }));
  acd.queue('c1', { queueId: 'support' });
  acd.queue('c2', { queueId: 'sales' });
  const flows = { version: 'v2', site: site({ anna: {} }), flows: {}, tables: {} };
  const then = acd.take({ kind: 'flows.loaded', atMs: acd.nowMs, flows });
  const left = only(then, 'contact.dequeued');
  assert.deepEqual([left.contactId, left.reason], ['c1', 'timeout']);
  assert.deepEqual(acd.line('sales'), ['c2']);
});
