import type { AgentRecord } from '../../state.ts';
import { loadOf } from '../capacity.ts';
import type { Choice, Strategy } from '../strategy.ts';

/** Who has been without work longest (app_queue: leastrecent; mod_callcenter: longest-idle-agent). The measure is since when. */
export const longestIdle: Strategy = {
  name: 'longest_idle',
  measure: idleSince,
  byIdleness: true,
};

/** Who has anything in hand is not idle at all, and comes after all who are: the least loaded first. */
export function idleSince(agent: AgentRecord, { state, nowMs }: Choice): number {
  if (agent.work.length === 0) return agent.idleSinceMs;
  const capacity = state.index.capacities[agent.slot];
  return nowMs + (capacity ? loadOf(capacity, agent.work) : 0);
}
