import type { Event, EventOf } from '../model/event.ts';
import type { AgentId, AtMs, ContactId, OfferId } from '../model/ids.ts';
import { insertWaiting, removeWaiting } from './queue-order.ts';
import { type AcdState, type AgentRecord, adoptSite } from './state.ts';

/**
 * The fold: brings the dispatcher's state up to one event, live and at replay alike. It decides nothing, and an event
 * about an unknown item, agent or offer (late, repeated, from an older configuration) changes nothing.
 */
export function apply(state: AcdState, event: Event): void {
  switch (event.kind) {
    case 'flows.loaded':
      return adoptSite(state, event.flows.site, event.atMs);
    case 'door.agreed':
      state.doorOpen = true;
      return;
    case 'door.lost':
    case 'controller.started':
      state.doorOpen = false;
      return;
    case 'contact.queued':
      return queued(state, event);
    case 'contact.dequeued':
      return dequeued(state, event);
    case 'offer.made':
      return offered(state, event);
    case 'offer.expired':
    case 'offer.withdrawn':
      return offerClosed(state, event.offerId, event.atMs);
    case 'contact.connected':
      return connected(state, event);
    case 'contact.requeued':
      return requeued(state, event);
    case 'contact.handled':
      return handled(state, event);
    default:
      return applyToAgent(state, event);
  }
}

function applyToAgent(state: AcdState, event: Event): void {
  if (!('agentId' in event) || event.agentId === undefined) return;
  const agent = state.agents.get(event.agentId);
  if (!agent) return;
  switch (event.kind) {
    case 'agent.logged_in':
      agent.loggedIn = true;
      agent.pause = null;
      return becameIdle(state, agent, event.atMs);
    case 'agent.logged_out':
      agent.loggedIn = false;
      agent.pause = null;
      endRest(state, agent);
      break;
    case 'agent.paused':
      agent.pause = { reason: event.reason };
      break;
    case 'agent.readied':
      agent.pause = null;
      endRest(state, agent);
      return becameIdle(state, agent, event.atMs);
    case 'phone.changed':
      agent.phone = event.phone;
      break;
    case 'agent.wrap_up_started':
      agent.wrapUpUntilMs = event.untilMs;
      state.deadlines.set(`wrap-up ${agent.id}`, event.untilMs);
      break;
    case 'agent.wrap_up_ended':
      agent.wrapUpUntilMs = null;
      state.deadlines.clear(`wrap-up ${agent.id}`);
      return becameIdle(state, agent, event.atMs);
    case 'agent.rest_started':
      agent.restUntilMs = event.untilMs;
      state.deadlines.set(`rest ${agent.id}`, event.untilMs);
      break;
    case 'agent.rest_ended':
      endRest(state, agent);
      break;
    default:
      return;
  }
  agent.stateSinceMs = event.atMs;
}

function endRest(state: AcdState, agent: AgentRecord): void {
  agent.restUntilMs = null;
  state.deadlines.clear(`rest ${agent.id}`);
}

function becameIdle(state: AcdState, agent: AgentRecord, atMs: AtMs): void {
  agent.idleSinceMs = atMs;
  agent.idleOrder = ++state.idleCount;
  agent.stateSinceMs = atMs;
}

function queued(state: AcdState, event: EventOf<'contact.queued'>): void {
  const before = state.items.get(event.contactId);
  if (before) return;
  const item = {
    contactId: event.contactId,
    queueId: event.queueId,
    priority: event.priority,
    skills: event.skills,
    virtualStartMs: event.virtualStartMs,
    queuedAtMs: event.atMs,
    giveUpAtMs: event.giveUpAtMs ?? null,
    stage: 'waiting' as const,
    offerId: null,
    offerCount: 0,
  };
  state.items.set(event.contactId, item);
  insertWaiting(state, item);
  if (event.giveUpAtMs !== undefined) state.deadlines.set(`give-up ${event.contactId}`, event.giveUpAtMs);
}

function dequeued(state: AcdState, event: EventOf<'contact.dequeued'>): void {
  state.deadlines.clear(`give-up ${event.contactId}`);
  const item = state.items.get(event.contactId);
  if (!item || event.reason === 'answered') return;
  if (item.stage === 'waiting') removeWaiting(state, item);
  state.items.delete(event.contactId);
}

function offered(state: AcdState, event: EventOf<'offer.made'>): void {
  const item = state.items.get(event.contactId);
  const agent = state.agents.get(event.agentId);
  if (!item || !agent) return;
  removeWaiting(state, item);
  item.stage = 'offered';
  item.offerId = event.offerId;
  item.offerCount += 1;
  agent.offerId = event.offerId;
  agent.talking = false;
  agent.stateSinceMs = event.atMs;
  state.offers.set(event.offerId, {
    id: event.offerId,
    contactId: event.contactId,
    agentId: event.agentId,
    queueId: event.queueId,
    deadlineMs: event.deadlineMs,
    madeAtMs: event.atMs,
    answeredAtMs: null,
  });
  state.deadlines.set(`offer ${event.offerId}`, event.deadlineMs);
}

/** The offer came to nothing: the contact goes back to its place, the agent is free as far as the offer is concerned. */
function offerClosed(state: AcdState, offerId: OfferId, atMs: AtMs): void {
  const offer = state.offers.get(offerId);
  if (!offer || offer.answeredAtMs !== null) return;
  forgetOffer(state, offerId);
  freeAgent(state, offer.agentId, offerId, atMs);
  backToPlace(state, offer.contactId, offerId);
}

function connected(state: AcdState, event: EventOf<'contact.connected'>): void {
  const offer = state.offers.get(event.offerId);
  const item = state.items.get(event.contactId);
  const agent = state.agents.get(event.agentId);
  if (!offer || !item || !agent) return;
  offer.answeredAtMs = event.atMs;
  item.stage = 'talking';
  agent.talking = true;
  agent.stateSinceMs = event.atMs;
  state.deadlines.clear(`offer ${event.offerId}`);
}

function requeued(state: AcdState, event: EventOf<'contact.requeued'>): void {
  const offer = state.offers.get(event.offerId);
  if (!offer) return;
  forgetOffer(state, event.offerId);
  freeAgent(state, offer.agentId, event.offerId, event.atMs);
  backToPlace(state, event.contactId, event.offerId);
}

function handled(state: AcdState, event: EventOf<'contact.handled'>): void {
  forgetOffer(state, event.offerId);
  freeAgent(state, event.agentId, event.offerId, event.atMs);
  const item = state.items.get(event.contactId);
  if (item?.offerId === event.offerId) state.items.delete(event.contactId);
}

function forgetOffer(state: AcdState, offerId: OfferId): void {
  state.offers.delete(offerId);
  state.deadlines.clear(`offer ${offerId}`);
}

function freeAgent(state: AcdState, agentId: AgentId, offerId: OfferId, atMs: AtMs): void {
  const agent = state.agents.get(agentId);
  if (agent?.offerId !== offerId) return;
  agent.offerId = null;
  if (agent.talking) becameIdle(state, agent, atMs);
  agent.talking = false;
  agent.stateSinceMs = atMs;
  if (!state.site.agents[agentId]) state.agents.delete(agentId);
}

function backToPlace(state: AcdState, contactId: ContactId, offerId: OfferId): void {
  const item = state.items.get(contactId);
  if (!item || item.offerId !== offerId) return;
  item.offerId = null;
  item.stage = 'waiting';
  if (item.giveUpAtMs !== null) state.deadlines.set(`give-up ${contactId}`, item.giveUpAtMs);
  insertWaiting(state, item);
}
