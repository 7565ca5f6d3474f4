import type { Strategy } from '../strategy.ts';

/** Who has been without work longest (app_queue: leastrecent; mod_callcenter: longest-idle-agent). The measure is since when. */
export const longestIdle: Strategy = {
  name: 'longest_idle',
  measure: (agent) => agent.idleSinceMs,
};
