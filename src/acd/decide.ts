import type { Emit, Event, EventOf } from '../model/event.ts';
import type { AgentId, AtMs, OfferId } from '../model/ids.ts';
import { dueEvents } from './due.ts';
import { availability } from './eligibility.ts';
import { notAnswered, startRest } from './no-answer.ts';
import { afterOffer, leaveQueue, offerAgent, offerItem, withdraw } from './offers.ts';
import type { AcdState } from './state.ts';

/**
 * What follows from an event that has just been applied. Every decision is given to `emit` as an event of its own and
 * comes back here afterwards, so each case looks only one step ahead. Pure but for the state that `emit` moves on.
 */
export function decide(state: AcdState, event: Event, emit: Emit): void {
  switch (event.kind) {
    case 'contact.queued':
    case 'contact.requeued':
      return offerItem(state, state.items.get(event.contactId), event.atMs, emit);
    case 'contact.ended':
      return customerGone(state, event, emit);
    case 'offer.answered':
      return answered(state, event, emit);
    case 'offer.ended':
      return talkEnded(state, event.offerId, 'agent', event.atMs, emit);
    case 'connection.failed':
      return connectionFailed(state, event, emit);
    case 'offer.failed':
      return legFailed(state, event, emit);
    case 'time.passed':
      return dueEvents(state, event.atMs, emit);
    case 'flows.loaded':
      leaveRemovedQueues(state, event.atMs, emit);
      return settle(state, event.atMs, emit);
    case 'door.agreed':
      return settle(state, event.atMs, emit);
    default:
      return agentChanged(state, event, emit);
  }
}

function agentChanged(state: AcdState, event: Event, emit: Emit): void {
  switch (event.kind) {
    case 'agent.paused':
    case 'agent.logged_out':
      return takeBackFrom(state, event.agentId, 'agent_gone', event.atMs, emit);
    case 'phone.changed':
      return phoneChanged(state, event, emit);
    case 'agent.readied': {
      const agent = state.agents.get(event.agentId);
      if (agent?.wrapUpUntilMs != null) emit({ kind: 'agent.wrap_up_ended', atMs: event.atMs, agentId: event.agentId });
      return offerAgent(state, agent, event.atMs, emit);
    }
    case 'agent.logged_in':
    case 'agent.wrap_up_ended':
    case 'agent.rest_ended':
      return offerAgent(state, state.agents.get(event.agentId), event.atMs, emit);
    default:
      return;
  }
}

function phoneChanged(state: AcdState, event: EventOf<'phone.changed'>, emit: Emit): void {
  const { agentId, atMs } = event;
  const agent = state.agents.get(agentId);
  if (event.phone === 'unreachable') takeBackFrom(state, agentId, 'phone_unreachable', atMs, emit);
  // A phone that is back is worth a try at once: whatever made it fail is over.
  if (event.phone === 'idle' && agent?.restUntilMs != null) emit({ kind: 'agent.rest_ended', atMs, agentId });
  else offerAgent(state, agent, atMs, emit);
}

/** Everything that could be matched is matched: after a start or a change of the configuration. */
function settle(state: AcdState, atMs: AtMs, emit: Emit): void {
  const idle = [...state.agents.values()]
    .filter((agent) => availability(agent) === 'free')
    .sort((a, b) => a.idleSinceMs - b.idleSinceMs || a.idleOrder - b.idleOrder);
  for (const agent of idle) offerAgent(state, agent, atMs, emit);
}

/** Who waits in a queue that the site no longer has would wait for nobody: the flow goes on as after the longest wait. */
function leaveRemovedQueues(state: AcdState, atMs: AtMs, emit: Emit): void {
  for (const item of [...state.items.values()]) {
    if (item.stage !== 'talking' && !state.site.queues[item.queueId]) leaveQueue(state, item, 'timeout', atMs, emit);
  }
}

function customerGone(state: AcdState, event: EventOf<'contact.ended'>, emit: Emit): void {
  const item = state.items.get(event.contactId);
  if (!item) return;
  if (item.stage === 'talking') return talkEnded(state, item.offerId!, event.endedBy, event.atMs, emit);
  leaveQueue(state, item, event.cause === 'lost' ? 'lost' : 'abandoned', event.atMs, emit);
}

/** The first answer in the order of the journal wins; an answer to an offer that is no more is passed over. */
function answered(state: AcdState, event: EventOf<'offer.answered'>, emit: Emit): void {
  const offer = state.offers.get(event.offerId);
  const item = offer && state.items.get(offer.contactId);
  if (!offer || !item || item.offerId !== offer.id || offer.answeredAtMs !== null) return;
  const { contactId, queueId } = item;
  emit({
    kind: 'contact.connected',
    atMs: event.atMs,
    contactId,
    offerId: offer.id,
    agentId: offer.agentId,
    queueId,
  });
  leaveQueue(state, item, 'answered', event.atMs, emit);
}

function talkEnded(
  state: AcdState,
  offerId: OfferId,
  endedBy: EventOf<'contact.handled'>['endedBy'],
  atMs: AtMs,
  emit: Emit,
): void {
  const offer = state.offers.get(offerId);
  if (offer?.answeredAtMs == null) return;
  const { contactId, agentId, queueId } = offer;
  const talkMs = atMs - offer.answeredAtMs;
  emit({ kind: 'contact.handled', atMs, contactId, offerId, agentId, queueId, talkMs, endedBy });
  // Wrap-up begins in the same moment, before anything else can be offered to the agent.
  const wrapUpMs = state.site.queues[queueId]?.wrapUpMs ?? 0;
  if (wrapUpMs > 0) emit({ kind: 'agent.wrap_up_started', atMs, agentId, contactId, untilMs: atMs + wrapUpMs });
  else offerAgent(state, state.agents.get(agentId), atMs, emit);
}

/** The agent's leg ended before it was answered: the agent is left alone for a while, the contact keeps its place. */
function legFailed(state: AcdState, event: EventOf<'offer.failed'>, emit: Emit): void {
  const offer = state.offers.get(event.offerId);
  if (!offer || offer.answeredAtMs !== null) return;
  emit({ kind: 'offer.withdrawn', atMs: event.atMs, offerId: offer.id, reason: 'leg_failed' });
  if (event.cause === 'no_answer') notAnswered(state, offer, event.atMs, emit);
  // A leg that was lost with the door is nobody's fault: the agent may be rung again at once.
  else if (event.cause !== 'lost') startRest(state, offer, event.cause, event.atMs, emit);
  afterOffer(state, offer, event.atMs, emit);
}

function connectionFailed(state: AcdState, event: EventOf<'connection.failed'>, emit: Emit): void {
  const offer = state.offers.get(event.offerId);
  if (offer?.answeredAtMs == null || offer.contactId !== event.contactId) return;
  emit({ kind: 'contact.requeued', atMs: event.atMs, contactId: event.contactId, offerId: event.offerId });
  startRest(state, offer, 'failed', event.atMs, emit);
}

function takeBackFrom(
  state: AcdState,
  agentId: AgentId,
  reason: 'agent_gone' | 'phone_unreachable',
  atMs: AtMs,
  emit: Emit,
): void {
  const offerId = state.agents.get(agentId)?.offerId;
  const offer = offerId ? state.offers.get(offerId) : undefined;
  if (offer && offer.answeredAtMs === null) withdraw(state, offer, reason, atMs, emit);
}
