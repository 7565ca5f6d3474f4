import type { EventKind, JournalEntry } from '../model/event.ts';
import { failed, ok, type Result } from '../model/failure.ts';
import type { AtMs, QueueId } from '../model/ids.ts';
import { type Interval, intervalAt, ROWS_MAX, tooManyRows } from './intervals.ts';
import { emptyCounters, type QueueCounters, type QueueRow, rowOf } from './queue-counters.ts';
import { followStays } from './queue-stays.ts';
import type { FormulaId } from './service-level.ts';

/** Most stays of one report: every wait is kept as a number until the report is written. */
export const STAYS_MAX = 1_000_000;

/** The kinds of entries that the fold wants to see. */
export const QUEUE_REPORT_KINDS: readonly EventKind[] = [
  'contact.queued',
  'wait.estimated',
  'contact.dequeued',
  'contact.requeued',
  'contact.handled',
  'contact.finished',
  'agent.wrap_up_started',
  'agent.wrap_up_ended',
  'agent.logged_out',
];

export type ReportedQueue = { readonly id: QueueId; readonly name: string; readonly serviceLevelMs: number };

export type QueueReportOptions = {
  /** In order, without gaps. */
  readonly intervals: readonly Interval[];
  /** Each of these has a row for every interval; queues that the site no longer has only where they had contacts. */
  readonly queues: readonly ReportedQueue[];
  /** What is known of a queue that is not among them: it has a row only where it had contacts, as agents' own queues do. */
  readonly unlisted?: (queueId: QueueId) => ReportedQueue | undefined;
  /** Report on this queue alone. */
  readonly queueId?: QueueId;
  /** T for all rows instead of each queue's own. */
  readonly withinMs?: number;
  readonly formula: FormulaId;
  /** Abandons before this wait are counted apart; 0: none is. */
  readonly shortAbandonMs: number;
};

export type QueueReport = {
  /** Takes the next entry, in the journal's order, from the start of the first interval on. */
  take(entry: JournalEntry): void;
  /** Stays and wrap-ups whose end was not seen yet: while there are any, later entries still change the rows. */
  unsettled(): number;
  /**
   * The rows, by interval and then in the order of the queues; ends the fold. What is not settled counts as it stands
   * at `asOfMs`, the moment up to which entries were taken.
   * Failures: `report.too_many_rows`, `report.too_many_contacts`.
   */
  finish(asOfMs: AtMs): Result<QueueRow[]>;
};

/**
 * The queue report as a fold. A stay, its talk and its wrap-up all count in the interval in which the contact was
 * queued, so that the parts of a row always belong together.
 */
export function queueReport(options: QueueReportOptions): QueueReport {
  const { intervals } = options;
  const queues = options.queues.filter((queue) => isReported(queue.id));
  const names = new Map(queues.map((queue) => [queue.id, queue]));
  const ledger = new Map<QueueId, QueueCounters[]>();
  const stays = followStays(countersFor, options.shortAbandonMs);
  let stayCount = 0;

  function isReported(queueId: QueueId): boolean {
    return options.queueId === undefined || options.queueId === queueId;
  }

  function countersFor(queueId: QueueId, queuedAtMs: AtMs): QueueCounters | undefined {
    const place = intervalAt(intervals, queuedAtMs);
    if (place < 0 || !isReported(queueId) || stayCount > STAYS_MAX) return undefined;
    stayCount += 1;
    return countersAt(queueId, place);
  }

  function knownOf(queueId: QueueId): ReportedQueue | undefined {
    return names.get(queueId) ?? options.unlisted?.(queueId);
  }

  function countersAt(queueId: QueueId, place: number): QueueCounters {
    const places = ledger.get(queueId) ?? [];
    ledger.set(queueId, places);
    places[place] ??= emptyCounters(options.withinMs ?? knownOf(queueId)?.serviceLevelMs);
    return places[place];
  }

  function rows(): Result<QueueRow[]> {
    const unlisted = [...ledger.keys()].filter((id) => !names.has(id)).sort();
    const found: QueueRow[] = [];
    for (const [place, interval] of intervals.entries()) {
      for (const queue of queues) found.push(rowOf(queue, interval, countersAt(queue.id, place), options.formula));
      for (const id of unlisted) {
        const counters = ledger.get(id)?.[place];
        if (counters) found.push(rowOf(knownOf(id) ?? { id, name: id }, interval, counters, options.formula));
      }
      if (found.length > ROWS_MAX) return tooManyRows();
    }
    return ok(found);
  }

  return {
    take: ({ event }) => stays.take(event),
    unsettled: stays.unsettled,
    finish(asOfMs) {
      stays.finish(asOfMs);
      if (stayCount <= STAYS_MAX) return rows();
      const message = `A report counts at most ${STAYS_MAX} stays in queues; choose a shorter span.`;
      return failed('report.too_many_contacts', message, { staysMax: STAYS_MAX });
    },
  };
}
