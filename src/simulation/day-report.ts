import type { Event } from '../model/event.ts';
import { ok, type Result } from '../model/failure.ts';
import type { AtMs, QueueId } from '../model/ids.ts';
import { type Interval, splitIntoIntervals } from '../reports/intervals.ts';
import type { QueueRow } from '../reports/queue-counters.ts';
import { type QueueReport, queueReport } from '../reports/queue-report.ts';
import { DEFAULT_FORMULA } from '../reports/service-level.ts';
import { type AgentTimes, agentTimes } from './agent-time.ts';
import type { Scenario } from './scenario.ts';
import { liveDay } from './virtual-day.ts';

/** One queue in one interval, or over the whole day; or one group of agents over the whole day. */
export type Line = {
  readonly about: 'interval' | 'day' | 'staff';
  /** Queue id or name of the group. */
  readonly id: string;
  readonly fromMs: AtMs;
  readonly toMs: AtMs;
  readonly figures: Readonly<Partial<Record<MetricId, number | null>>>;
};

/** What is measured: the reports' own figures (reports/queue-counters.ts); times in ms, shares from 0 to 1. */
export const METRICS = [
  'offered',
  'answered',
  'abandoned',
  'otherwise',
  'serviceLevel',
  'averageSpeedOfAnswerMs',
  'p90WaitMs',
  'longestWaitMs',
  'averageHandleMs',
  'occupancy',
] as const;
export type MetricId = (typeof METRICS)[number];

/** Figures of one day. */
export type DayReport = { readonly lines: readonly Line[]; readonly contacts: number; readonly events: number };

/**
 * Lives one day and reports on it: the rows of the queue report by interval and for the whole day, and the occupancy of
 * each group of agents. Failures: those of the queue report.
 */
export function reportDay(scenario: Scenario, run: number): Result<DayReport> {
  const span = { fromMs: scenario.fromMs, toMs: scenario.toMs };
  const intervals = splitIntoIntervals(span, scenario.interval, scenario.zone);
  if (!intervals.ok) return intervals;
  const byInterval = reportOver(scenario, intervals.value);
  const overDay = reportOver(scenario, [span]);
  const times = agentTimes(span);
  const end = liveDay(scenario, run, observer([byInterval, overDay], times));
  const rows = byInterval.finish(end.atMs);
  if (!rows.ok) return rows;
  const days = overDay.finish(end.atMs);
  if (!days.ok) return days;
  const lines = [
    ...rows.value.map((row) => queueLine('interval', row)),
    ...days.value.map((row) => queueLine('day', row)),
    ...staffLines(scenario, times),
  ];
  return ok({ lines, contacts: end.contacts, events: end.events });
}

function reportOver(scenario: Scenario, intervals: readonly Interval[]): QueueReport {
  const served = reportedQueues(scenario);
  const queues = Object.values(scenario.site.queues).filter(({ id }) => served.has(id));
  return queueReport({ intervals, queues, formula: DEFAULT_FORMULA, shortAbandonMs: 0 });
}

/** The queues that contacts come to, and those to which they overflow from there. */
function reportedQueues(scenario: Scenario): Set<QueueId> {
  const found = new Set(scenario.traffic.map(({ queueId }) => queueId));
  for (const id of found) {
    for (const { target } of scenario.site.queues[id]?.overflow ?? [])
      if (target.to === 'queue') found.add(target.queueId);
  }
  return found;
}

/** Both reports read the entry at once and keep nothing of it, so one is made for the whole day. */
function observer(reports: readonly QueueReport[], times: AgentTimes): (event: Event) => void {
  const entry = { seq: 0, event: { kind: 'time.passed', atMs: 0 } as Event };
  return (event) => {
    entry.seq += 1;
    entry.event = event;
    for (const report of reports) report.take(entry);
    times.take(event);
  };
}

function queueLine(about: 'interval' | 'day', row: QueueRow): Line {
  const { offered, answered, abandoned, serviceLevel, averageSpeedOfAnswerMs } = row;
  const { p90WaitMs, longestWaitMs, averageHandleMs } = row;
  return {
    about,
    id: row.queueId,
    fromMs: row.fromMs,
    toMs: row.toMs,
    figures: {
      offered,
      answered,
      abandoned,
      otherwise: offered - answered - abandoned,
      serviceLevel,
      averageSpeedOfAnswerMs,
      p90WaitMs,
      longestWaitMs,
      averageHandleMs,
    },
  };
}

function staffLines(scenario: Scenario, times: AgentTimes): Line[] {
  const { fromMs, toMs } = scenario;
  return scenario.staff.map(({ name, agentIds }) => {
    const { busyMs, inServiceMs } = times.of(agentIds);
    return {
      about: 'staff',
      id: name,
      fromMs,
      toMs,
      figures: { occupancy: inServiceMs > 0 ? busyMs / inServiceMs : null },
    };
  });
}
