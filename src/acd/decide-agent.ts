import { PHONE_CHANNELS } from '../model/channel.ts';
import type { Emit, Event, EventOf, WithdrawReason } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import { offerAgent, withdraw } from './offers.ts';
import { queueOf } from './routing/tables.ts';
import type { AcdState, AgentRecord } from './state.ts';

/** What follows from a change of an agent. */
export function decideForAgent(state: AcdState, event: Event, emit: Emit): void {
  switch (event.kind) {
    case 'agent.paused':
      return takeBackFrom(state, state.agents.get(event.agentId), 'agent_gone', event.atMs, emit);
    case 'agent.logged_out':
      return loggedOut(state, event, emit);
    case 'phone.changed':
      return phoneChanged(state, event, emit);
    case 'agent.readied':
      return readied(state, event, emit);
    case 'agent.logged_in':
    case 'agent.wrap_up_ended':
    case 'agent.rest_ended':
      return offerAgent(state, state.agents.get(event.agentId), event.atMs, emit);
    default:
      return;
  }
}

/** Who is ready has done with wrap-up, except where a result must be given. */
function readied(state: AcdState, { agentId, atMs }: EventOf<'agent.readied'>, emit: Emit): void {
  const agent = state.agents.get(agentId);
  for (const { stage, queueId, contactId } of [...(agent?.work ?? [])]) {
    if (stage !== 'wrap_up' || queueOf(state, queueId)?.wrapUp.mode === 'result_required') continue;
    emit({ kind: 'agent.wrap_up_ended', atMs, agentId, contactId });
  }
  offerAgent(state, agent, atMs, emit);
}

/** Who goes home leaves no wrap-up behind that would wait for a result. */
function loggedOut(state: AcdState, { agentId, atMs }: EventOf<'agent.logged_out'>, emit: Emit): void {
  const agent = state.agents.get(agentId);
  takeBackFrom(state, agent, 'agent_gone', atMs, emit);
  if (agent?.work.some(({ stage }) => stage === 'wrap_up')) emit({ kind: 'agent.wrap_up_ended', atMs, agentId });
}

function phoneChanged(state: AcdState, event: EventOf<'phone.changed'>, emit: Emit): void {
  const { agentId, atMs } = event;
  const agent = state.agents.get(agentId);
  if (event.phone === 'unreachable') takeBackFrom(state, agent, 'phone_unreachable', atMs, emit);
  // A phone that is back is worth a try at once: whatever made it fail is over.
  if (event.phone === 'idle' && agent?.restUntilMs != null) emit({ kind: 'agent.rest_ended', atMs, agentId });
  else offerAgent(state, agent, atMs, emit);
}

/** What rings at the agent is offered to somebody else; a phone that is gone concerns only what rings on it. */
function takeBackFrom(
  state: AcdState,
  agent: AgentRecord | undefined,
  reason: Extract<WithdrawReason, 'agent_gone' | 'phone_unreachable'>,
  atMs: AtMs,
  emit: Emit,
): void {
  for (const { stage, channel, offerId } of [...(agent?.work ?? [])]) {
    if (stage !== 'ringing' || (reason === 'phone_unreachable' && !PHONE_CHANNELS.has(channel))) continue;
    const offer = state.offers.get(offerId);
    if (offer) withdraw(state, offer, reason, atMs, emit);
  }
}
