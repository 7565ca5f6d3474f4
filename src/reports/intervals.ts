import { failed, ok, type Result } from '../model/failure.ts';
import type { AtMs } from '../model/ids.ts';
import { startOfNextDay, type TimeZone } from '../model/time-zone.ts';

/** From `fromMs` (included) to `toMs` (not included). */
export type Interval = { readonly fromMs: AtMs; readonly toMs: AtMs };

export const INTERVAL_NAMES = ['5m', '15m', '30m', '1h', '1d', 'whole'] as const;
export type IntervalName = (typeof INTERVAL_NAMES)[number];

/** Longest span of one report. */
export const REPORT_MS_MAX = 400 * 86_400_000;
/** Most rows of one report: intervals times queues. */
export const ROWS_MAX = 10_000;

const STEP_MS = { '5m': 300_000, '15m': 900_000, '30m': 1_800_000, '1h': 3_600_000 } as const;

/**
 * Splits a span into intervals. They begin at the round times of the zone's clock (as it stood at the span's start:
 * that matters only where the offset from UTC is no multiple of the interval), days at the zone's own midnight, so a
 * day of a clock change has 23 or 25 hours. The first and the last interval are cut to the span.
 * Failures: `report.range_empty`, `report.range_too_long`, `report.too_many_rows`.
 */
export function splitIntoIntervals(span: Interval, interval: IntervalName, zone: TimeZone): Result<Interval[]> {
  if (span.fromMs >= span.toMs) return failed('report.range_empty', 'The report must end after it begins.');
  if (span.toMs - span.fromMs > REPORT_MS_MAX) {
    return failed('report.range_too_long', 'A report spans at most 400 days.', { daysMax: 400 });
  }
  const next = boundaryAfter(span.fromMs, interval, zone);
  const intervals: Interval[] = [];
  let fromMs = span.fromMs;
  while (fromMs < span.toMs) {
    if (intervals.length === ROWS_MAX) return tooManyRows();
    const toMs = Math.min(next(fromMs), span.toMs);
    intervals.push({ fromMs, toMs });
    fromMs = toMs;
  }
  return ok(intervals);
}

export function tooManyRows(): ReturnType<typeof failed> {
  const message = `A report has at most ${ROWS_MAX} rows; choose longer intervals, a shorter span or one queue.`;
  return failed('report.too_many_rows', message, { rowsMax: ROWS_MAX });
}

function boundaryAfter(startMs: AtMs, interval: IntervalName, zone: TimeZone): (atMs: AtMs) => AtMs {
  if (interval === 'whole') return () => Number.POSITIVE_INFINITY;
  if (interval === '1d') return (atMs) => startOfNextDay(atMs, zone);
  const stepMs = STEP_MS[interval];
  const offsetMs = zone.offsetMsAt(startMs);
  return (atMs) => (Math.floor((atMs + offsetMs) / stepMs) + 1) * stepMs - offsetMs;
}

/** Place of the interval that a moment lies in, or -1. The intervals are in order and leave no gap. */
export function intervalAt(intervals: readonly Interval[], atMs: AtMs): number {
  let low = 0;
  let high = intervals.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const interval = intervals[middle]!;
    if (atMs < interval.fromMs) high = middle - 1;
    else if (atMs >= interval.toMs) low = middle + 1;
    else return middle;
  }
  return -1;
}
