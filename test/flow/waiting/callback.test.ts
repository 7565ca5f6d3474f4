import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Order, OrderRefusal } from '../../../src/model/call/order.ts';
import type { Event } from '../../../src/model/event.ts';
import { errorOf, flow, ofKind, problemsOf } from '../one-flow.ts';
import { choices, outcomes, queued, type Receptionist, SITE, said } from '../receptionist.ts';

const CALLBACK_SITE = `${SITE}
languages: [en, de]
calendars:
  office: { hours: { mon-fri: 09:00-17:00 } }
trunks:
  out: { host: sip.example.com }
outgoing:
  country: "+49"
  caller_id: "+4930555"
  rules:
    - { prefix: "+49", trunks: [out] }
    - { prefix: "+49900" }
`;

/** A caller in a flow whose first step asks for a callback by these parameters. */
function asking(step: string): Receptionist {
  const caller = flow(
    `
  back: { type: callback, queue: sales, ${step}, save: { why: "\${{ result.reason }}" }, on: { accepted: end, error: broken }, next: other }
  other: { type: play, prompt: "Other \${{ vars.why }}.", next: end }
  broken: { type: play, prompt: "Broken \${{ error.code }}.", next: end }
  end: { type: hangup }`,
    { 'site.yaml': CALLBACK_SITE },
  );
  caller.from = '030123456';
  return caller;
}

function orderOf(events: readonly Event[]): Order {
  const [asked] = ofKind(events, 'order.asked');
  assert.ok(asked, `no order was asked for: ${said(events).join()} ${outcomes(events).join()}`);
  return asked.order;
}

/** The orders take the wish in the same moment. */
function placed(caller: Receptionist, events: readonly Event[]): Event[] {
  const order = orderOf(events);
  return caller.take({ kind: 'order.placed', atMs: caller.nowMs, contactId: 'c1', order, by: 'flow' });
}

function refusedBy(caller: Receptionist, code: OrderRefusal, events: readonly Event[]): Event[] {
  const orderId = orderOf(events).id;
  return caller.take({ kind: 'order.refused', atMs: caller.nowMs, contactId: 'c1', orderId, code });
}

test('offered, confirmed and asked for: the number is read back as it is dialled, and the flow goes on when all is said', () => {
  const caller = asking('attempts: 2, retry_delay: 5m, ring: 20s');
  assert.match(said(caller.call('100')).join(), /For a callback, press 1/);
  assert.match(said(caller.press('1')).join(), /<4930123456>/);
  const asked = caller.press('1');
  const order = orderOf(asked);
  assert.deepEqual(
    [order.id, order.kind, order.mode, order.number, order.queueId, order.fromContactId],
    ['c1-k1', 'callback', 'agent_first', '+4930123456', 'sales', 'c1'],
  );
  assert.deepEqual(order.rules, { attemptsMax: 2, retryMs: 300_000, ringMs: 20_000 });
  assert.deepEqual([order.dueAtMs, order.expiresAtMs], [caller.nowMs, caller.nowMs + 24 * 3_600_000]);
  const thanks = placed(caller, asked);
  assert.match(said(thanks).join(), /You keep your place/);
  assert.deepEqual(outcomes(thanks), []);
  assert.deepEqual(outcomes(caller.heardOut()), ['accepted']);
});

test('who says no is not called back, and neither is who says nothing', () => {
  const caller = asking('offer: true');
  caller.call('100');
  assert.deepEqual(said(caller.press('2')), ['Other declined.']);
  const silent = asking('offer: true');
  silent.call('100');
  const tries = [1, 2, 3].map(() => {
    silent.heardOut();
    return outcomes(silent.pass(6000));
  });
  assert.deepEqual(tries, [[], [], ['declined']]);
});

const QUEUE_FLOW = `
  wait:
    type: queue
    queue: sales
    priority: 3
    skills: { german: 4 }
    attributes: { from: shop }
    exit_keys: { "1": back }
    next: end
  back: { type: callback, queue: sales, offer: false, confirm_number: CONFIRM, on: { accepted: end }, next: wait }
  end: { type: hangup }`;

function leavingQueue(confirm: boolean): { caller: Receptionist; sinceMs: number; left: Event[] } {
  const site = CALLBACK_SITE.replace('skills: [english]', 'skills: { english: 3, german: 5 }');
  const caller = flow(QUEUE_FLOW.replace('CONFIRM', String(confirm)), { 'site.yaml': site });
  caller.from = '030123456';
  caller.call('100');
  const sinceMs = caller.nowMs;
  caller.pass(90_000);
  caller.press('1');
  const about = { queueId: 'sales', queuedAtMs: sinceMs, waitedMs: 90_000, reason: 'exit' } as const;
  const left = caller.take({ kind: 'contact.dequeued', atMs: caller.nowMs, contactId: 'c1', ...about });
  return { caller, sinceMs, left };
}

