import type { Desk } from '../controller/desk.ts';
import type { AtMs } from '../model/ids.ts';
import type { Interval } from '../reports/intervals.ts';
import { QUEUE_REPORT_KINDS, type QueueReport } from '../reports/queue-report.ts';
import { ApiError } from './errors.ts';

/** How far after the end of the report the outcome of its contacts is looked for. */
export const OUTCOME_WITHIN_MS = 86_400_000;
/** The first look after the end; each further one reaches twice as far. */
const FIRST_LOOK_MS = 900_000;

/**
 * Feeds the report from the journal: the span itself, and as much of what came later as is needed to know what became
 * of the contacts of the span. Returns the moment up to which was read. Throws ApiError with the failure of the desk.
 */
export async function readInto(report: QueueReport, desk: Desk, span: Interval, nowMs: AtMs): Promise<AtMs> {
  // What happened in this very millisecond is to be seen too.
  const present = nowMs + 1;
  const last = Math.min(present, span.toMs + OUTCOME_WITHIN_MS);
  let fromMs = span.fromMs;
  let toMs = Math.min(span.toMs, present);
  let lookMs = FIRST_LOOK_MS;
  while (fromMs < toMs) {
    const read = await desk.entries({ fromMs, toMs, kinds: QUEUE_REPORT_KINDS }, report.take);
    if (!read.ok) throw new ApiError(read.failure);
    fromMs = toMs;
    if (report.unsettled() > 0) toMs = Math.min(toMs + lookMs, last);
    lookMs *= 2;
  }
  return Math.min(toMs, nowMs);
}
