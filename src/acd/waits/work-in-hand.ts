import type { Capacity } from '../../model/capacity.ts';
import type { AtMs } from '../../model/ids.ts';
import { type Bits, bitsInWord } from '../routing/bits.ts';
import type { RoutingClass } from '../routing/class.ts';
import { objectiveOf } from '../routing/order.ts';
import type { AcdState, AgentRecord, Item, Work } from '../state.ts';
import { handleMsOf } from '../wait-record.ts';
import { placesFor, placesTaken } from './room.ts';

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
  const agents = sample(state, own, staffed);
  const seen: Freed[] = [];
  let reachable = 0;
  let capacity: Capacity | undefined;
  for (const agent of agents) {
    const theirs = capacityOf(state, agent);
    if (!theirs || isAway(own, agent)) continue;
    reachable += 1;
    capacity ??= theirs;
    addFreed(state, own, theirs, agent.work, seen);
  }
  const perAgent = (freed: readonly Freed[]): number => freed.reduce((sum, { perMs }) => sum + perMs, 0) / reachable;
  const alike = seen.filter(({ places }) => places === 1);
  const alikePerMs = perAgent(alike);
  // Agents with small contacts in hand are not counted on: they get another small one before the last is over. Only where
  // there are no others, or nothing at all is in the way, these or the class's own contacts stand for what is to come.
  const freedPerMs =
    perAgent(seen.filter(({ places }) => places >= 1)) ||
    perAgent(seen) ||
    (capacity ? placesFor(capacity, own.media) / handleMsOf(state.queues.get(own.queueId)?.waits) : 0);
  const whole = alikePerMs * reachable * (1 + DOUBT / alike.length);
  return {
    reachable: reachable / Math.max(1, agents.length),
    freedPerMs,
    freedOneByOnePerMs: alikePerMs || freedPerMs,
    others: alike.map(({ perMs, work }) => otherOf(state, own, work, claimMs, perMs / whole)).filter(mayOvertake),
    capacity,
    rivals: rivalsOf(state, agents),
  };
}

function rivalsOf({ index }: AcdState, agents: readonly AgentRecord[]): Bits {
  const { rows, rowWords, waiting } = index;
  const rivals = new Uint32Array(rowWords);
  for (const { slot } of agents) {
    for (let word = 0; word < rowWords; word++) rivals[word]! |= rows[slot * rowWords + word]!;
  }
  for (let word = 0; word < rowWords; word++) rivals[word]! &= waiting[word]!;
  return rivals;
}

/** A contact in hand: how many places it takes, and how many of them it is likely to make free in a ms. */
type Freed = { readonly work: Work; readonly places: number; readonly perMs: number };

function addFreed(state: AcdState, own: RoutingClass, capacity: Capacity, works: readonly Work[], seen: Freed[]): void {
  let small = 0;
  const from = seen.length;
  for (const work of works) {
    const places = placesTaken(capacity, own.media, work);
    if (places === 0) continue;
    if (places < 1) small += 1;
    const perMs = Math.max(1, places) / handleMsOf(state.queues.get(work.queueId)?.waits);
    seen.push({ work, places, perMs });
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

function otherOf(state: AcdState, own: RoutingClass, work: Work, claimMs: number, part: number): Other {
  const queue = state.index.queues.get(work.queueId)?.queue;
  if (work.stage === 'wrap_up' || !queue) return { part, leadMs: 0, ratio: 1 };
  const ratio = objectiveOf(queue) / own.objectiveMs;
  if (queue.order !== 'lifo') return { part, leadMs: work.headStartMs - claimMs * ratio, ratio };
  // Where the newest goes first everybody who comes later overtakes, but only within that queue.
  return { part, leadMs: work.queueId === own.queueId ? Number.POSITIVE_INFINITY : 0, ratio };
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

function isAway({ media }: RoutingClass, agent: AgentRecord): boolean {
  return media.phone && (agent.phone === 'unreachable' || agent.restUntilMs !== null);
}

function capacityOf({ site }: AcdState, agent: AgentRecord): Capacity | undefined {
  const about = site.agents[agent.id];
  return about && (site.capacities[about.capacity] ?? site.capacities['default']);
}

/** Agents of the class who are in service: all, or some evenly spread by their number, which is the same everywhere. */
function sample({ index }: AcdState, { eligible }: RoutingClass, staffed: number): AgentRecord[] {
  const agents: AgentRecord[] = [];
  const step = Math.max(1, staffed / SAMPLE_MAX);
  let passed = 0;
  for (let word = 0; word < eligible.length; word++) {
    let bits = eligible[word]! & index.inService[word]!;
    if (bits === 0) continue;
    const last = passed + bitsInWord(bits);
    for (; bits !== 0 && agents.length * step < last; bits &= bits - 1) {
      if (passed >= agents.length * step) agents.push(index.slots[(word << 5) + 31 - Math.clz32(bits & -bits)]!);
      passed += 1;
    }
    passed = last;
  }
  return agents;
}
