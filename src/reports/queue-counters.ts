import type { EventOf } from '../model/event.ts';
import type { AtMs, QueueId } from '../model/ids.ts';
import type { Interval } from './intervals.ts';
import { type FormulaId, ratio, serviceLevel } from './service-level.ts';

/** One stay of one contact in one queue; a contact that is queued three times has three. */
export type Stay = {
  readonly counters: QueueCounters;
  readonly queueId: QueueId;
  readonly queuedAtMs: AtMs;
  /** How long the wait was to be, as it was told when the contact came. */
  estimate?: { readonly p50Ms: number; readonly p90Ms: number };
  /** Absent: still waiting. */
  outcome?: { readonly reason: EventOf<'contact.dequeued'>['reason']; readonly waitMs: number };
  /** An agent handed the talk to a colleague: what that one says belongs to the same stay. */
  handedOver?: true;
};

/** What is added up for one queue and one interval. */
export type QueueCounters = {
  /** T; undefined for a queue that the site no longer has, when the report did not name a T. */
  readonly withinMs: number | undefined;
  answered: number;
  answeredWithin: number;
  answeredWaitMs: number;
  abandoned: number;
  abandonedWithin: number;
  abandonedWaitMs: number;
  shortAbandoned: number;
  timedOut: number;
  /** Left by a rule of the queue (flow-outs): neither served here nor given up. */
  overflowed: number;
  /** Left by a key of the customer's. */
  exited: number;
  lost: number;
  stillWaiting: number;
  /** Answered stays whose wait had been estimated, the sum of the absolute errors of the median, and the waits within P90. */
  estimated: number;
  estimateErrorMs: number;
  withinP90: number;
  /** The wait of every stay, for percentiles; their number over all rows is bounded by the report. */
  readonly waitsMs: number[];
  handled: number;
  talkMs: number;
  wrapUps: number;
  wrapUpMs: number;
};

/** One line of the report. Averages and waits in whole ms; null where there is nothing to measure. */
export type QueueRow = Interval & {
  readonly queueId: QueueId;
  readonly queueName: string;
  readonly withinMs: number | null;
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly shortAbandoned: number;
  readonly timedOut: number;
  readonly overflowed: number;
  readonly exited: number;
  readonly lost: number;
  readonly stillWaiting: number;
  readonly answeredWithin: number | null;
  readonly abandonedWithin: number | null;
  /** Share from 0 to 1. */
  readonly serviceLevel: number | null;
  readonly averageSpeedOfAnswerMs: number | null;
  readonly averageAbandonMs: number | null;
  readonly longestWaitMs: number | null;
  readonly p90WaitMs: number | null;
  /** Mean absolute difference between the estimated median wait and the wait until the answer. */
  readonly estimateErrorMs: number | null;
  /** Share from 0 to 1 of the answered whose wait was within its estimated 90th percentile. */
  readonly withinP90: number | null;
  readonly handled: number;
  readonly averageTalkMs: number | null;
  readonly wrapUps: number;
  readonly averageWrapUpMs: number | null;
  readonly averageHandleMs: number | null;
};

export function emptyCounters(withinMs: number | undefined): QueueCounters {
  return {
    withinMs,
    answered: 0,
    answeredWithin: 0,
    answeredWaitMs: 0,
    abandoned: 0,
    abandonedWithin: 0,
    abandonedWaitMs: 0,
    shortAbandoned: 0,
    timedOut: 0,
    overflowed: 0,
    exited: 0,
    lost: 0,
    stillWaiting: 0,
    estimated: 0,
    estimateErrorMs: 0,
    withinP90: 0,
    waitsMs: [],
    handled: 0,
    talkMs: 0,
    wrapUps: 0,
    wrapUpMs: 0,
  };
}

/**
 * Counts a stay once, under exactly one outcome. An abandon before `shortAbandonMs` is counted apart: it is offered,
 * but stands in no average and in no service level.
 */
