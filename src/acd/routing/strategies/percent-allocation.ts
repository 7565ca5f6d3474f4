import type { Strategy } from '../strategy.ts';

/** The team that is furthest behind its share of the queue's contacts (Avaya: percent allocation); agents without a share come last. */
export const percentAllocation: Strategy = {
  name: 'percent_allocation',
  measure: (agent, { state, queue }) => {
    const team = state.site.agents[agent.id]?.team;
    const share = team == null ? 0 : (queue.queue.shares[team] ?? 0);
    if (share <= 0 || team == null) return Number.MAX_VALUE;
    return ((state.queues.get(queue.queue.id)?.given[team] ?? 0) + 1) / share;
  },
};
