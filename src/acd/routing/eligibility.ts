import type { Capacity } from '../../model/capacity.ts';
import { type Channel, PHONE_CHANNELS } from '../../model/channel.ts';
import type { RejectedBecause } from '../../model/explanation.ts';
import type { AgentRecord } from '../state.ts';
import { hasRoom } from './capacity.ts';

/** What an agent is doing, in one word for people: the first that holds, in this order. */
export type Availability =
  | 'talking'
  | 'ringing'
  | 'wrap_up'
  | 'logged_out'
  | 'paused'
  | 'unreachable'
  | 'busy'
  | 'resting'
  | 'free';

export function availability(agent: AgentRecord): Availability {
  for (const stage of ['talking', 'ringing', 'wrap_up'] as const) {
    if (agent.work.some((one) => one.stage === stage)) return stage;
  }
  if (!agent.loggedIn) return 'logged_out';
  if (agent.pause) return 'paused';
  if (agent.phone === 'unreachable') return 'unreachable';
  if (agent.phone === 'busy') return 'busy';
  if (agent.restUntilMs !== null) return 'resting';
  return 'free';
}

/** In service: here and willing, whatever is in hand. Who is not makes a queue unstaffed. */
export function inService(agent: AgentRecord): boolean {
  return agent.loggedIn && agent.pause === null;
}

function isOnOurs({ work }: AgentRecord): boolean {
  return work.some(({ channel, stage }) => stage !== 'wrap_up' && PHONE_CHANNELS.has(channel));
}

/** Why an agent cannot be offered one more contact of this channel and label now; null: the agent can. */
export function unavailable(
  capacity: Capacity | undefined,
  agent: AgentRecord,
  channel: Channel,
  label: string | null,
): RejectedBecause | null {
  if (!agent.loggedIn) return 'logged_out';
  if (agent.pause) return 'paused';
  if (PHONE_CHANNELS.has(channel)) {
    if (agent.phone === 'unreachable') return 'unreachable';
    // The phone of an agent who talks to a contact of ours is busy, of course: then the capacity says whether there is room.
    if (agent.phone === 'busy' && !isOnOurs(agent)) return 'busy';
  }
  if (agent.restUntilMs !== null) return 'resting';
  return capacity && hasRoom(capacity, agent.work, channel, label) ? null : 'full';
}
