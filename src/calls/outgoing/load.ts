import type { AtMs, TrunkId } from '../../model/ids.ts';
import { timeZoneNamed } from '../../model/time-zone.ts';
import type { CallsState, Leg, Spent } from '../state.ts';
import type { Load } from './ways.ts';

const MINUTE_MS = 60_000;

/** How busy the ways to the outside are now. */
export function loadOf(state: CallsState, atMs: AtMs): Load {
  const outside = [...state.outside.values()];
  const today = dayOf(state, atMs);
  const before = state.spent.day === today ? state.spent.cost : 0;
  return {
    calls: outside.length,
    callsOf: (trunkId: TrunkId) => outside.filter(({ way }) => way?.trunkId === trunkId).length,
    cost: outside.reduce((sum, leg) => sum + costOf(leg, atMs), before),
  };
}

/** What a leg costs until this moment: each minute that has begun. One that rings is counted as a minute. */
export function costOf({ cost, answeredAtMs }: Leg, atMs: AtMs): number {
  if (cost === 0) return 0;
  if (answeredAtMs === null) return cost;
  return cost * Math.max(1, Math.ceil((atMs - answeredAtMs) / MINUTE_MS));
}

/** Adds what a leg has cost that is over. It counts for the day on which it ends. */
export function spentWith(state: CallsState, leg: Leg, atMs: AtMs): Spent {
  const day = dayOf(state, atMs);
  const before = state.spent.day === day ? state.spent.cost : 0;
  const cost = leg.answeredAtMs === null ? 0 : costOf(leg, atMs);
  return { day, cost: before + cost };
}

/** The day in the site's zone; a zone that is unknown here counts as UTC. */
function dayOf({ site }: CallsState, atMs: AtMs): string {
  return (timeZoneNamed(site.timeZone) ?? timeZoneNamed('UTC')!).dateAt(atMs);
}
