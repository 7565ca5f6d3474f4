import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Centre, MONDAY_8, NUMBER, ofKind, orderOf, siteWith } from './centre.ts';

const refusals = (events: Parameters<typeof ofKind>[0]) => ofKind(events, 'order.refused').map(({ code }) => code);

test('an order that is due becomes a contact of our own and an item, with the place that the customer had', () => {
  const centre = new Centre();
  const batch = centre.ask(
    orderOf('k', { virtualStartMs: MONDAY_8 - 60_000, priority: 3, label: 'vip', attributes: { a: 1 } }),
  );
  const [placed] = ofKind(batch, 'contact.placed');
  assert.deepEqual(
    [placed?.contactId, placed?.orderId, placed?.attempt, placed?.channel, placed?.to, placed?.mode],
    ['k.a1', 'k', 1, 'callback', NUMBER, 'agent_first'],
  );
  const [queued] = ofKind(batch, 'contact.queued');
  assert.deepEqual(
    [queued?.contactId, queued?.queueId, queued?.channel, queued?.virtualStartMs, queued?.priority, queued?.label],
    ['k.a1', 'sales', 'callback', MONDAY_8 - 60_000, 3, 'vip'],
  );
  assert.deepEqual(queued?.attributes, { a: 1 });
  assert.equal(queued?.customer, NUMBER);
  assert.deepEqual(
    centre.ringing().map(({ contactId }) => contactId),
    ['k.a1'],
  );
});

test('a message is an item of its own channel, and needs no number', () => {
  const centre = new Centre();
  const batch = centre.ask(orderOf('v', { kind: 'voicemail', mode: 'hear', number: '', recordingId: 'r1' }));
  assert.equal(ofKind(batch, 'contact.queued')[0]?.channel, 'voicemail');
  assert.equal(ofKind(batch, 'contact.placed')[0]?.recordingId, 'r1');
  const contactId = centre.agentAnswers();
  const [ringing] = [...centre.acd.offers.values()];
  const after = centre.take({ kind: 'offer.ended', atMs: centre.nowMs, offerId: ringing!.id, cause: 'hung_up' });
  assert.equal(ofKind(after, 'contact.ended')[0]?.contactId, contactId);
  assert.equal(ofKind(after, 'order.attempted')[0]?.result, 'talked');
  assert.equal(ofKind(after, 'order.closed')[0]?.reason, 'done');
});

test('what is no number, what the site does not let be dialled and what nobody may call is refused', () => {
  const centre = new Centre();
  assert.deepEqual(refusals(centre.ask(orderOf('a', { number: 'anna' }))), ['invalid_number']);
  assert.deepEqual(refusals(centre.ask(orderOf('b', { number: '030123' }))), ['invalid_number'], 'not in dialled form');
  assert.deepEqual(refusals(centre.ask(orderOf('c', { number: '+15551234' }))), ['not_allowed']);
  assert.deepEqual(
    refusals(centre.ask(orderOf('d', { number: '+499001234' }))),
    ['not_allowed'],
    'a rule without trunks',
  );
  centre.take({ kind: 'do_not_call.added', atMs: centre.nowMs, number: NUMBER, by: 'api', reason: 'asked' });
  assert.deepEqual(refusals(centre.ask(orderOf('e'))), ['not_allowed']);
  centre.take({ kind: 'do_not_call.removed', atMs: centre.nowMs, number: NUMBER, by: 'api' });
  assert.deepEqual(refusals(centre.ask(orderOf('f'))), []);
});

test('the same order asked for twice is placed once', () => {
  const centre = new Centre(siteWith(), []);
  centre.ask(orderOf('k'));
  assert.deepEqual(
    centre.ask(orderOf('k')).map(({ kind }) => kind),
    ['order.asked'],
  );
  assert.equal(centre.outbound.orders.size, 1);
});

