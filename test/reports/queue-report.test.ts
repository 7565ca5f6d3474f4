import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Event, EventOf } from '../../src/model/event.ts';
import type { Interval } from '../../src/reports/intervals.ts';
import type { QueueRow } from '../../src/reports/queue-counters.ts';
import { type QueueReportOptions, queueReport, STAYS_MAX } from '../../src/reports/queue-report.ts';
import { FORMULA_IDS } from '../../src/reports/service-level.ts';

const sales = { id: 'sales', name: 'Sales', serviceLevelMs: 20_000 };
const hour: readonly Interval[] = [{ fromMs: 0, toMs: 3_600_000 }];

function rowsOf(events: readonly Event[], options: Partial<QueueReportOptions> = {}, asOfMs = 3_600_000): QueueRow[] {
  const report = queueReport({ intervals: hour, queues: [sales], formula: 'SL-4', shortAbandonMs: 0, ...options });
  for (const [place, event] of events.entries()) report.take({ seq: place + 1, event });
  const rows = report.finish(asOfMs);
  assert.ok(rows.ok);
  return rows.value;
}

function rowOf(events: readonly Event[], options: Partial<QueueReportOptions> = {}, asOfMs = 3_600_000): QueueRow {
  const rows = rowsOf(events, options, asOfMs);
  assert.equal(rows.length, 1);
  return rows[0]!;
}

const queued = (contactId: string, atMs: number, queueId = 'sales'): Event => ({
  kind: 'contact.queued',
  atMs,
  contactId,
  queueId,
  priority: 0,
  skills: [],
  virtualStartMs: atMs,
});

type Reason = EventOf<'contact.dequeued'>['reason'];
const dequeued = (contactId: string, atMs: number, waitedMs: number, reason: Reason, queueId = 'sales'): Event => ({
  kind: 'contact.dequeued',
  atMs,
  contactId,
  queueId,
  queuedAtMs: atMs - waitedMs,
  waitedMs,
  reason,
});

const handled = (contactId: string, atMs: number, talkMs: number, queueId = 'sales'): Event => ({
  kind: 'contact.handled',
  atMs,
  contactId,
  offerId: `offer of ${contactId}`,
  agentId: 'anna',
  queueId,
  talkMs,
  endedBy: 'agent',
});

/** Many contacts with one wait and one outcome each. */
function stays(count: number, waitMs: number, reason: Reason): Event[] {
  return Array.from({ length: count }, (_, place) => `${reason} ${waitMs} ${place}`).flatMap((id) => [
    queued(id, 1000),
    dequeued(id, 1000 + waitMs, waitMs, reason),
  ]);
}

test("Cisco's worked example gives its figures by each formula", () => {
  // 70 answered and 10 abandoned within T, 20 answered later.
  const events = [...stays(70, 5_000, 'answered'), ...stays(10, 5_000, 'abandoned'), ...stays(20, 40_000, 'answered')];
  const levels = FORMULA_IDS.map((formula) => rowOf(events, { formula }).serviceLevel);
  assert.deepEqual(levels, [70 / 90, 80 / 100, 70 / 90, 0.7, 0.8, 70 / 90]);
});

test("Koole's worked example gives 82 % when early abandons are left out", () => {
  // 510 calls: 410 of 460 answered in time, 10 of 50 abandons early.
  const events = [
    ...stays(410, 5_000, 'answered'),
    ...stays(50, 40_000, 'answered'),
    ...stays(10, 5_000, 'abandoned'),
    ...stays(40, 40_000, 'abandoned'),
  ];
  assert.equal(rowOf(events, { formula: 'SL-6' }).serviceLevel, 0.82);
  assert.equal(rowOf(events, { formula: 'SL-1' }).serviceLevel, 410 / 460);
});

test('a wait of exactly T is within T, and T may be any after the fact', () => {
  const events = [...stays(1, 20_000, 'answered'), ...stays(1, 20_001, 'answered')];
  assert.equal(rowOf(events).answeredWithin, 1);
  assert.equal(rowOf(events, { withinMs: 20_001 }).answeredWithin, 2);
  assert.equal(rowOf(events, { withinMs: 0 }).answeredWithin, 0);
});

