import type { AtMs } from '../../model/ids.ts';
import type { AcdState, Item } from '../state.ts';
import { staffNow, staffOf } from './staff.ts';

/** With fewer ahead one place more or less is too large a part of the wait. */
const AHEAD_MIN = 15;
/** An estimate is carried on until its age is this part of the wait: so fast neither talks nor patience become others. */
const AGE_PART_MAX = 0.1;
/** So many of those that stand just before the item are looked at. */
const LOOK_BACK_MAX = 8;
/** When so large a part of the agents came or went since, it is worked out anew. */
const STAFF_PART_MAX = 0.02;
/** So much longer or shorter a line does not become in that time, unless another line is meant: a rule was changed, a hold ended. */
const LONGER_MAX = 1.25;

/** What a contact is told that comes soon after one that was told: as long for each place ahead and agent. */
export type CarriedOn = { readonly p50Ms: number; readonly p90Ms: number; readonly basisMs: AtMs };

/**
 * The estimate of a contact just before, carried on by how many were ahead of that one and how many served it when it came,
 * when the item stands far back in a line; undefined when it is to be worked out from the ground. Priority may have put the
 * item among those that came long ago, so it is looked for one that came of late. It follows from what is kept of items, so
 * another process tells the same. In a large centre with long lines four of five estimates are found so,
 * without a look at agents or other lines.
 */
export function carriedOn(state: AcdState, item: Item, nowMs: AtMs): CarriedOn | undefined {
  const own = item.standsIn;
  if (!own || own.line.length <= AHEAD_MIN || item.hold.length > 0) return undefined;
  const ahead = own.line.ahead(item);
  if (ahead < AHEAD_MIN) return undefined;
  const staffed = staffOf(staffNow(state.index), own);
  if (staffed === 0) return undefined;
  for (let back = 1; back <= LOOK_BACK_MAX; back++) {
    const before = own.line.at(ahead - back)!;
    const told = before.estimate;
    if (!told || told.ahead < AHEAD_MIN || before.hold.length > 0) continue;
    if (nowMs - told.basisMs > AGE_PART_MAX * told.p50Ms) continue;
    if (Math.abs(staffed - told.staffed) > STAFF_PART_MAX * staffed) continue;
    const longer = ((ahead + 1) / (told.ahead + 1)) * (told.staffed / staffed);
    if (longer > LONGER_MAX || longer < 1 / LONGER_MAX) continue;
    return {
      p50Ms: Math.round(told.p50Ms * longer),
      p90Ms: Math.round(told.p90Ms * longer),
      basisMs: told.basisMs,
    };
  }
  return undefined;
}
