import type { AgentRecord } from '../../state.ts';
import type { Choice, Strategy } from '../strategy.ts';

/** Anyone, each as likely as the other. A replay must choose the same, so the dice are thrown from the ids. */
export const random: Strategy = {
  name: 'random',
  measure: (agent, choice) => dice(agent, choice),
};

/**
 * Anyone, in proportion to the weight of the agent in the queue (app_queue: wrandom): the first of exponential clocks that run
 * as fast as the weights rings at each with just that chance.
 */
export const weightedRandom: Strategy = {
  name: 'weighted_random',
  measure: (agent, choice) => {
    const weight = choice.state.site.agents[agent.id]?.queues[choice.queue.queue.id]?.weight ?? 1;
    return weight > 0 ? -Math.log(dice(agent, choice)) / weight : Number.MAX_VALUE;
  },
};

/** A number above 0 and up to 1 from contact, attempt, time and agent: FNV-1a with the last mixing steps of MurmurHash3. */
function dice(agent: AgentRecord, { item, nowMs }: Choice): number {
  let hash = 0x811c9dc5;
  hash = mixedIn(hash, item.contactId);
  hash = Math.imul(hash ^ item.offerCount, 0x01000193);
  hash = Math.imul(hash ^ (nowMs | 0), 0x01000193);
  hash = mixedIn(hash, agent.id);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (((hash ^ (hash >>> 16)) >>> 0) + 1) / 2 ** 32;
}

function mixedIn(seed: number, text: string): number {
  let hash = seed;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}
