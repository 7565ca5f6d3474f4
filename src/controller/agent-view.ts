import { loadOf } from '../acd/routing/capacity.ts';
import { availability } from '../acd/routing/eligibility.ts';
import { queueOf } from '../acd/routing/tables.ts';
import type { AgentRecord, Work } from '../acd/state.ts';
import type { AtMs } from '../model/ids.ts';
import type { WrapUp } from '../model/queue.ts';
import type { AgentState, AgentView, WorkView } from './desk.ts';
import type { State } from './state.ts';

/** Every agent of the site, in its order. */
export function agentViews(state: State, nowMs: AtMs): AgentView[] {
  return Object.keys(state.acd.site.agents).flatMap((id) => {
    const agent = state.acd.agents.get(id);
    return agent ? [agentView(state, agent, nowMs)] : [];
  });
}

export function agentView(state: State, agent: AgentRecord, nowMs: AtMs): AgentView {
  const about = state.acd.site.agents[agent.id];
  const live = agent.work.find(({ stage }) => stage !== 'wrap_up');
  return {
    id: agent.id,
    name: about?.name ?? agent.id,
    extension: about?.extension ?? '',
    ...(about?.team == null ? {} : { team: about.team }),
    queues: Object.keys(about?.queues ?? {}),
    skills: Object.keys(about?.skills ?? {}),
    skillLevels: about?.skills ?? {},
    state: agentState(agent),
    stateSinceMs: agent.stateSinceMs,
    ...pauseView(agent, nowMs),
    phone: agent.phone,
    ...(live ? { contactId: live.contactId, offerId: live.offerId } : {}),
    work: agent.work.map((work) => workView(state, work)),
    loadPercent: loadPercent(state, agent),
  };
}

export function agentState(agent: AgentRecord): AgentState {
  const available = availability(agent);
  return available === 'free' ? 'ready' : available;
}

/** How the wrap-up of a contact goes; undefined when its queue is gone from the site. */
export function wrapUpRule(state: State, work: Work): WrapUp | undefined {
  return queueOf(state.acd, work.queueId)?.wrapUp;
}

function pauseView({ pause }: AgentRecord, nowMs: AtMs): Partial<AgentView> {
  if (!pause) return {};
  const pauseReason = pause.reason;
  if (pause.untilMs === null) return { pauseReason };
  return { pauseReason, pauseUntilMs: pause.untilMs, pauseOverran: nowMs >= pause.untilMs };
}

function workView(state: State, work: Work): WorkView {
  const { contactId, offerId, queueId, channel, stage, sinceMs, untilMs } = work;
  const rule = stage === 'wrap_up' ? wrapUpRule(state, work) : undefined;
  return {
    contactId,
    offerId,
    queueId,
    channel,
    stage,
    sinceMs,
    ...(untilMs === null ? {} : { untilMs }),
    ...(rule?.mode === 'extendable' ? { extensionsLeft: Math.max(0, rule.extensionsMax - work.extensions) } : {}),
    ...(rule?.mode === 'result_required' ? { resultRequired: rule.results } : {}),
  };
}

function loadPercent({ acd: { site } }: State, agent: AgentRecord): number {
  const capacity = site.capacities[site.agents[agent.id]?.capacity ?? 'default'];
  if (!capacity || capacity.load <= 0) return 0;
  return Math.round((loadOf(capacity, agent.work) / capacity.load) * 100);
}
