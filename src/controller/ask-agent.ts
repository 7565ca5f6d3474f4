import type { AgentRecord } from '../acd/state.ts';
import type { AgentEvent, AskedBy, EventOf } from '../model/event.ts';
import { failed, ok, type Result } from '../model/failure.ts';
import type { AgentId } from '../model/ids.ts';
import { agentView } from './agent-view.ts';
import { endWrapUp, extendWrapUp, needsResult } from './ask-wrap-up.ts';
import type { AgentView, AgentWish } from './desk.ts';
import type { LiveHall } from './hall.ts';
import type { State } from './state.ts';

/** The reason of a pause that gives none; any other must stand in the site, so that reports can count them. */
const PLAIN_PAUSE = 'pause';

/** What an agent's wish leads to; none when the agent is in that state already. */
type Following = AgentEvent | EventOf<'agent.wrap_up_ended'> | undefined;
type Asking = { readonly state: State; readonly agent: AgentRecord; readonly atMs: number; readonly by: AskedBy };

/** Fulfils an agent's wish or says by a code why it cannot be fulfilled; desk.ts lists the codes. */
export function askAgent(hall: LiveHall, agentId: AgentId, wish: AgentWish, by: AskedBy): Result<AgentView> {
  const { state } = hall;
  const agent = state.acd.agents.get(agentId);
  if (!agent || !state.acd.site.agents[agentId]) {
    return failed('agent.unknown', 'There is no agent with this id.', { agentId });
  }
  const following = eventFor({ state, agent, atMs: hall.now(), by }, wish);
  if (!following.ok) return following;
  if (following.value) hall.enter(following.value);
  return ok(agentView(state, agent, hall.now()));
}

function eventFor(asking: Asking, wish: AgentWish): Result<Following> {
  const { state, agent, atMs, by } = asking;
  const head = { atMs, agentId: agent.id, by };
  switch (wish.wish) {
    case 'log_in':
      return ok(agent.loggedIn ? undefined : { kind: 'agent.logged_in', ...head });
    case 'log_out':
      return ok(agent.loggedIn ? { kind: 'agent.logged_out', ...head } : undefined);
    case 'pause':
      return paused(asking, wish.reason);
    case 'ready':
      return readied(asking);
    case 'extend_wrap_up':
      return extendWrapUp(state, agent, wish.contactId, atMs);
    case 'end_wrap_up':
      return endWrapUp(state, agent, wish, atMs);
  }
}

function paused({ state, agent, atMs, by }: Asking, reason: string): Result<Following> {
  const agentId = agent.id;
  if (!agent.loggedIn) return loggedOut(agentId);
  const reasons = [PLAIN_PAUSE, ...Object.values(state.acd.site.pauseReasons).map(({ name }) => name)];
  if (!reasons.includes(reason)) {
    const message = `There is no such pause reason. Known are: ${reasons.join(', ')}.`;
    return failed('agent.reason_unknown', message, { agentId });
  }
  return ok(agent.pause?.reason === reason ? undefined : { kind: 'agent.paused', atMs, agentId, reason, by });
}

function readied({ state, agent, atMs, by }: Asking): Result<Following> {
  const agentId = agent.id;
  if (!agent.loggedIn) return loggedOut(agentId);
  const wrapUps = agent.work.filter(({ stage }) => stage === 'wrap_up');
  const open = wrapUps.find((work) => needsResult(state, work));
  if (open) {
    const { contactId } = open;
    return failed('agent.result_required', 'A wrap-up of the agent needs a result.', { agentId, contactId });
  }
  if (agent.pause === null && wrapUps.length === 0 && agent.restUntilMs === null) return ok(undefined);
  return ok({ kind: 'agent.readied', atMs, agentId, by });
}

function loggedOut(agentId: AgentId): Result<never> {
  return failed('agent.logged_out', 'The agent is not logged in.', { agentId });
}
