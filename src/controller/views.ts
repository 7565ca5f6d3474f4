import { availability } from '../acd/eligibility.ts';
import type { AgentRecord, Item } from '../acd/state.ts';
import type { AtMs, QueueId } from '../model/ids.ts';
import type { AgentState, AgentView, ContactView, QueueView } from './desk.ts';
import type { State } from './state.ts';

/** What people see of the live state. */
export function agentViews(state: State): AgentView[] {
  return Object.keys(state.acd.site.agents).flatMap((id) => {
    const agent = state.acd.agents.get(id);
    return agent ? [agentView(state, agent)] : [];
  });
}

export function agentView(state: State, agent: AgentRecord): AgentView {
  const about = state.acd.site.agents[agent.id];
  const offer = agent.offerId === null ? undefined : state.acd.offers.get(agent.offerId);
  return {
    id: agent.id,
    name: about?.name ?? agent.id,
    extension: about?.extension ?? '',
    queues: about?.queues ?? [],
    skills: about?.skills ?? [],
    state: agentState(agent),
    stateSinceMs: agent.stateSinceMs,
    phone: agent.phone,
    ...(agent.pause ? { pauseReason: agent.pause.reason } : {}),
    ...(offer ? { offerId: offer.id, contactId: offer.contactId } : {}),
  };
}

function agentState(agent: AgentRecord): AgentState {
  const available = availability(agent);
  return available === 'free' ? 'ready' : available;
}

export function queueViews(state: State, nowMs: AtMs): QueueView[] {
  const itemsOf = new Map<QueueId, Item[]>();
  for (const item of state.acd.items.values()) {
    const items = itemsOf.get(item.queueId);
    if (items) items.push(item);
    else itemsOf.set(item.queueId, [item]);
  }
  return Object.values(state.acd.site.queues).map(({ id, name }) => {
    const items = itemsOf.get(id) ?? [];
    const unserved = items
      .filter((item) => item.stage !== 'talking')
      .sort((a, b) => b.priority - a.priority || a.virtualStartMs - b.virtualStartMs);
    return {
      id,
      name,
      waiting: items.filter((item) => item.stage === 'waiting').length,
      ringing: items.filter((item) => item.stage === 'offered').length,
      talking: items.filter((item) => item.stage === 'talking').length,
      longestWaitMs: Math.max(0, ...unserved.map((item) => nowMs - item.queuedAtMs)),
      agents: agentCounts(state, id),
      contacts: unserved.map((item, place) => {
        const offer = item.offerId === null ? undefined : state.acd.offers.get(item.offerId);
        const ringing = offer ? { ringingAgentId: offer.agentId } : {};
        return { contactId: item.contactId, position: place + 1, waitedMs: nowMs - item.queuedAtMs, ...ringing };
      }),
    };
  });
}

function agentCounts(state: State, queueId: QueueId): Record<AgentState, number> {
  const counts: Record<AgentState, number> = {
    talking: 0,
    ringing: 0,
    wrap_up: 0,
    logged_out: 0,
    paused: 0,
    unreachable: 0,
    busy: 0,
    resting: 0,
    ready: 0,
  };
  for (const agent of state.acd.agents.values()) {
    if (state.acd.site.agents[agent.id]?.queues.includes(queueId)) counts[agentState(agent)] += 1;
  }
  return counts;
}

export function contactViews(state: State): ContactView[] {
  return [...state.contacts.values()]
    .sort((a, b) => a.arrivedAtMs - b.arrivedAtMs)
    .map((contact) => {
      const session = state.flow.sessions.get(contact.id);
      const item = state.acd.items.get(contact.id);
      const offer = item?.offerId ? state.acd.offers.get(item.offerId) : undefined;
      return {
        id: contact.id,
        channel: contact.channel,
        from: contact.from,
        to: contact.to,
        arrivedAtMs: contact.arrivedAtMs,
        stage: stageOf(item, session?.stage),
        ...(session?.flowId == null ? {} : { flowId: session.flowId }),
        ...(session?.stepId == null ? {} : { stepId: session.stepId }),
        ...(item ? { queueId: item.queueId } : {}),
        ...(offer ? { agentId: offer.agentId } : {}),
      };
    });
}

function stageOf(item: Item | undefined, flowStage: string | undefined): ContactView['stage'] {
  if (item) return item.stage === 'offered' ? 'ringing' : item.stage;
  return flowStage === undefined || flowStage === 'ended' ? 'ending' : 'flow';
}
