import type { Strategy } from '../strategy.ts';

/** Whose share of time with anything in hand since login is smallest (Avaya: least occupied agent); in thousandths. */
export const leastOccupied: Strategy = {
  name: 'least_occupied',
  measure: (agent, { nowMs }) => {
    const busyMs = agent.busyMs + (agent.busySinceMs === null ? 0 : nowMs - agent.busySinceMs);
    return Math.round((1000 * busyMs) / Math.max(1, nowMs - (agent.loggedInAtMs ?? nowMs)));
  },
};
