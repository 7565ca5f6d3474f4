import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EndCause } from '../../src/model/event.ts';
import { Centre, HOUR_MS, MONDAY_8, NUMBER, ofKind, orderOf, siteWith } from './centre.ts';

const MINUTE_MS = 60_000;

test('a talk is the end of an order', () => {
  const centre = new Centre();
  centre.ask(orderOf('k'));
  const after = centre.talk(60_000);
  assert.deepEqual(
    ofKind(after, 'order.attempted').map(({ result, againAtMs }) => [result, againAtMs]),
    [['talked', undefined]],
  );
  assert.deepEqual(
    ofKind(after, 'order.closed').map(({ reason }) => reason),
    ['done'],
  );
});

for (const [cause, result] of [
  ['busy', 'busy'],
  ['no_answer', 'no_answer'],
  ['rejected', 'declined'],
  ['unavailable', 'unavailable'],
  ['failed', 'failed'],
  ['lost', 'failed'],
] as const satisfies readonly (readonly [EndCause, string])[]) {
  test(`a customer's phone that ends with ${cause} makes the attempt ${result}, and it is tried again after the gap`, () => {
    const centre = new Centre();
    centre.ask(orderOf('k'));
    const [attempted] = ofKind(centre.tryInVain(cause), 'order.attempted');
    assert.deepEqual([attempted?.result, attempted?.againAtMs], [result, MONDAY_8 + 15 * MINUTE_MS]);
    assert.deepEqual(ofKind(centre.pass(15 * MINUTE_MS - 1), 'contact.placed'), []);
    const [again] = ofKind(centre.pass(1), 'contact.queued');
    assert.deepEqual([again?.contactId, again?.virtualStartMs], ['k.a2', MONDAY_8], 'in its old place');
  });
}

test('an answering machine, an agent who passes a number over, and one who gives up while it rings are told apart', () => {
  const machine = new Centre();
  machine.ask(orderOf('k', { detectMachine: true }));
  const contactId = machine.agentAnswers();
  const legId = machine.dial(contactId);
  machine.take({ kind: 'leg.answered', atMs: machine.nowMs, contactId, legId, verdict: 'machine' });
  machine.take({ kind: 'leg.ended', atMs: machine.nowMs, contactId, legId, cause: 'hung_up' });
  assert.equal(ofKind(machine.end(contactId, 'hung_up'), 'order.attempted')[0]?.result, 'machine');

  const preview = new Centre();
  preview.ask(orderOf('k', { mode: 'preview' }));
  const shown = preview.agentAnswers();
  const offerId = [...preview.acd.offers.keys()][0]!;
  const skipped = preview.take({
    kind: 'leg.pressed',
    atMs: preview.nowMs,
    contactId: shown,
    legId: offerId,
    digit: '2',
  });
  assert.equal(ofKind(skipped, 'order.attempted')[0]?.result, 'skipped');
  assert.equal(preview.acd.items.size, 0);

  const impatient = new Centre();
  impatient.ask(orderOf('k'));
  const rung = impatient.agentAnswers();
  const ringing = impatient.dial(rung);
  const offer = [...impatient.acd.offers.keys()][0]!;
  const given = impatient.take({ kind: 'offer.ended', atMs: impatient.nowMs, offerId: offer, cause: 'hung_up' });
  assert.equal(ofKind(given, 'hangup.requested')[0]?.contactId, rung, "the customer's phone stops ringing");
  impatient.take({ kind: 'leg.ended', atMs: impatient.nowMs, contactId: rung, legId: ringing, cause: 'hung_up' });
  assert.equal(ofKind(impatient.end(rung, 'hung_up'), 'order.attempted')[0]?.result, 'skipped');
});

test('a customer who answers and hears nobody was called in vain', () => {
  const centre = new Centre();
  centre.ask(orderOf('k', { mode: 'customer_first' }));
  const { contactId } = centre.ringing()[0]!;
  const legId = centre.dial(contactId);
  centre.take({ kind: 'contact.answered', atMs: centre.nowMs, contactId });
  centre.pass(5000);
  centre.take({ kind: 'leg.ended', atMs: centre.nowMs, contactId, legId, cause: 'hung_up' });
  assert.equal(ofKind(centre.end(contactId, 'hung_up'), 'order.attempted')[0]?.result, 'failed');
});

test('attempts are counted, and after the last one the order is closed', () => {
  const centre = new Centre();
  centre.ask(orderOf('k', { rules: { attemptsMax: 2, retryMs: MINUTE_MS, ringMs: 30_000 } }));
  centre.tryInVain('no_answer');
  centre.pass(MINUTE_MS);
  const after = centre.tryInVain('no_answer');
  assert.deepEqual(
    ofKind(after, 'order.closed').map(({ reason }) => reason),
    ['attempts_used'],
  );
  assert.deepEqual(
    centre.outbound.closed.get('k')?.attempts.map(({ attempt, result }) => [attempt, result]),
    [
      [1, 'no_answer'],
      [2, 'no_answer'],
    ],
  );
  assert.deepEqual(ofKind(centre.pass(24 * HOUR_MS), 'contact.placed'), []);
});

test('an agent who does not answer costs no attempt: the next one is asked, in the same place', () => {
  const centre = new Centre(siteWith({ anna: {}, ben: {} }), ['anna', 'ben']);
  centre.ask(orderOf('k'));
  const first = centre.ringing()[0]?.agentId;
  centre.pass(21_000);
  assert.deepEqual(ofKind(centre.journal, 'order.attempted'), []);
  assert.notEqual(centre.ringing()[0]?.agentId, first);
  assert.equal(centre.ringing()[0]?.contactId, 'k.a1');
});

