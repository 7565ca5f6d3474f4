import type { AtMs } from '../../model/ids.ts';
import type { Item } from '../state.ts';

/** With fewer ahead one place more or less is too large a part of the wait. */
const AHEAD_MIN = 15;
/** An estimate is carried on until its age is this part of the wait: it cannot be off by much more. */
const AGE_PART_MAX = 0.02;
/** So many of those that stand just before the item are looked at. */
const LOOK_BACK_MAX = 8;

/** What a contact is told that comes behind one that was told just now: as long as that one has left, and some places more. */
export type CarriedOn = { readonly p50Ms: number; readonly p90Ms: number; readonly basisMs: AtMs };

/**
 * The estimate of a contact just before, carried on by the places between, when the item stands far back in a line; undefined
 * when it is to be worked out from the ground. Priority may have put the item among those that came long ago, so it is looked
 * for one that came of late. It follows from what is kept of items, so another process tells the same.
 */
export function carriedOn(item: Item, nowMs: AtMs): CarriedOn | undefined {
  const line = item.standsIn?.line;
  if (!line || line.length <= AHEAD_MIN || item.hold.length > 0) return undefined;
  const ahead = line.ahead(item);
  for (let back = 1; back <= LOOK_BACK_MAX && ahead - back >= AHEAD_MIN - 1; back++) {
    const before = line.at(ahead - back)!;
    if (!before.estimate || before.hold.length > 0) continue;
    const { p50Ms, p90Ms, basisMs } = before.estimate;
    const passedMs = nowMs - before.queuedAtMs;
    if (passedMs < 0 || nowMs - basisMs > AGE_PART_MAX * p50Ms) continue;
    const longer = (ahead + 1) / (ahead + 1 - back);
    return {
      p50Ms: Math.round(Math.max(0, p50Ms - passedMs) * longer),
      p90Ms: Math.round(Math.max(0, p90Ms - passedMs) * longer),
      basisMs,
    };
  }
  return undefined;
}