test('who leaves the queue for it keeps place, priority and needs; with nothing to ask it is done in the same moment', () => {
  const { sinceMs, left } = leavingQueue(false);
  const order = orderOf(left);
  assert.deepEqual([order.virtualStartMs, order.priority, order.needs.required], [sinceMs, 3, { german: 4 }]);
  assert.deepEqual(order.attributes, { from: 'shop' });
});

test('the place is known after a restart, too, and who will not have the callback goes back to it', () => {
  const { caller, sinceMs } = leavingQueue(true);
  caller.restart();
  const after = caller.press('3');
  assert.deepEqual(outcomes(after), ['declined']);
  assert.equal(queued(after).virtualStartMs, sinceMs);
});

test('in another queue the place is kept, but not what was asked of the agents of the first one', () => {
  const caller = flow(
    `
  wait: { type: queue, queue: sales, skills: [english], exit_keys: { "1": back }, next: end }
  back: { type: callback, queue: "@anna", offer: false, confirm_number: false, on: { accepted: end }, next: end }
  end: { type: hangup }`,
    { 'site.yaml': CALLBACK_SITE },
  );
  caller.from = '030123456';
  caller.call('100');
  const sinceMs = caller.nowMs;
  caller.pass(1000);
  caller.press('1');
  const about = { queueId: 'sales', queuedAtMs: sinceMs, waitedMs: 1000, reason: 'exit' } as const;
  const order = orderOf(caller.take({ kind: 'contact.dequeued', atMs: caller.nowMs, contactId: 'c1', ...about }));
  assert.deepEqual([order.queueId, order.virtualStartMs, order.needs.required], ['@anna', sinceMs, {}]);
});

test('another number is entered by keys, read back, and called', () => {
  const caller = asking('offer: false');
  caller.call('100');
  assert.match(said(caller.press('2')).join(), /enter the number/);
  assert.match(said(caller.press('0307*040777#')).join(), /<4940777>/, 'the star throws away what was typed');
  assert.equal(orderOf(caller.press('1')).number, '+4940777');
});

test('a number that is none, or that may not be dialled, is asked for again, and at last that is the outcome', () => {
  for (const [keys, outcome] of [
    ['12#', 'invalid_number'],
    ['0900123456#', 'not_allowed'],
    ['001555123#', 'not_allowed'],
  ] as const) {
    const caller = asking('offer: false');
    caller.call('100');
    caller.press('2');
    assert.match(said(caller.press(keys)).join(), /cannot call that number.*enter the number/);
    assert.deepEqual([caller.press(keys), caller.press(keys)].map(outcomes), [[], [outcome]], keys);
  }
});

test('a withheld number is asked for; where nobody is asked it is invalid', () => {
  const caller = asking('offer: false');
  caller.from = 'anonymous';
  assert.match(said(caller.call('100')).join(), /enter the number/);
  const silent = asking('offer: false, confirm_number: false');
  silent.from = 'anonymous';
  assert.deepEqual(outcomes(silent.call('100')), ['invalid_number']);
});

test('the flow may say the number, the agent who owns the callback, who is called first and what the agent hears', () => {
  const caller = asking(
    'offer: false, confirm_number: false, number: "${{ contact.to }}22 33", first: customer, detect_machine: true, whisper: "Call back ${{ contact.from }}."',
  );
  caller.from = 'anonymous';
  const refused = outcomes(caller.call('100'));
  assert.deepEqual(refused, ['not_allowed'], 'a number without its country fits no rule');
  const other = asking(
    'offer: false, confirm_number: false, number: "030 22/33-44", first: customer, detect_machine: true, whisper: "Call back."',
  );
  const order = orderOf(other.call('100'));
  assert.deepEqual([order.number, order.mode, order.detectMachine], ['+4930223344', 'customer_first', true]);
  assert.deepEqual(order.whisper, [{ say: 'Call back.', language: 'en' }]);
});

for (const [code, outcome] of [
  ['not_allowed', 'not_allowed'],
  ['duplicate', 'duplicate'],
  ['invalid_number', 'invalid_number'],
] as const) {
  test(`an order that is refused as ${code} leads by ${outcome}`, () => {
    const caller = asking('offer: false, confirm_number: false');
    assert.deepEqual(outcomes(refusedBy(caller, code, caller.call('100'))), [outcome]);
  });
}