test('a row without contacts has nulls where there is nothing to divide by', () => {
  const row = rowOf([]);
  assert.equal(row.offered, 0);
  for (const formula of FORMULA_IDS) assert.equal(rowOf([], { formula }).serviceLevel, null);
  const { averageSpeedOfAnswerMs, averageAbandonMs, longestWaitMs, p90WaitMs, averageTalkMs, averageHandleMs } = row;
  const averages = {
    averageSpeedOfAnswerMs,
    averageAbandonMs,
    longestWaitMs,
    p90WaitMs,
    averageTalkMs,
    averageHandleMs,
  };
  assert.ok(Object.values(averages).every((value) => value === null));
});

test('a contact counts in the interval in which it was queued, wherever it ended', () => {
  const intervals = [
    { fromMs: 0, toMs: 1000 },
    { fromMs: 1000, toMs: 2000 },
  ];
  const events = [
    queued('edge', 999),
    queued('next', 1000),
    dequeued('edge', 5000, 4001, 'answered'),
    handled('edge', 9000, 4000),
    queued('late', 2000),
  ];
  const rows = rowsOf(events, { intervals });
  assert.deepEqual(
    rows.map(({ offered, answered, handled, stillWaiting }) => [offered, answered, handled, stillWaiting]),
    [
      [1, 1, 1, 0],
      [1, 0, 0, 1],
    ],
  );
});

test('each stay of a contact that is queued several times counts apart', () => {
  const events = [
    queued('a', 0),
    dequeued('a', 5000, 5000, 'timeout'),
    queued('a', 6000, 'support'),
    dequeued('a', 7000, 1000, 'answered', 'support'),
    handled('a', 8000, 1000, 'support'),
    queued('a', 9000),
    dequeued('a', 9500, 500, 'abandoned'),
  ];
  const support = { id: 'support', name: 'Support', serviceLevelMs: 10_000 };
  const [first, second] = rowsOf(events, { queues: [sales, support] });
  assert.deepEqual([first?.offered, first?.timedOut, first?.abandoned], [2, 1, 1]);
  assert.deepEqual([second?.offered, second?.answered, second?.handled], [1, 1, 1]);
  assert.equal(rowsOf(events, { queueId: 'support', queues: [sales, support] }).length, 1);
});

test('the longest wait and P90 count the abandoned and the still waiting too', () => {
  const events = [...stays(9, 1_000, 'answered'), ...stays(1, 70_000, 'abandoned')];
  const settled = rowOf(events);
  assert.equal(settled.longestWaitMs, 70_000);
  assert.equal(settled.p90WaitMs, 1_000);
  const waiting = rowOf([...events, queued('w', 100_000)], {}, 200_000);
  assert.equal(waiting.stillWaiting, 1);
  assert.equal(waiting.longestWaitMs, 100_000);
  assert.equal(waiting.p90WaitMs, 70_000);
  assert.equal(waiting.averageSpeedOfAnswerMs, 1_000);
});

test('short abandons are offered but stand in no average and no service level', () => {
  const events = [...stays(5, 1_000, 'answered'), ...stays(3, 1_999, 'abandoned'), ...stays(2, 2_000, 'abandoned')];
  const row = rowOf(events, { shortAbandonMs: 2_000 });
  assert.deepEqual([row.offered, row.shortAbandoned, row.abandoned, row.abandonedWithin], [10, 3, 2, 2]);
  assert.equal(row.averageAbandonMs, 2_000);
  assert.equal(row.serviceLevel, 5 / 7);
});

test('an answer that could not be connected is taken back', () => {
  const events: Event[] = [
    queued('a', 0),
    dequeued('a', 3000, 3000, 'answered'),
    { kind: 'contact.requeued', atMs: 3100, contactId: 'a', offerId: 'o' },
  ];
  const waiting = rowOf(events);
  assert.deepEqual([waiting.answered, waiting.stillWaiting], [0, 1]);
  const row = rowOf([...events, dequeued('a', 8000, 8000, 'answered'), handled('a', 9000, 1000)]);
  assert.deepEqual([row.offered, row.answered, row.averageSpeedOfAnswerMs], [1, 1, 8000]);
});

