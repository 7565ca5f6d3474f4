import type { Channel } from '../model/channel.ts';
import type { AtMs } from '../model/ids.ts';
import { countBits, hasBit } from './routing/bits.ts';
import { classOf, type RoutingClass } from './routing/class.ts';
import type { RoutingIndex } from './routing/tables.ts';
import type { AcdState, Item } from './state.ts';
import { type FirstPlaces, firstPlaces, meanWaitMs, waitQuantiles } from './waits/quantiles.ts';
import { placesTaken } from './waits/room.ts';
import { commonAgents, lotNumber, type Staff, staffNow, staffOf } from './waits/staff.ts';
import { patienceMsOf } from './waits/wait-record.ts';
import { overtakenWithin, type WorkInHand, workInHand } from './waits/work-in-hand.ts';

/** Waits of items like this one from now on: half are shorter than `p50Ms`, nine of ten shorter than `p90Ms`. Whole ms. */
export type WaitEstimate = { readonly p50Ms: number; readonly p90Ms: number };

/** What has the better claim to the item's agents, in places of the item's kind. */
type Ahead = {
  /** Contacts of its own class, and those of others that only agents of its class can have in the end. */
  sure: number;
  /** Whether contacts are among them that need several places at once: they wait for places that come in bulk. */
  large: boolean;
  /** Contacts of other classes that hold up only a part of the agents, in pairs: how many, and which part. */
  readonly partly: number[];
};

/** Where more other classes wait than this for some of the same agents, so many stand for all of them. */
const RIVALS_MAX = 32;
/** Lots are numbers below this. */
const LOTS = 2 ** 32;
/** Steps by halves between the shortest and the longest wait that can be: a factor of 100,000 comes down to 5 %. */
const HALVINGS = 8;
/** A wait that leads to itself as closely as this is taken at once. */
const AGREES = 0.01;
/** However much goes first, something is left: nobody is told of a wait without end because of one busy moment. */
const OVERTAKEN_MAX = 0.95;
/** Channels on which somebody waits who may give up; the others wait by themselves. */
const HELD_BY_A_PERSON: ReadonlySet<Channel> = new Set<Channel>(['voice', 'video', 'chat']);
/** A wait longer than a week is given as a week. */
export const ESTIMATE_MS_MAX = 7 * 24 * 3_600_000;

/**
 * How long an item has still to wait, by what stands before it, who is in service and what they have in hand. Null when
 * nobody who may have it is in service. 0 when somebody is free for it. It looks at the state as it is and nothing else;
 * where only some of many agents are looked at, they are drawn by their place in the site.
 * The method and its measured error are in docs/performance.md, "Estimated wait".
 */
export function estimateWait(state: AcdState, item: Item, nowMs: AtMs): WaitEstimate | null {
  const own = item.standsIn ?? classOf(state, item);
  const kept = own ? estimateIn(state, own, item, nowMs) : null;
  if (item.hold.length === 0 || item.holdUntilMs === null) return kept;
  // Kept for somebody, it is served by that agent, or after that by anybody in the place that it keeps.
  const anybodys = classOf(state, { ...item, hold: [] });
  const open = anybodys ? estimateIn(state, anybodys, item, nowMs) : null;
  if (!kept || !open) return kept ?? open;
  const heldMs = Math.max(0, item.holdUntilMs - nowMs);
  return {
    p50Ms: Math.min(kept.p50Ms, Math.max(heldMs, open.p50Ms)),
    p90Ms: Math.min(kept.p90Ms, Math.max(heldMs, open.p90Ms)),
  };
}

function estimateIn(state: AcdState, own: RoutingClass, item: Item, nowMs: AtMs): WaitEstimate | null {
  const staff = staffNow(state.index);
  const staffed = staffOf(staff, own);
  if (staffed === 0) return null;
  if (someoneFree(own)) return { p50Ms: 0, p90Ms: 0 };
  const hand = workInHand(state, own, item, staffed, nowMs);
  const ahead = claimsAhead(staff, own, item, hand, nowMs);
  const servedPerMs = staffed * hand.reachable * (ahead.large ? hand.freedOneByOnePerMs : hand.freedPerMs);
  if (servedPerMs === 0) return null;
  const waits = state.queues.get(item.queueId)?.waits;
  const patienceMs = patienceMsOf(waits);
  const withinMs = solve({ ahead, hand, places: firstPlaces(servedPerMs, patienceMs) });
  const found = waitQuantiles({
    ahead: aheadWithin(ahead, servedPerMs, withinMs),
    servedPerMs,
    overtaken: overtaken(hand, withinMs),
    patienceMs,
    ownPatienceMs: HELD_BY_A_PERSON.has(item.channel) ? patienceMs : Number.POSITIVE_INFINITY,
  });
  const ringMs = waits?.ringMs ?? 0;
  return { p50Ms: rounded(found.p50Ms + ringMs), p90Ms: rounded(found.p90Ms + ringMs) };
}

function rounded(ms: number): number {
  return Math.round(Math.min(ms, ESTIMATE_MS_MAX));
}

function someoneFree({ eligible, media }: RoutingClass): boolean {
  if (media.freeCount === 0) return false;
  for (let word = 0; word < eligible.length; word++) if ((eligible[word]! & media.free[word]!) !== 0) return true;
  return false;
}

