import type { EventOf } from '../../model/event.ts';
import type { AtMs } from '../../model/ids.ts';

/**
 * What a queue remembers of waits, from which new ones are estimated. Part of the state: only `apply` calls what changes it.
 * Running means of fixed size in which newer contacts weigh more, so that a record never grows.
 */
export type WaitRecord = {
  /** Mean time that a contact takes of an agent: ringing, talk and wrap-up. Null: nothing known yet. */
  handleMs: number | null;
  /** How many contacts stand behind the means, as far as they are remembered. */
  handled: number;
  /** Mean time from the offer that was answered to its answer. */
  ringMs: number;
  /** Waiting time of all who left, and how many of them gave up: the patience is one by the other. */
  waitedMs: number;
  abandons: number;
  /** Estimates that were compared with the wait that came of them: number, sum of absolute errors, actual waits within the 90 % bound. */
  compared: number;
  errorMs: number;
  withinP90: number;
};

/** What is taken for the mean handle time where nothing is known: three minutes is common for calls. It counts like `DEFAULT_CONTACTS` contacts. */
export const DEFAULT_HANDLE_MS = 180_000;
const DEFAULT_CONTACTS = 4;
/** The last 200 contacts or so count: that is within 5 % where talks vary as much as exponential ones. */
const HANDLED_MEMORY = 200;
/** Patience changes slowly and few give up, so it takes more contacts to know it. */
const PATIENCE_MEMORY = 1000;
/** With fewer who gave up than this nothing is known about patience, and nobody is expected to give up. */
const ABANDONS_MIN = 3;

export function emptyWaitRecord(): WaitRecord {
  return { handleMs: null, handled: 0, ringMs: 0, waitedMs: 0, abandons: 0, compared: 0, errorMs: 0, withinP90: 0 };
}

/**
 * An agent is done with talking to a contact: the offer was made, answered and is over now. What wrap-up adds comes by
 * `wrapUpEnded`.
 */
export function contactHandled(waits: WaitRecord, madeAtMs: AtMs, answeredAtMs: AtMs, nowMs: AtMs): void {
  waits.handled = Math.min(waits.handled + 1, HANDLED_MEMORY);
  const before = waits.handleMs ?? DEFAULT_HANDLE_MS;
  waits.handleMs = before + (nowMs - madeAtMs - before) * weightOfOne(waits);
  waits.ringMs += (answeredAtMs - madeAtMs - waits.ringMs) / waits.handled;
}

/** A wrap-up is over: its time belongs to a contact that was counted already, so it is added to the mean. */
export function wrapUpEnded(waits: WaitRecord, wrapUpMs: number): void {
  if (waits.handleMs !== null) waits.handleMs += wrapUpMs * weightOfOne(waits);
}

function weightOfOne({ handled }: WaitRecord): number {
  return 1 / Math.min(handled + DEFAULT_CONTACTS, HANDLED_MEMORY);
}

/**
 * A contact leaves its queue. Whoever was answered, sent on or lost has shown patience for as long as it waited without
 * giving up: with such censored samples the estimate of an exponential patience is the time waited by all, by the number who
 * gave up.
 */
export function contactLeft(
  waits: WaitRecord,
  waitedMs: number,
  reason: EventOf<'contact.dequeued'>['reason'],
  estimate: { readonly p50Ms: number; readonly p90Ms: number } | null,
): void {
  const kept = 1 - 1 / PATIENCE_MEMORY;
  waits.waitedMs = waits.waitedMs * kept + waitedMs;
  waits.abandons = waits.abandons * kept + (reason === 'abandoned' ? 1 : 0);
  // Only an answer says how long the wait was in the end; of those who left before it is known only that it was longer.
  if (reason !== 'answered' || !estimate) return;
  waits.compared += 1;
  waits.errorMs += Math.abs(waitedMs - estimate.p50Ms);
  if (waitedMs <= estimate.p90Ms) waits.withinP90 += 1;
}

export function handleMsOf(waits: WaitRecord | undefined): number {
  return Math.max(1, waits?.handleMs ?? DEFAULT_HANDLE_MS);
}

/** Mean time after which a waiting contact gives up; infinite where nobody does. */
export function patienceMsOf(waits: WaitRecord | undefined): number {
  if (!waits || waits.abandons < ABANDONS_MIN) return Number.POSITIVE_INFINITY;
  return Math.max(1, waits.waitedMs / waits.abandons);
}