test('a contact that is gone without having left its queue is lost', () => {
  const row = rowOf([queued('a', 0), { kind: 'contact.finished', atMs: 4000, contactId: 'a' }]);
  assert.deepEqual([row.lost, row.stillWaiting, row.longestWaitMs], [1, 0, 4000]);
});

test('handle time is talk and wrap-up, and a wrap-up belongs to the contact before it', () => {
  const started = (atMs: number, contactId: string): Event => ({
    kind: 'agent.wrap_up_started',
    atMs,
    agentId: 'anna',
    contactId,
    untilMs: atMs + 10_000,
  });
  const ended = (atMs: number): Event => ({ kind: 'agent.wrap_up_ended', atMs, agentId: 'anna' });
  const talk = (id: string, atMs: number, talkMs: number) => [
    queued(id, atMs),
    dequeued(id, atMs, 0, 'answered'),
    handled(id, atMs + talkMs, talkMs),
  ];
  const row = rowOf([
    ...talk('a', 0, 60_000),
    started(60_000, 'a'),
    ended(66_000),
    ...talk('b', 70_000, 40_000),
    started(110_000, 'b'),
    { kind: 'agent.logged_out', atMs: 112_000, agentId: 'anna', by: 'phone' },
    ended(112_000),
    started(200_000, 'a contact that this report does not count'),
    ended(300_000),
  ]);
  assert.deepEqual([row.handled, row.averageTalkMs], [2, 50_000]);
  assert.deepEqual([row.wrapUps, row.averageWrapUpMs, row.averageHandleMs], [2, 4_000, 54_000]);
});

test('an agent who wraps up several contacts at once has each of them counted by itself', () => {
  const chat = (id: string, atMs: number): Event[] => [
    queued(id, 0),
    dequeued(id, 0, 0, 'answered'),
    handled(id, atMs, 1000),
    { kind: 'agent.wrap_up_started', atMs, agentId: 'anna', contactId: id, untilMs: atMs + 60_000 },
  ];
  const ended = (contactId: string, atMs: number): Event => ({
    kind: 'agent.wrap_up_ended',
    atMs,
    agentId: 'anna',
    contactId,
  });
  const two = [...chat('a', 1000), ...chat('b', 2000), ended('b', 3000), ended('a', 9000)];
  const row = rowOf(two);
  assert.deepEqual([row.wrapUps, row.averageWrapUpMs], [2, 4_500]);
  // To end them all at once, as in the journals of the first release, ends each.
  const all: Event = { kind: 'agent.wrap_up_ended', atMs: 9000, agentId: 'anna' };
  assert.equal(rowOf([...chat('a', 1000), ...chat('b', 2000), all, ended('a', 20_000)]).averageWrapUpMs, 7_500);
});

test('an overflow is kept apart, is offered, and counts against the service level', () => {
  const row = rowOf([...stays(3, 1_000, 'answered'), ...stays(1, 30_000, 'overflow')]);
  assert.deepEqual([row.offered, row.overflowed, row.timedOut, row.lost, row.abandoned], [4, 1, 0, 0, 0]);
  assert.equal(row.serviceLevel, 0.75);
  assert.equal(row.longestWaitMs, 30_000);
  const moved = rowsOf(
    [queued('a', 0), dequeued('a', 9000, 9000, 'overflow'), queued('a', 9000, 'support')],
    { queues: [sales, { id: 'support', name: 'Support', serviceLevelMs: 1 }] },
    10_000,
  );
  assert.deepEqual(
    moved.map(({ offered, overflowed, longestWaitMs }) => [offered, overflowed, longestWaitMs]),
    [
      [1, 1, 9000],
      [1, 0, 1000],
    ],
  );
});