/**
 * Counts who goes first. Of another class those count whom agents of this class are likely to take: as large a part as
 * these are of the agents who serve that class. They hold up no more agents than serve both, which `partly` is for.
 */
function claimsAhead(staff: Staff, own: RoutingClass, item: Item, hand: WorkInHand, nowMs: AtMs): Ahead {
  const staffed = staffOf(staff, own);
  const ahead: Ahead = { sure: own.line.ahead(item), large: false, partly: [] };
  const { drawn, each: times } = drawRivals(staff.index, own, hand);
  for (const other of drawn) {
    const contacts = firstOf(own, other, item, nowMs);
    if (contacts === 0) continue;
    const same = other.media === own.media || !hand.capacity;
    const places = same ? 1 : placesTaken(hand.capacity!, own.media, other.media);
    if (places > 1) {
      ahead.large = true;
      continue;
    }
    // Who serves both is known of all agents; of those in service it is taken to be the same part.
    const part = commonAgents(staff, own, other) / own.eligibleCount;
    const count = inFractions(
      contacts * times * places * Math.min(1, (part * staffed) / Math.max(1, staffOf(staff, other))),
    );
    if (part === 1) ahead.sure += count;
    else ahead.partly.push(count, part);
  }
  return ahead;
}

/** In steps of 1/1024, so that a sum is the same in whatever order the classes come, which differs between processes. */
function inFractions(count: number): number {
  return Math.round(count * 1024) / 1024;
}

/** The other classes that are looked at, each for `each` of them: all of a few, of many some that are drawn by lot. */
function drawRivals(
  index: RoutingIndex,
  own: RoutingClass,
  { rivals }: WorkInHand,
): { drawn: RoutingClass[]; each: number } {
  const all = countBits(rivals) - (hasBit(rivals, own.number) ? 1 : 0);
  const below = all <= RIVALS_MAX ? LOTS : (LOTS * RIVALS_MAX) / all;
  const drawn: RoutingClass[] = [];
  for (let word = 0; word < rivals.length; word++) {
    for (let rest = rivals[word]!; rest !== 0; rest &= rest - 1) {
      const number = (word << 5) + 31 - Math.clz32(rest & -rest);
      if (number !== own.number && (below === LOTS || lotNumber(index, number) < below)) {
        drawn.push(index.classes[number]!);
      }
    }
  }
  return { drawn, each: all / Math.max(1, drawn.length) };
}

/** How many contacts of another class go before the item. */
function firstOf(own: RoutingClass, other: RoutingClass, item: Item, nowMs: AtMs): number {
  if (other.queueId === own.queueId || (!own.lifo && !other.lifo && own.objectiveMs === other.objectiveMs)) {
    return other.line.ahead(item);
  }
  // Claims that grow at different speeds are compared as they will be when half of the item's objective is over.
  const thenMs = nowMs + own.objectiveMs / 2;
  const sinceMs = own.lifo ? item.virtualStartMs : item.key;
  const key = thenMs - (thenMs - sinceMs) * (other.objectiveMs / own.objectiveMs);
  if (!other.lifo) return other.line.ahead({ contactId: item.contactId, key });
  // In a line that goes by the newest those behind it are older still, and go before the item if the first does.
  const first = other.line.first();
  return first && first.virtualStartMs < key ? other.line.length : 0;
}

/** What a wait is worked out from, with the first places of the line added up. */
type Course = { readonly ahead: Ahead; readonly hand: WorkInHand; readonly places: FirstPlaces };

/** How many go first, and how many overtake, depends on how long the wait is: the one whose mean agrees with itself. */
function solve(course: Course): number {
  const { ahead, hand, places } = course;
  const firstMs = meanWithin(course, ESTIMATE_MS_MAX);
  const secondMs = meanWithin(course, firstMs);
  if (Math.abs(secondMs - firstMs) <= AGREES * firstMs) return firstMs;
  // Whatever the wait is, it takes one place to be made free, and the longest is with everything in the way at once.
  let shortMs = 1 / places.served;
  const everything = aheadWithin(ahead, places.served, ESTIMATE_MS_MAX);
  let longMs = Math.min(ESTIMATE_MS_MAX, meanWaitMs(places, everything, overtaken(hand, shortMs)) + firstMs);
  for (let step = 0; step < HALVINGS; step++) {
    const middleMs = Math.sqrt(shortMs * longMs);
    if (meanWithin(course, middleMs) > middleMs) shortMs = middleMs;
    else longMs = middleMs;
  }
  return Math.sqrt(shortMs * longMs);
}

/** The mean of the wait if it took so long. */
function meanWithin({ ahead, hand, places }: Course, withinMs: number): number {
  return meanWaitMs(places, aheadWithin(ahead, places.served, withinMs), overtaken(hand, withinMs));
}

function aheadWithin({ sure, partly }: Ahead, servedPerMs: number, withinMs: number): number {
  let count = sure;
  for (let at = 0; at < partly.length; at += 2) {
    count += inFractions(Math.min(partly[at]!, withinMs * servedPerMs * partly[at + 1]!));
  }
  return count;
}

function overtaken(hand: WorkInHand, withinMs: number): number {
  return Math.min(OVERTAKEN_MAX, overtakenWithin(hand, withinMs));
}
