import type { AgentRecord } from '../../state.ts';
import type { Choice, Strategy } from '../strategy.ts';

/** Who came into service next after the one who was offered something last (app_queue: rrmemory). */
export const roundRobin: Strategy = {
  name: 'round_robin',
  measure: (agent, choice) => after(agent.loginOrder, lastOffered(choice)?.loginOrder ?? 0),
};

/** Who stands next in site.yaml after the one who was offered something last (app_queue: rrordered). */
export const roundRobinOrdered: Strategy = {
  name: 'round_robin_ordered',
  measure: (agent, choice) => after(agent.slot + 1, (lastOffered(choice)?.slot ?? -1) + 1),
};

/** Larger than any place, so that those up to the last one come after all others. */
const ROUND = 2 ** 40;

function after(place: number, last: number): number {
  return place > last ? place : place + ROUND;
}

function lastOffered({ state, queue }: Choice): AgentRecord | undefined {
  const id = state.queues.get(queue.queue.id)?.lastOffered;
  return id == null ? undefined : state.agents.get(id);
}
