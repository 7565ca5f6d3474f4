import type { AtMs } from '../../model/ids.ts';
import type { Item } from '../state.ts';

/** In a line that is shorter than this one place more is too large a part of the wait. */
const LINE_MIN = 16;
/** An estimate is carried on until its age is this part of the wait: it cannot be off by much more. */
const AGE_PART_MAX = 0.02;

/** What a contact is told that comes behind one that was told just now: as long as that one has left, and one place more. */
export type CarriedOn = { readonly p50Ms: number; readonly p90Ms: number; readonly basisMs: AtMs };

/**
 * The estimate of the contact before, carried on by one place, when the item stands at the end of a long line; undefined when
 * it is to be worked out from the ground. It follows from what is kept of items, so another process tells the same.
 */
export function carriedOn(item: Item, nowMs: AtMs): CarriedOn | undefined {
  const line = item.standsIn?.line;
  if (!line || line.length < LINE_MIN || item.hold.length > 0 || line.last() !== item) return undefined;
  const before = line.beforeLast();
  if (!before?.estimate || before.hold.length > 0) return undefined;
  const { p50Ms, p90Ms, basisMs } = before.estimate;
  const passedMs = nowMs - before.queuedAtMs;
  if (passedMs < 0 || nowMs - basisMs > AGE_PART_MAX * p50Ms) return undefined;
  const longer = line.length / (line.length - 1);
  return {
    p50Ms: Math.round(Math.max(0, p50Ms - passedMs) * longer),
    p90Ms: Math.round(Math.max(0, p90Ms - passedMs) * longer),
    basisMs,
  };
}