test('a second wish for the same number and queue is refused, replaces the first, or is kept beside it', () => {
  const centre = new Centre(siteWith(undefined, { sales: {}, support: {} }), []);
  centre.ask(orderOf('one'));
  assert.deepEqual(refusals(centre.ask(orderOf('two'))), ['duplicate']);
  assert.deepEqual(refusals(centre.ask(orderOf('other', { queueId: 'support' }))), [], 'another queue is another wish');
  const replaced = centre.ask(orderOf('three'), 'replace');
  assert.deepEqual(
    ofKind(replaced, 'order.closed').map(({ orderId, reason }) => [orderId, reason]),
    [['one', 'replaced']],
  );
  assert.deepEqual(
    ofKind(replaced, 'contact.ended').map(({ contactId }) => contactId),
    ['one.a1'],
  );
  assert.deepEqual(refusals(centre.ask(orderOf('four'), 'keep_both')), []);
  assert.deepEqual([...centre.outbound.orders.keys()].sort(), ['four', 'other', 'three']);
  assert.deepEqual([...centre.acd.items.keys()].sort(), ['four.a1', 'other.a1', 'three.a1']);
});

test('a number has so many open orders and no more, however it is asked', () => {
  const centre = new Centre(siteWith(), []);
  const codes = ['1', '2', '3', '4', '5', '6'].flatMap((id) => refusals(centre.ask(orderOf(id), 'keep_both')));
  assert.deepEqual(codes, ['full']);
});

test('a number that nobody may call any more takes its open orders along, but not a talk', () => {
  const centre = new Centre(siteWith({ anna: {} }), ['anna']);
  centre.ask(orderOf('talking'));
  const contactId = centre.agentAnswers();
  centre.dial(contactId);
  centre.take({ kind: 'contact.answered', atMs: centre.nowMs, contactId });
  centre.ask(orderOf('waiting'), 'keep_both');
  centre.ask(orderOf('later', { dueAtMs: centre.nowMs + 60_000 }), 'keep_both');
  const after = centre.take({ kind: 'do_not_call.added', atMs: centre.nowMs, number: NUMBER, by: 'api', reason: '' });
  assert.deepEqual(
    ofKind(after, 'contact.ended').map((one) => one.contactId),
    ['waiting.a1'],
  );
  assert.equal(centre.outbound.orders.size, 0);
  assert.equal(centre.acd.items.get(contactId)?.stage, 'talking');
  centre.end(contactId, 'hung_up');
  assert.equal(centre.outbound.byContact.size, 0);
});

test('an order that is cancelled while it waits leaves the queue, and nothing of it is left', () => {
  const centre = new Centre(siteWith(), []);
  centre.ask(orderOf('k'));
  const after = centre.take({ kind: 'order.closed', atMs: centre.nowMs, orderId: 'k', reason: 'cancelled', by: 'api' });
  assert.equal(ofKind(after, 'contact.dequeued')[0]?.reason, 'exit');
  assert.equal(ofKind(after, 'contact.ended').length, 1);
  assert.deepEqual(ofKind(after, 'order.attempted'), []);
  assert.deepEqual([centre.acd.items.size, centre.outbound.byContact.size, centre.outbound.byNumber.size], [0, 0, 0]);
  assert.equal(centre.outbound.closed.get('k')?.reason, 'cancelled');
});

test('an order that is cancelled while the agent has it already goes on to its end, and is not tried again', () => {
  const centre = new Centre();
  centre.ask(orderOf('k'));
  const contactId = centre.agentAnswers();
  const legId = centre.dial(contactId);
  centre.take({ kind: 'order.closed', atMs: centre.nowMs, orderId: 'k', reason: 'cancelled', by: 'api' });
  assert.equal(centre.acd.items.get(contactId)?.stage, 'talking');
  centre.restart();
  centre.take({ kind: 'leg.ended', atMs: centre.nowMs, contactId, legId, cause: 'busy' });
  const after = centre.end(contactId, 'busy');
  assert.deepEqual(ofKind(after, 'order.attempted'), []);
  assert.equal(centre.outbound.byContact.size, 0);
});