test('a retry that would come after the end of an order is none', () => {
  const centre = new Centre();
  centre.ask(orderOf('k', { expiresAtMs: MONDAY_8 + 10 * MINUTE_MS }));
  assert.deepEqual(
    ofKind(centre.tryInVain('busy'), 'order.closed').map(({ reason }) => reason),
    ['expired'],
  );
});

test('an order that nobody has had time for expires, and leaves its queue', () => {
  const centre = new Centre(siteWith(), []);
  centre.ask(orderOf('k', { expiresAtMs: MONDAY_8 + HOUR_MS }));
  const after = centre.pass(HOUR_MS);
  assert.deepEqual(
    ofKind(after, 'order.closed').map(({ reason, atMs }) => [reason, atMs]),
    [['expired', MONDAY_8 + HOUR_MS]],
  );
  assert.deepEqual([centre.acd.items.size, centre.outbound.orders.size], [0, 0]);
});

test('calling hours: it waits for the opening, leaves the queue at the end of the day and comes back to its place', () => {
  const centre = new Centre(siteWith(), []);
  assert.deepEqual(
    ofKind(centre.ask(orderOf('k', { calendarId: 'office', expiresAtMs: MONDAY_8 + 72 * HOUR_MS })), 'contact.placed'),
    [],
  );
  const morning = ofKind(centre.pass(HOUR_MS), 'contact.queued');
  assert.deepEqual(
    morning.map(({ atMs }) => atMs),
    [MONDAY_8 + HOUR_MS],
  );
  const evening = centre.pass(8 * HOUR_MS);
  assert.deepEqual(
    ofKind(evening, 'order.attempted').map(({ result, atMs }) => [result, atMs]),
    [['withdrawn', MONDAY_8 + 9 * HOUR_MS]],
  );
  assert.equal(centre.acd.items.size, 0);
  const next = ofKind(centre.pass(16 * HOUR_MS), 'contact.queued');
  assert.deepEqual(
    next.map(({ contactId, atMs, virtualStartMs }) => [contactId, atMs, virtualStartMs]),
    [['k.a2', MONDAY_8 + 25 * HOUR_MS, MONDAY_8]],
  );
  assert.equal(centre.outbound.orders.get('k')?.attemptCount, 0, 'nobody was called');
});

test('a calendar that is closed by hand takes waiting orders back at once, and opened brings them again', () => {
  const centre = new Centre(siteWith(), []);
  centre.pass(2 * HOUR_MS);
  centre.ask(orderOf('k', { calendarId: 'office' }));
  const force = (forced: 'open' | 'closed' | null) =>
    centre.take({ kind: 'calendar.forced', atMs: centre.nowMs, calendarId: 'office', forced, by: 'api' });
  force('closed');
  centre.pass(0);
  assert.equal(centre.acd.items.size, 0);
  force(null);
  centre.pass(0);
  assert.deepEqual([...centre.acd.items.keys()], ['k.a2']);
});

test('an order that is moved leaves the queue and comes at its new time', () => {
  const centre = new Centre(siteWith(), []);
  centre.ask(orderOf('k'));
  centre.take({ kind: 'order.moved', atMs: centre.nowMs, orderId: 'k', dueAtMs: MONDAY_8 + HOUR_MS, by: 'api' });
  assert.equal(centre.acd.items.size, 0);
  assert.deepEqual(
    ofKind(centre.pass(HOUR_MS), 'contact.queued').map(({ atMs }) => atMs),
    [MONDAY_8 + HOUR_MS],
  );
});

test('whom nobody may call any more is not called again', () => {
  const centre = new Centre();
  centre.ask(orderOf('k', { dueAtMs: MONDAY_8 + HOUR_MS }));
  // As from a journal in which the number came to be forbidden while the order was not yet known.
  centre.outbound.doNotCall.set(NUMBER, { atMs: MONDAY_8, by: 'api', reason: '' });
  const after = centre.pass(HOUR_MS);
  assert.deepEqual(ofKind(after, 'contact.placed'), []);
  assert.deepEqual(
    ofKind(after, 'order.closed').map(({ reason }) => reason),
    ['not_allowed'],
  );
});

test('an order whose queue is gone is tried again after the gap, and not without end at once', () => {
  const centre = new Centre();
  const batch = centre.ask(orderOf('k', { queueId: 'gone' }));
  assert.deepEqual(
    ofKind(batch, 'order.attempted').map(({ result, againAtMs }) => [result, againAtMs]),
    [['withdrawn', MONDAY_8 + 15 * MINUTE_MS]],
  );
});

test('a restart forgets no order, no attempt and no deadline', () => {
  const centre = new Centre();
  centre.ask(orderOf('waits', { dueAtMs: MONDAY_8 + HOUR_MS }));
  centre.ask(orderOf('tried', { number: '+4930222' }));
  centre.tryInVain('busy');
  centre.ask(orderOf('now', { number: '+4930333' }));
  const before = JSON.stringify(centre.outbound.deadlines.next());
  centre.restart();
  assert.equal(JSON.stringify(centre.outbound.deadlines.next()), before);
  centre.talk(1000);
  assert.deepEqual([...centre.outbound.closed.keys()], ['now']);
  const placed = ofKind(centre.pass(HOUR_MS), 'contact.placed').map(({ contactId }) => contactId);
  assert.deepEqual(placed, ['tried.a2', 'waits.a1']);
});
