import { availability, suits } from './eligibility.ts';
import { compareItems } from './queue-order.ts';
import type { AcdState, AgentRecord, Item } from './state.ts';

/** The agent who has been without work longest among those who can take the item (app_queue calls it leastrecent). */
export function longestIdle(state: AcdState, item: Item): AgentRecord | undefined {
  let best: AgentRecord | undefined;
  for (const agent of state.agents.values()) {
    if (availability(agent) !== 'free' || !suits(state, agent, item)) continue;
    if (!best || idlesBefore(agent, best)) best = agent;
  }
  return best;
}

function idlesBefore(a: AgentRecord, b: AgentRecord): boolean {
  if (a.idleSinceMs !== b.idleSinceMs) return a.idleSinceMs < b.idleSinceMs;
  if (a.idleOrder !== b.idleOrder) return a.idleOrder < b.idleOrder;
  return a.id < b.id;
}

/** The item that this agent is to take next, over all queues the agent serves; one that nobody can take holds up no other. */
export function nextItem(state: AcdState, agent: AgentRecord): Item | undefined {
  let best: Item | undefined;
  for (const queueId of state.site.agents[agent.id]?.queues ?? []) {
    for (const contactId of state.waiting.get(queueId) ?? []) {
      const item = state.items.get(contactId)!;
      if (!suits(state, agent, item)) continue;
      if (!best || compareItems(item, best) < 0) best = item;
      break;
    }
  }
  return best;
}
