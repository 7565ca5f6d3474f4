import type { Strategy } from '../strategy.ts';

/** Who has talked least since login, in ms (mod_callcenter: agent-with-least-talk-time). */
export const leastTalkTime: Strategy = {
  name: 'least_talk_time',
  measure: (agent) => agent.talkMs,
};
