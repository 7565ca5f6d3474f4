import type { Capacity } from '../../model/capacity.ts';
import type { AtMs } from '../../model/ids.ts';
import type { Queue } from '../../model/queue.ts';
import { type Bits, bitsInWord } from '../routing/bits.ts';
import type { RoutingClass } from '../routing/class.ts';
import { NOTHING, placeOf } from '../routing/in-hand.ts';
import { objectiveOf } from '../routing/order.ts';
import { queueIndex } from '../routing/tables.ts';
import type { AcdState, Item, Work } from '../state.ts';
import { placesFor, placesTaken } from './room.ts';
import { handleMsOf } from './wait-record.ts';

/** What the agents of a class have in hand, as seen by one item of the class. */
export type WorkInHand = {
  /** Which part of the agents in service can have contacts at all: not those whose phone is away, or who are left alone. */
  readonly reachable: number;
  /** Places for such items that one reachable agent makes free in a ms. */
  readonly freedPerMs: number;
  /** The same without places that come in bulk, four for chats when a call is over: another call takes them all at once. */
  readonly freedOneByOnePerMs: number;
  /** Contacts like those in hand will come again: those that may overtake the item, and which part of the places they take. */
  readonly others: readonly Other[];
  /** A capacity of these agents that stands for all. */
  readonly capacity: Capacity | undefined;
  /** Classes in which somebody waits and that one of these agents may have too. */
  readonly rivals: Bits;
};
/** A contact in hand of a sort that may overtake the item. */
type Other = {
  readonly part: number;
  /** By how much such a contact goes before the item if it comes now; negative: behind it. */
  readonly leadMs: number;
  /** Objective of its queue by that of the item's queue. */
  readonly ratio: number;
};

/** More agents than this are represented by so many, evenly spread. */
const SAMPLE_MAX = 12;
/** A few contacts in hand say little of those to come, so a part is taken as if one more were there that overtakes nobody. */
const DOUBT = 1;

/**
 * Looks at what agents are doing instead of keeping count of arrivals: while contacts wait all of them are busy, so the mix
 * in their hands is the mix of what is served, with its handle times and its priorities, by those very agents.
 */
export function workInHand(state: AcdState, own: RoutingClass, item: Item, staffed: number, nowMs: AtMs): WorkInHand {
  const claimMs = nowMs - (own.lifo ? item.virtualStartMs : item.key);
  const { slots, inHand, capacities } = state.index;
  const sampled = sample(state, own, staffed);
  // The usual contact in hand, of the same kind as the item, is known without looking at the agent's record.
  const alike = own.media.label === null ? placeOf(own.media.channel) : NOTHING;
  const seen: Freed[] = [];
  let reachable = 0;
  let capacity: Capacity | undefined;
  for (const slot of sampled) {
    if (own.media.phone && inHand.away[slot] === 1) continue;
    const theirs = capacity && inHand.channels[slot] === alike ? capacity : capacities[slot];
    if (!theirs) continue;
    reachable += 1;
    capacity ??= theirs;
    if (inHand.channels[slot] !== alike) addFreed(state, own, theirs, slots[slot]!.work, seen);
    else if (alike !== NOTHING) seen.push(freedOne(state, inHand.queues[slot]!, inHand.headStartsMs[slot]!));
  }
  const freed = freedBy(seen, reachable);
  // Agents with small contacts in hand are not counted on: they get another small one before the last is over. Only where
  // there are no others, or nothing at all is in the way, these or the class's own contacts stand for what is to come.
  const freedPerMs =
    freed.largePerMs ||
    freed.allPerMs ||
    (capacity ? placesFor(capacity, own.media) / handleMsOf(state.queues.get(own.queueId)?.waits) : 0);
  const whole = freed.alikePerMs * reachable * (1 + DOUBT / freed.alike);
  const others: Other[] = [];
  for (const one of seen) {
    if (one.places !== 1) continue;
    const other = otherOf(own, one, claimMs, one.perMs / whole);
    if (mayOvertake(other)) others.push(other);
  }
  return {
    reachable: reachable / Math.max(1, sampled.length),
    freedPerMs,
    freedOneByOnePerMs: freed.alikePerMs || freedPerMs,
    others,
    capacity,
    rivals: rivalsOf(state, sampled),
  };
}

