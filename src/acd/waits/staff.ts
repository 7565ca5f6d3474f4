import { type Bits, countCommon, eachBit, hasBit } from '../routing/bits.ts';
import type { RoutingClass } from '../routing/class.ts';
import { UNCOUNTED } from '../routing/heads.ts';
import type { RoutingIndex } from '../routing/tables.ts';

/**
 * How many agents serve a class, and how many serve two, remembered. All of it follows from the index alone, so it does not
 * matter when something was remembered: another process, or one that started from a snapshot, finds the same numbers.
 */
export type Staff = {
  readonly index: RoutingIndex;
  /** Who was in service when the counts were brought up last. */
  inService: Bits;
  /** The index's `serviceChanges` then. */
  changes: number;
  /** By number of class. */
  readonly pairs: (Pairs | undefined)[];
  pairCount: number;
};
/** Agents that one class has in common with others; numbers of classes are given again, so the classes themselves are kept beside. */
type Pairs = {
  readonly of: RoutingClass;
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
    staff = { index, inService: index.inService.slice(), changes: index.serviceChanges, pairs: [], pairCount: 0 };
    remembered.set(index, staff);
    index.heads.staffed.fill(UNCOUNTED);
    return staff;
  }
  if (staff.changes === index.serviceChanges) return staff;
  staff.changes = index.serviceChanges;
  const { inService } = staff;
  for (let word = 0; word < inService.length; word++) {
    const changed = inService[word]! ^ index.inService[word]!;
    if (changed === 0) continue;
    inService[word] = index.inService[word]!;
    for (let rest = changed; rest !== 0; rest &= rest - 1) {
      recount(index, (word << 5) + 31 - Math.clz32(rest & -rest));
    }
  }
  return staff;
}

function recount(index: RoutingIndex, slot: number): void {
  const { staffed } = index.heads;
  const by = hasBit(index.inService, slot) ? 1 : -1;
  eachBit(index.rows.subarray(slot * index.rowWords, (slot + 1) * index.rowWords), (number) => {
    if (staffed[number] !== UNCOUNTED) staffed[number]! += by;
  });
}

/** Agents in service who may have the items of a class. */
export function staffOf({ index, inService }: Staff, { number, eligible }: RoutingClass): number {
  const { staffed } = index.heads;
  if (staffed[number] === UNCOUNTED) staffed[number] = countCommon(eligible, inService);
  return staffed[number]!;
}

/** A number from 0 to below 2^32 by which some of many classes can be drawn: it comes from what the class is, the same in every process. */
export function lotNumber({ classes, heads: { lots } }: RoutingIndex, number: number): number {
  if (lots[number] === UNCOUNTED) lots[number] = lotOf(classes[number]!);
  return lots[number]!;
}

/** Agents, in service or not, who may have the items of both classes. */
export function commonAgents(staff: Staff, one: RoutingClass, other: RoutingClass): number {
  const { others, common } = pairsOf(staff, one);
  if (others[other.number] === other) return common[other.number]!;
  const count = countCommon(one.eligible, other.eligible);
  if (staff.pairCount >= PAIRS_MAX) forgetPairs(staff);
  while (others.length < other.number) {
    others.push(undefined);
    common.push(0);
  }
  others[other.number] = other;
  common[other.number] = count;
  staff.pairCount += 1;
  return count;
}

function pairsOf({ pairs }: Staff, one: RoutingClass): Pairs {
  const known = pairs[one.number];
  if (known?.of === one) return known;
  const made: Pairs = { of: one, others: [], common: [] };
  // Numbers come in any order: an array that grows from its end stays a plain array.
  while (pairs.length < one.number) pairs.push(undefined);
  pairs[one.number] = made;
  return made;
}

function forgetPairs(staff: Staff): void {
  staff.pairCount = 0;
  for (const one of staff.pairs) {
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