export function countStay(stay: Stay, shortAbandonMs: number, asOfMs: AtMs): void {
  const { counters, outcome } = stay;
  // Whom we called and did not reach has not waited for anybody; the order that it came from tells of it.
  if (outcome?.reason === 'unreached') return;
  const waitMs = Math.max(0, outcome ? outcome.waitMs : asOfMs - stay.queuedAtMs);
  const within = counters.withinMs !== undefined && waitMs <= counters.withinMs ? 1 : 0;
  counters.waitsMs.push(waitMs);
  switch (outcome?.reason) {
    case 'answered':
      counters.answered += 1;
      counters.answeredWithin += within;
      counters.answeredWaitMs += waitMs;
      countEstimate(stay, waitMs);
      return;
    case 'abandoned':
      if (waitMs < shortAbandonMs) {
        counters.shortAbandoned += 1;
        return;
      }
      counters.abandoned += 1;
      counters.abandonedWithin += within;
      counters.abandonedWaitMs += waitMs;
      return;
    case 'timeout':
      counters.timedOut += 1;
      return;
    case 'overflow':
    case 'emergency':
      counters.overflowed += 1;
      return;
    case 'exit':
      counters.exited += 1;
      return;
    case 'lost':
      counters.lost += 1;
      return;
    case undefined:
      counters.stillWaiting += 1;
  }
}

/** Only an answer tells how long the wait would have been; whoever left before says only that it was longer. */
function countEstimate({ counters, estimate }: Stay, waitMs: number): void {
  if (!estimate) return;
  counters.estimated += 1;
  counters.estimateErrorMs += Math.abs(waitMs - estimate.p50Ms);
  if (waitMs <= estimate.p90Ms) counters.withinP90 += 1;
}

export function rowOf(
  queue: { readonly id: QueueId; readonly name: string },
  interval: Interval,
  counters: QueueCounters,
  formula: FormulaId,
): QueueRow {
  const known = counters.withinMs !== undefined;
  const offered = counters.waitsMs.length;
  const waitsMs = counters.waitsMs.toSorted((a, b) => a - b);
  return {
    queueId: queue.id,
    queueName: queue.name,
    fromMs: interval.fromMs,
    toMs: interval.toMs,
    withinMs: counters.withinMs ?? null,
    offered,
    answered: counters.answered,
    abandoned: counters.abandoned,
    shortAbandoned: counters.shortAbandoned,
    timedOut: counters.timedOut,
    overflowed: counters.overflowed,
    exited: counters.exited,
    lost: counters.lost,
    stillWaiting: counters.stillWaiting,
    answeredWithin: known ? counters.answeredWithin : null,
    abandonedWithin: known ? counters.abandonedWithin : null,
    serviceLevel: known ? serviceLevel(formula, { ...counters, offered: offered - counters.shortAbandoned }) : null,
    averageSpeedOfAnswerMs: average(counters.answeredWaitMs, counters.answered),
    averageAbandonMs: average(counters.abandonedWaitMs, counters.abandoned),
    longestWaitMs: waitsMs.at(-1) ?? null,
    // Nearest rank: the smallest wait that at least nine contacts of ten did not exceed.
    p90WaitMs: waitsMs[Math.ceil(offered * 0.9) - 1] ?? null,
    estimateErrorMs: average(counters.estimateErrorMs, counters.estimated),
    withinP90: ratio(counters.withinP90, counters.estimated),
    handled: counters.handled,
    averageTalkMs: average(counters.talkMs, counters.handled),
    wrapUps: counters.wrapUps,
    averageWrapUpMs: average(counters.wrapUpMs, counters.wrapUps),
    averageHandleMs: average(counters.talkMs + counters.wrapUpMs, counters.handled),
  };
}

function average(sumMs: number, count: number): number | null {
  const value = ratio(sumMs, count);
  return value === null ? null : Math.round(value);
}
