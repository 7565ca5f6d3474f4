import type { Strategy } from '../strategy.ts';

/** The first tier in which anybody is free, the longest idle within it (mod_callcenter: top-down; app_queue: linear with penalties). */
export const topDown: Strategy = {
  name: 'top_down',
  measure: (agent, { state, queue }) => state.site.agents[agent.id]?.queues[queue.queue.id]?.tier ?? 1,
};
