import { type Bits, countCommon, eachBit, hasBit } from '../routing/bits.ts';
import type { RoutingClass } from '../routing/class.ts';
import type { RoutingIndex } from '../routing/tables.ts';

/**
 * How many agents serve a class, and how many serve two, remembered. All of it follows from the index alone, so it does not
 * matter when something was remembered: another process, or one that started from a snapshot, finds the same numbers.
 */
export type Staff = {
  /** Who was in service when the counts were brought up last. */
  inService: Bits;
  /** By number of class. */
  readonly known: (Known | undefined)[];
  pairs: number;
};
/** What is known of one class; numbers of classes are given again, so the class itself is kept beside it. */
type Known = {
  readonly of: RoutingClass;
  staffed: number;
  /** A number that comes from what the class is, the same in every process. */
  readonly lot: number;
  /** By number of the other class: for which class the count is, and how many agents may have both. */
  readonly others: (RoutingClass | undefined)[];
  readonly common: number[];
};

/** Beyond this all pairs are forgotten and counted anew as they are needed; about 32 MB. */
const PAIRS_MAX = 2_000_000;

const remembered = new WeakMap<RoutingIndex, Staff>();

/** Brings the counts up to who is in service now; to be called first. A change of a few agents costs no more than their classes. */
export function staffNow(index: RoutingIndex): Staff {
  let staff = remembered.get(index);
  if (!staff || staff.inService.length !== index.inService.length) {
    staff = { inService: index.inService.slice(), known: [], pairs: 0 };
    remembered.set(index, staff);
    return staff;
  }
  const { inService } = staff;
  for (let word = 0; word < inService.length; word++) {
    const changed = inService[word]! ^ index.inService[word]!;
    if (changed === 0) continue;
    inService[word] = index.inService[word]!;
    for (let rest = changed; rest !== 0; rest &= rest - 1) {
      recount(index, staff, (word << 5) + 31 - Math.clz32(rest & -rest));
    }
  }
  return staff;
}

function recount(index: RoutingIndex, { known }: Staff, slot: number): void {
  const by = hasBit(index.inService, slot) ? 1 : -1;
  eachBit(index.rows.subarray(slot * index.rowWords, (slot + 1) * index.rowWords), (number) => {
    const one = known[number];
    if (one && one.of === index.classes[number]) one.staffed += by;
  });
}

function knownOf(staff: Staff, one: RoutingClass): Known {
  const known = staff.known[one.number];
  if (known?.of === one) return known;
  const staffed = countCommon(one.eligible, staff.inService);
  const made: Known = { of: one, staffed, lot: lotOf(one), others: [], common: [] };
  // Numbers come in any order: an array that grows from its end stays a plain array.
  while (staff.known.length < one.number) staff.known.push(undefined);
  staff.known[one.number] = made;
  return made;
}

/** Agents in service who may have the items of a class. */
export function staffOf(staff: Staff, one: RoutingClass): number {
  return knownOf(staff, one).staffed;
}

/** A number from 0 to below 2^32 by which some of many classes can be drawn. */
export function lotNumber(staff: Staff, one: RoutingClass): number {
  return knownOf(staff, one).lot;
}

/** Agents, in service or not, who may have the items of both classes. */
export function commonAgents(staff: Staff, one: RoutingClass, other: RoutingClass): number {
  const { others, common } = knownOf(staff, one);
  if (others[other.number] === other) return common[other.number]!;
  const count = countCommon(one.eligible, other.eligible);
  if (staff.pairs >= PAIRS_MAX) forgetPairs(staff);
  while (others.length < other.number) {
    others.push(undefined);
    common.push(0);
  }
  others[other.number] = other;
  common[other.number] = count;
  staff.pairs += 1;
  return count;
}

function forgetPairs(staff: Staff): void {
  staff.pairs = 0;
  for (const one of staff.known) {
    if (!one) continue;
    one.others.length = 0;
    one.common.length = 0;
  }
}

/** 32-bit FNV-1a over what sets the class apart (Fowler, Noll, Vo). */
function lotOf({ queueId, media, step, demand }: RoutingClass): number {
  const text = JSON.stringify([queueId, media.channel, media.label, step, demand]);
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
