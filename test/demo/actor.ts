import { until } from '../system/until.ts';
import { Obstacle } from './obstacle.ts';
import type { Way } from './way.ts';
import type { Agent, Window } from './window.ts';

/** An agent in one of these states is given no call, and is not about to be. */
const OUT_OF_THE_WAY = ['logged_out', 'paused', 'unreachable'];

const RETIRE_MS_MAX = 5_000;

/**
 * Chooses the agent whose phone is simulated. Rejects with Obstacle when the demonstration would touch real people: its
 * call could ring a real agent's phone, or a real caller could be given to the simulated one.
 */
export async function chooseActor(
  window: Pick<Window, 'agents' | 'queues'>,
  way: Way,
  wanted: string | undefined,
): Promise<Agent> {
  const [agents, queues] = await Promise.all([window.agents(), window.queues()]);
  const fit = agents.filter(({ queues, skills }) => {
    return queues.includes(way.queueId) && way.skills.every((skill) => skills.includes(skill));
  });
  const actor = wanted === undefined ? freeOne(fit, way.queueId) : wantedOne(agents, fit, wanted, way.queueId);
  const present = agents.filter(
    (one) => one.id !== actor.id && one.queues.includes(way.queueId) && !OUT_OF_THE_WAY.includes(one.state),
  );
  if (present.length > 0) {
    throw new Obstacle(
      `The demo's call could ring a real phone, because the queue ${way.queueId} is staffed: ${listed(present)}. ` +
        'Let them log out, or take another queue by --number and --key.',
    );
  }
  const waiting = queues.filter(({ id, waiting, ringing }) => actor.queues.includes(id) && waiting + ringing > 0);
  if (waiting.length > 0) {
    throw new Obstacle(
      `Callers wait in ${waiting.map(({ name }) => name).join(' and ')} and could be given to the simulated agent ` +
        `${actor.id}: try again when nobody waits there.`,
    );
  }
  return actor;
}

/**
 * Logs the agent out again, whose phone was unregistered before. A wrap-up is ended at once, which without a phone cannot
 * bring a call: otherwise the server would be as it was only after the wrap-up.
 */
export async function retireActor(window: Window, agentId: string): Promise<void> {
  const agent = async (): Promise<Agent | undefined> => (await window.agents()).find(({ id }) => id === agentId);
  const now = await until(
    `${agentId} has no phone and no call`,
    async () => {
      const seen = await agent();
      const isDone = seen?.phone === 'unreachable' && !['talking', 'ringing'].includes(seen.state);
      return isDone ? seen : undefined;
    },
    { withinMs: RETIRE_MS_MAX, seen: agent },
  ).catch(async (error: unknown) => {
    await window.logOut(agentId);
    throw error;
  });
  if (now.state === 'wrap_up') await window.makeReady(agentId);
  await window.logOut(agentId);
}

/** The one with the fewest queues, so that as little as possible of the site is touched. */
function freeOne(fit: readonly Agent[], queueId: string): Agent {
  const [free] = fit.filter(isFree).sort((a, b) => a.queues.length - b.queues.length);
  if (free) return free;
  throw new Obstacle(
    `The demo needs an agent of the queue ${queueId} who is logged out and whose phone is not registered, but there ` +
      `is none: ${listed(fit) || 'nobody serves it'}.`,
  );
}

function wantedOne(agents: readonly Agent[], fit: readonly Agent[], wanted: string, queueId: string): Agent {
  const agent = agents.find(({ id }) => id === wanted);
  const those = fit.map(({ id }) => id).join(', ');
  if (!agent) throw new Obstacle(`There is no agent "${wanted}". These can play: ${those}.`);
  if (!fit.includes(agent)) {
    throw new Obstacle(`${wanted} is not given the calls of the queue ${queueId}. These are: ${those}.`);
  }
  if (!isFree(agent)) {
    throw new Obstacle(`${listed([agent])}: the demo needs an agent who is logged out and has no phone registered.`);
  }
  return agent;
}

function isFree({ state, phone }: Agent): boolean {
  return state === 'logged_out' && phone === 'unreachable';
}

function listed(agents: readonly Agent[]): string {
  return agents.map(({ id, state, phone }) => `${id} (${state.replace('_', ' ')}, phone ${phone})`).join(', ');
}