test('the error of the estimated wait is measured on those who were answered', () => {
  const estimated = (contactId: string, p50Ms: number, p90Ms: number, queueId = 'sales'): Event => ({
    kind: 'wait.estimated',
    atMs: 1000,
    contactId,
    queueId,
    p50Ms,
    p90Ms,
  });
  const events = [
    queued('early', 1000),
    estimated('early', 10_000, 20_000),
    dequeued('early', 5000, 4000, 'answered'),
    queued('late', 1000),
    estimated('late', 10_000, 20_000),
    // What is estimated later, or for another queue, is not what the caller was told.
    estimated('late', 29_000, 40_000),
    dequeued('late', 31_000, 30_000, 'answered'),
    queued('gone', 1000),
    estimated('gone', 10_000, 20_000),
    dequeued('gone', 2000, 1000, 'abandoned'),
    queued('never told', 1000),
    estimated('never told', 1, 1, 'support'),
    dequeued('never told', 2000, 1000, 'answered'),
  ];
  const row = rowOf(events);
  assert.deepEqual([row.estimateErrorMs, row.withinP90], [13_000, 0.5]);
  const none = rowOf(stays(2, 1000, 'answered'));
  assert.deepEqual([none.estimateErrorMs, none.withinP90], [null, null]);
});

test('what is not settled yet is known, so that the reader can look further', () => {
  const report = queueReport({ intervals: hour, queues: [sales], formula: 'SL-4', shortAbandonMs: 0 });
  const take = (event: Event) => report.take({ seq: 1, event });
  take(queued('a', 0));
  assert.equal(report.unsettled(), 1);
  take(dequeued('a', 10, 10, 'answered'));
  assert.equal(report.unsettled(), 1);
  take(handled('a', 20, 10));
  assert.equal(report.unsettled(), 0);
  take({ kind: 'agent.wrap_up_started', atMs: 20, agentId: 'anna', contactId: 'a', untilMs: 30 });
  assert.equal(report.unsettled(), 1);
  take({ kind: 'agent.wrap_up_ended', atMs: 30, agentId: 'anna' });
  assert.equal(report.unsettled(), 0);
});

test('a queue that the site no longer has is reported by its id, without a T of its own', () => {
  const events = [queued('a', 0, 'old'), dequeued('a', 10, 10, 'answered', 'old')];
  const [, old] = rowsOf(events);
  assert.deepEqual([old?.queueId, old?.queueName, old?.withinMs, old?.answeredWithin], ['old', 'old', null, null]);
  assert.equal(old?.serviceLevel, null);
  assert.equal(rowsOf(events, { withinMs: 10 })[1]?.serviceLevel, 1);
});

test('a report of more stays than the bound is refused and not wrong', () => {
  const report = queueReport({ intervals: hour, queues: [sales], formula: 'SL-4', shortAbandonMs: 0 });
  // One contact that is queued again and again: each time the stay before is settled.
  const entry = { seq: 1, event: queued('a', 0) };
  for (let stay = 0; stay <= STAYS_MAX; stay += 1) report.take(entry);
  const finished = report.finish(0);
  assert.equal(finished.ok ? '' : finished.failure.code, 'report.too_many_contacts');
});

const contactIds = fc.constantFrom('a', 'b', 'c', 'd');
const queueIds = fc.constantFrom('sales', 'support', 'gone');
const waits = fc.integer({ min: 0, max: 60_000 });
const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  fc.tuple(contactIds, queueIds).map(([id, queue]) => queued(id, 0, queue)),
  fc
    .tuple(contactIds, waits, fc.constantFrom<Reason>('answered', 'abandoned', 'timeout', 'lost', 'overflow'), queueIds)
    .map(([id, waitMs, reason, queue]) => dequeued(id, 0, waitMs, reason, queue)),
  fc.tuple(contactIds, waits, queueIds).map(([id, talkMs, queue]) => handled(id, 0, talkMs, queue)),
  contactIds.map((contactId): Event => ({ kind: 'contact.requeued', atMs: 0, contactId, offerId: 'o' })),
  contactIds.map((contactId): Event => ({ kind: 'contact.finished', atMs: 0, contactId })),
);

