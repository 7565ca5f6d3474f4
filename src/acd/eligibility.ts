import type { QueueId } from '../model/ids.ts';
import type { AcdState, AgentRecord, Item } from './state.ts';

/** Why an agent cannot take anything now; `free` when the agent can. The first reason that holds, in this order. */
export type Availability =
  | 'free'
  | 'talking'
  | 'ringing'
  | 'wrap_up'
  | 'logged_out'
  | 'paused'
  | 'unreachable'
  | 'busy'
  | 'resting';

export function availability(agent: AgentRecord): Availability {
  if (agent.talking) return 'talking';
  if (agent.offerId !== null) return 'ringing';
  if (agent.wrapUpUntilMs !== null) return 'wrap_up';
  if (!agent.loggedIn) return 'logged_out';
  if (agent.pause) return 'paused';
  if (agent.phone === 'unreachable') return 'unreachable';
  if (agent.phone === 'busy') return 'busy';
  if (agent.restUntilMs !== null) return 'resting';
  return 'free';
}

/** True when the agent serves the item's queue and has every skill that the queue and the item ask for. */
export function suits(state: AcdState, agent: AgentRecord, item: Item): boolean {
  const about = state.site.agents[agent.id];
  if (!about?.queues.includes(item.queueId)) return false;
  const needed = neededSkills(state, item.queueId, item.skills);
  return needed.every((skill) => about.skills.includes(skill));
}

function neededSkills(state: AcdState, queueId: QueueId, skills: readonly string[]): readonly string[] {
  const always = state.site.queues[queueId]?.skills ?? [];
  return always.length === 0 ? skills : [...always, ...skills];
}