/** Places made free in a ms by one agent: by all contacts in hand, by those that take a place or more, by those that take just one. */
function freedBy(seen: readonly Freed[], agents: number) {
  let all = 0;
  let large = 0;
  let one = 0;
  let alike = 0;
  for (const { places, perMs } of seen) {
    all += perMs;
    if (places >= 1) large += perMs;
    if (places !== 1) continue;
    one += perMs;
    alike += 1;
  }
  return { allPerMs: all / agents, largePerMs: large / agents, alikePerMs: one / agents, alike };
}

function rivalsOf({ index }: AcdState, sampled: readonly number[]): Bits {
  const { rows, rowWords, waiting } = index;
  const rivals = new Uint32Array(rowWords);
  for (const slot of sampled) {
    for (let word = 0; word < rowWords; word++) rivals[word]! |= rows[slot * rowWords + word]!;
  }
  for (let word = 0; word < rowWords; word++) rivals[word]! &= waiting[word]!;
  return rivals;
}

/** A contact in hand: how many places it takes, how many of them it is likely to make free in a ms, and where it came from. */
type Freed = {
  readonly places: number;
  readonly perMs: number;
  /** Undefined: it says nothing of those to come. */
  readonly queue: Queue | undefined;
  readonly headStartMs: number;
};

function freedOne(state: AcdState, queueNumber: number, headStartMs: number): Freed {
  const { queue } = state.index.queueList[queueNumber]!;
  return { places: 1, perMs: 1 / handleMsOf(state.queues.get(queue.id)?.waits), queue, headStartMs };
}

function addFreed(state: AcdState, own: RoutingClass, capacity: Capacity, works: readonly Work[], seen: Freed[]): void {
  let small = 0;
  const from = seen.length;
  for (const work of works) {
    const places = placesTaken(capacity, own.media, work);
    if (places === 0) continue;
    if (places < 1) small += 1;
    const perMs = Math.max(1, places) / handleMsOf(state.queues.get(work.queueId)?.waits);
    const queue = work.stage === 'wrap_up' ? undefined : queueIndex(state, work.queueId)?.queue;
    seen.push({ places, perMs, queue, headStartMs: work.headStartMs });
  }
  if (small === 0) return;
  // Several small contacts stand in the way of a large one until the last of them is over: for exponential times that is
  // 1 + 1/2 + 1/3 ... times as long as for one, and makes one place free, not one for each.
  let longer = 0;
  for (let count = 1; count <= small; count++) longer += 1 / count;
  for (let at = from; at < seen.length; at++) {
    const one = seen[at]!;
    if (one.places < 1) seen[at] = { ...one, perMs: one.perMs / longer / small };
  }
}

function otherOf(own: RoutingClass, { queue, headStartMs }: Freed, claimMs: number, part: number): Other {
  if (!queue) return { part, leadMs: 0, ratio: 1 };
  const ratio = objectiveOf(queue) / own.objectiveMs;
  if (queue.order !== 'lifo') return { part, leadMs: headStartMs - claimMs * ratio, ratio };
  // Where the newest goes first everybody who comes later overtakes, but only within that queue.
  return { part, leadMs: queue.id === own.queueId ? Number.POSITIVE_INFINITY : 0, ratio };
}

function mayOvertake({ leadMs, ratio }: Other): boolean {
  return leadMs > 0 || ratio < 1;
}

/** The part of the places that is taken by contacts which come within the next `withinMs` and go first all the same. */
export function overtakenWithin({ others }: WorkInHand, withinMs: number): number {
  let sum = 0;
  for (const { part, leadMs, ratio } of others) {
    // Claims are waits divided by objectives. One that comes t from now has the better claim at the end if its wait,
    // within - t, and its lead are more than `ratio` times the item's wait.
    sum += part * Math.min(1, Math.max(0, 1 - ratio + leadMs / withinMs));
  }
  return sum;
}

/** Slots of agents of the class who are in service: all, or some evenly spread by their number, which is the same everywhere. */
function sample({ index }: AcdState, { eligible }: RoutingClass, staffed: number): number[] {
  const sampled: number[] = [];
  const step = Math.max(1, staffed / SAMPLE_MAX);
  let passed = 0;
  for (let word = 0; word < eligible.length; word++) {
    let bits = eligible[word]! & index.inService[word]!;
    if (bits === 0) continue;
    const last = passed + bitsInWord(bits);
    for (; bits !== 0 && sampled.length * step < last; bits &= bits - 1) {
      if (passed >= sampled.length * step) sampled.push((word << 5) + 31 - Math.clz32(bits & -bits));
      passed += 1;
    }
    passed = last;
  }
  return sampled;
}