test('whatever the journal holds, the parts of every row are its offered, and every stay is in one row', () => {
  const intervals = Array.from({ length: 6 }, (_, place) => ({ fromMs: place * 10_000, toMs: (place + 1) * 10_000 }));
  const queues = [sales, { id: 'support', name: 'Support', serviceLevelMs: 5_000 }];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(2_000), anyEvent), { maxLength: 60 }),
      fc.nat(30_000),
      (steps, shortAbandonMs) => {
        let atMs = 0;
        const events = steps.map(([stepMs, event]) => {
          atMs += stepMs;
          return { ...event, atMs };
        });
        const rows = rowsOf(events, { intervals, queues, shortAbandonMs }, atMs);
        for (const row of rows) {
          const { answered, abandoned, shortAbandoned, timedOut, overflowed, exited, lost, stillWaiting } = row;
          assert.equal(
            row.offered,
            answered + abandoned + shortAbandoned + timedOut + overflowed + exited + lost + stillWaiting,
          );
          assert.ok((row.answeredWithin ?? 0) <= answered && (row.abandonedWithin ?? 0) <= abandoned);
          assert.ok(row.serviceLevel === null || (row.serviceLevel >= 0 && row.serviceLevel <= 1));
          assert.ok((row.p90WaitMs ?? 0) <= (row.longestWaitMs ?? 0));
        }
        const counted = events.filter((event) => event.kind === 'contact.queued' && event.atMs < 60_000).length;
        assert.equal(
          rows.reduce((sum, row) => sum + row.offered, 0),
          counted,
        );
      },
    ),
  );
});

test('the same journal gives the same figures whether read in one interval or in many', () => {
  const intervals = Array.from({ length: 6 }, (_, place) => ({ fromMs: place * 10_000, toMs: (place + 1) * 10_000 }));
  const whole = [{ fromMs: 0, toMs: 60_000 }];
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(2_000), anyEvent), { maxLength: 40 }), (steps) => {
      let atMs = 0;
      const events = steps.map(([stepMs, event]) => {
        atMs += stepMs;
        return { ...event, atMs };
      });
      const sum = (rows: QueueRow[], column: 'offered' | 'answered' | 'abandoned' | 'lost' | 'handled') =>
        rows.reduce((total, row) => total + row[column], 0);
      const one = rowsOf(events, { intervals: whole }, atMs);
      const many = rowsOf(events, { intervals }, atMs);
      for (const column of ['offered', 'answered', 'abandoned', 'lost', 'handled'] as const) {
        assert.equal(sum(one, column), sum(many, column), column);
      }
    }),
  );
});

test('an agent’s question to a colleague is no contact of the queue', () => {
  const asked: Event = { ...(queued('c1.c1-a', 1000) as EventOf<'contact.queued'>), consult: true };
  const row = rowOf([asked, dequeued('c1.c1-a', 2000, 1000, 'answered'), handled('c1.c1-a', 9000, 7000)]);
  assert.deepEqual([row.offered, row.answered, row.handled, row.averageTalkMs], [0, 0, 0, null]);
});

test('a talk that is handed to a colleague is one contact, and both of its parts are talk', () => {
  const first = handled('c1', 31_000, 30_000) as EventOf<'contact.handled'>;
  const handedOver: Event = { ...first, transferred: { to: 'agent', agentId: 'ben' } };
  const row = rowOf([
    queued('c1', 0),
    dequeued('c1', 1000, 1000, 'answered'),
    handedOver,
    handled('c1', 51_000, 20_000, 'support'),
  ]);
  assert.deepEqual([row.offered, row.handled, row.averageTalkMs], [1, 1, 50_000]);
});

test('a customer whom we called in vain has waited for nobody', () => {
  const row = rowOf([queued('p1', 0), dequeued('p1', 30_000, 30_000, 'unreached')]);
  assert.deepEqual([row.offered, row.abandoned], [0, 0]);
});