test('as many orders as are allowed is an error', () => {
  const caller = asking('offer: false, confirm_number: false');
  const after = refusedBy(caller, 'full', caller.call('100'));
  assert.match(errorOf(after) ?? '', /^callback\.full/);
  assert.deepEqual(said(after), ['Broken callback.full.']);
});

test('a restart while the customer is thanked asks for nothing twice', () => {
  const caller = asking('offer: true');
  caller.call('100');
  caller.press('1');
  placed(caller, caller.press('1'));
  const after = caller.restart();
  assert.deepEqual(ofKind(after, 'order.asked'), []);
  assert.match(said(after).join(), /You keep your place/);
  assert.deepEqual(outcomes(caller.heardOut()), ['accepted']);
});

const FRIDAY_16 = Date.UTC(2026, 10, 27, 16, 10);

test('a time of their own: the next free slots within calling hours are told, later ones by a key, and one is chosen', () => {
  const caller = asking(
    'mode: schedule, offer: false, confirm_number: false, calendar: office, slots: { per_slot: 1, lead: 0s }',
  );
  caller.nowMs = FRIDAY_16;
  caller.bookings.push(Date.UTC(2026, 10, 27, 16, 30) + 5);
  const told = said(caller.call('100')).join();
  assert.match(
    told,
    /For Monday, November 30 at 9:00.AM, press 1\.,For Monday, November 30 at 9:30.AM, press 2\..*press 3/,
  );
  assert.match(said(caller.press('8')).join(), /10:30.AM, press 1/);
  const order = orderOf(caller.press('2'));
  const slotMs = Date.UTC(2026, 10, 30, 11);
  assert.deepEqual([order.dueAtMs, order.virtualStartMs, order.calendarId], [slotMs, slotMs, 'office']);
  assert.equal(order.expiresAtMs, slotMs + 24 * 3_600_000);
});

test('a slot that somebody else has taken meanwhile is not given twice: the next ones are told', () => {
  const caller = asking('mode: schedule, offer: false, confirm_number: false, slots: { per_slot: 1, lead: 0s }');
  caller.nowMs = FRIDAY_16;
  assert.match(said(caller.call('100')).join(), /4:30.PM, press 1/);
  caller.bookings.push(Date.UTC(2026, 10, 27, 16, 30));
  const again = caller.press('1');
  assert.match(said(again).join(), /5:00.PM, press 1/);
  assert.equal(orderOf(caller.press('1')).dueAtMs, Date.UTC(2026, 10, 27, 17));
});

test('slots are told in the zone that the step names, and in the language of the customer', () => {
  const caller = asking(
    'mode: schedule, offer: false, confirm_number: false, slots: { time_zone: Europe/Berlin, lead: 0s }',
  );
  caller.nowMs = FRIDAY_16;
  caller.take({
    kind: 'contact.arrived',
    atMs: caller.nowMs,
    contactId: 'c1',
    legId: 'c1',
    channel: 'voice',
    from: '030123456',
    to: '100',
    language: 'de',
  });
  const told = said(caller.events).join();
  assert.match(told, /Für Freitag, 27\. November um 17:30 drücken Sie die 1/);
});

test('without a free slot nobody can be called: the customer is taken to decline, with the reason', () => {
  const caller = asking(
    `mode: schedule, offer: false, confirm_number: false, slots: { window: 1h, step: 1h, per_slot: 1, lead: 0s }`,
  );
  caller.nowMs = FRIDAY_16;
  caller.bookings.push(Date.UTC(2026, 10, 27, 17));
  assert.deepEqual(said(caller.call('100')), ['Other no_slot.']);
});

test('who writes reads the choices, and gives the number in a line', () => {
  const guest = asking('offer: true');
  guest.from = 'Maria';
  const offered = guest.chat('100');
  assert.deepEqual(choices(offered), [
    { key: '1', label: 'Yes, call me back' },
    { key: '2', label: 'No, thank you' },
  ]);
  assert.match(said(guest.reply('yes')).join(), /enter the number/);
  assert.match(said(guest.reply('no idea')).join(), /cannot call that number/);
  const confirm = guest.reply('+49 30 / 123 456');
  assert.match(said(confirm).join(), /\+4930123456/);
  assert.equal(orderOf(guest.reply('1')).number, '+4930123456');
});

test('slots beside keep_place mean nothing, and the check says so', () => {
  const site = { 'site.yaml': CALLBACK_SITE };
  const problems = problemsOf(
    'type: callback, queue: sales, slots: { calendar: office }, on: { accepted: end }, next: end',
    site,
  );
  assert.match(problems.join(), /key\.conflict.*slots are for mode schedule/);
});
