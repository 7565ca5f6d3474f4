import type { RejectedBecause } from '../../model/explanation.ts';
import type { AtMs } from '../../model/ids.ts';
import type { AcdState, AgentRecord, Item } from '../state.ts';
import { countCommon } from './bits.ts';
import { classOf, type RoutingClass } from './class.ts';
import { STRATEGY } from './strategies.ts';
import type { Choice } from './strategy.ts';
import { queueIndex, REASONS } from './tables.ts';

/** An agent who may have an item, with what decides among several. */
export type Candidate = {
  readonly agent: AgentRecord;
  /** Place among the agents that the item names, or the lack of skills that it prefers; 0 where neither is asked. */
  readonly rank: number;
  readonly measure: number;
};

/** How many candidates are kept for the explanation. */
const KEPT = 3;

/** The best candidates for an item at this moment, the winner first, at most three; none: nobody is free. */
export function chooseAgent(state: AcdState, item: Item, nowMs: AtMs): Candidate[] {
  const best: Candidate[] = [];
  eachCandidate(state, item, nowMs, (candidate) => {
    let place = best.length;
    while (place > 0 && isBefore(candidate, best[place - 1]!)) place -= 1;
    if (place < KEPT) best.splice(place, 0, candidate);
    if (best.length > KEPT) best.pop();
    return best.length === KEPT ? best[KEPT - 1]!.measure : Number.POSITIVE_INFINITY;
  });
  return best;
}

/** All of them, the one to be rung first in front. */
export function allCandidates(state: AcdState, item: Item, nowMs: AtMs): Candidate[] {
  const all: Candidate[] = [];
  eachCandidate(state, item, nowMs, (candidate) => {
    all.push(candidate);
    return Number.POSITIVE_INFINITY;
  });
  return all.sort((a, b) => (isBefore(a, b) ? -1 : 1));
}

/** Visits everybody who is free and suits; `visit` tells beyond which measure nobody is of interest any more. */
function eachCandidate(state: AcdState, item: Item, nowMs: AtMs, visit: (candidate: Candidate) => number): void {
  const one = item.standsIn ?? classOf(state, item);
  const queue = queueIndex(state, item.queueId);
  if (!one || !queue || one.media.freeCount === 0 || (one.media.phone && !state.doorOpen)) return;
  const choice: Choice = { state, queue, item, demand: one.demand, nowMs };
  const strategy = STRATEGY[queue.queue.strategy];
  const prefers = item.hold.length > 0 || hasAny(one.demand.needs.preferred);
  const { eligible, media } = one;
  const { slots, idleSinceMs } = state.index;
  const byIdleness = strategy.byIdleness === true && !prefers;
  let limit = Number.POSITIVE_INFINITY;
  for (let word = 0; word < eligible.length; word++) {
    let bits = eligible[word]! & media.free[word]!;
    while (bits !== 0) {
      const slot = (word << 5) + 31 - Math.clz32(bits & -bits);
      bits &= bits - 1;
      // Most of many idle agents are passed over by one number each; those with work come after everybody idle until now.
      if (byIdleness && limit <= nowMs && idleSinceMs[slot]! > limit) continue;
      const agent = slots[slot]!;
      if (item.offers.length > 0 && agent.work.some(({ contactId }) => contactId === item.contactId)) continue;
      limit = visit({ agent, rank: prefers ? rankOf(state, one, agent) : 0, measure: strategy.measure(agent, choice) });
    }
  }
}

function isBefore(a: Candidate, b: Candidate): boolean {
  if (a.rank !== b.rank) return a.rank < b.rank;
  if (a.measure !== b.measure) return a.measure < b.measure;
  const idle = Number(a.agent.work.length > 0) - Number(b.agent.work.length > 0);
  if (idle !== 0) return idle < 0;
  if (a.agent.idleOrder !== b.agent.idleOrder) return a.agent.idleOrder < b.agent.idleOrder;
  return a.agent.id < b.agent.id;
}

/** Named agents in the order in which they are named; then the larger sum of the preferred levels that are reached. */
function rankOf(state: AcdState, { demand }: RoutingClass, agent: AgentRecord): number {
  const skills = state.site.agents[agent.id]?.skills ?? {};
  let reached = 0;
  for (const skill in demand.needs.preferred) {
    const level = skills[skill] ?? -1;
    if (level >= demand.needs.preferred[skill]!) reached += level;
  }
  return Math.max(0, demand.hold.indexOf(agent.id)) * PER_NAME - reached;
}

/** More than all levels of any agent together. */
const PER_NAME = 1_000_000;

function hasAny(levels: object): boolean {
  for (const _ in levels) return true;
  return false;
}

/** How many of the queue's agents could not have the item, by reason. */
export function rejected(state: AcdState, item: Item): Partial<Record<RejectedBecause, number>> {
  const one = item.standsIn ?? classOf(state, item);
  if (!one) return {};
  const found: Partial<Record<RejectedBecause, number>> = {};
  REASONS.forEach((because, at) => {
    const count = because === null ? 0 : countCommon(one.eligible, one.media.byReason[at]!);
    if (because !== null && count > 0) found[because] = count;
  });
  for (const because of ['skills', 'team', 'held'] as const) {
    if (one.unsuited[because] > 0) found[because] = one.unsuited[because];
  }
  return found;
}
