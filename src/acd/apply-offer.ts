import type { EventOf } from '../model/event.ts';
import type { AgentId, AtMs, OfferId, TeamId } from '../model/ids.ts';
import { becameIdle, countBusy, dropIfGone } from './apply-agent.ts';
import { lastAgentKey } from './apply-item.ts';
import { setItemMoment, watchQueue } from './moments.ts';
import { recordOf } from './queue-record.ts';
import { standsInLine } from './rebuild.ts';
import { leaveLine, stand } from './routing/class.ts';
import { queueIndex, refresh } from './routing/tables.ts';
import type { AcdState, Item, Offer } from './state.ts';
import { contactHandled } from './waits/wait-record.ts';

/** Most customers whose last agent is remembered; the oldest are forgotten. */
export const LAST_AGENTS_MAX = 50_000;

export function offered(state: AcdState, event: EventOf<'offer.made'>): void {
  const item = state.items.get(event.contactId);
  const agent = state.agents.get(event.agentId);
  if (!item || !agent || item.stage === 'talking' || state.offers.has(event.offerId)) return;
  const { atMs, offerId, contactId, queueId, agentId, deadlineMs } = event;
  const queue = queueIndex(state, queueId)?.queue;
  item.stage = 'offered';
  item.offers = [...item.offers, offerId];
  item.offerCount += 1;
  state.offerCount += 1;
  item.ringNextAtMs = queue?.strategy === 'ring_progressively' ? atMs + queue.ringNextAfterMs : null;
  if (!queue || !standsInLine(queue, item)) leaveLine(state, item);
  setItemMoment(state, item);
  const { channel, label } = item;
  agent.work.push({
    offerId,
    contactId,
    queueId,
    channel,
    label,
    headStartMs: item.queuedAtMs - item.key,
    stage: 'ringing',
    sinceMs: atMs,
    untilMs: null,
    extensions: 0,
  });
  agent.stateSinceMs = atMs;
  refresh(state, agent);
  state.offers.set(offerId, {
    id: offerId,
    contactId,
    agentId,
    queueId,
    deadlineMs,
    madeAtMs: atMs,
    answeredAtMs: null,
    handsOn: false,
  });
  state.deadlines.set('offer', offerId, deadlineMs);
  noteGiven(state, queueId, agentId);
}

function noteGiven(state: AcdState, queueId: string, agentId: AgentId): void {
  const record = recordOf(state, queueId);
  record.lastOffered = agentId;
  const team = state.site.agents[agentId]?.team;
  if (team != null) record.given[team] = (record.given[team] ?? 0) + 1;
}

/** The offer came to nothing: the contact goes back to its place unless other phones ring, the agent has room again. */
export function offerClosed(state: AcdState, event: EventOf<'offer.expired'> | EventOf<'offer.withdrawn'>): void {
  const offer = state.offers.get(event.offerId);
  if (!offer || offer.answeredAtMs !== null) return;
  if (event.kind === 'offer.expired') missed(state, offer.agentId);
  takeFromAgent(state, offer, event.atMs);
  const item = state.items.get(offer.contactId);
  if (item) backToPlace(state, item, offer.id, event.atMs);
}

/** An agent's leg that rang out counts as missed; what ends the offer is the withdrawal that follows. */
export function legFailed(state: AcdState, event: EventOf<'offer.failed'>): void {
  const offer = state.offers.get(event.offerId);
  if (offer?.answeredAtMs === null && event.cause === 'no_answer') missed(state, offer.agentId);
}

function missed(state: AcdState, agentId: AgentId): void {
  const agent = state.agents.get(agentId);
  if (agent) agent.misses += 1;
}

export function answered(state: AcdState, event: EventOf<'offer.answered'>): void {
  const offer = state.offers.get(event.offerId);
  const agent = offer && state.agents.get(offer.agentId);
  if (offer?.answeredAtMs === null && agent) agent.misses = 0;
}

export function connected(state: AcdState, event: EventOf<'contact.connected'>): void {
  const { offerId, agentId, contactId, atMs } = event;
  const offer = state.offers.get(offerId);
  const item = state.items.get(contactId);
  const agent = state.agents.get(agentId);
  if (!offer || !item || !agent || offer.answeredAtMs !== null) return;
  offer.answeredAtMs = atMs;
  item.stage = 'talking';
  item.offers = [offerId];
  item.ringNextAtMs = null;
  leaveLine(state, item);
  setItemMoment(state, item);
  state.deadlines.clear('offer', offerId);
  const work = agent.work.find((one) => one.offerId === offerId);
  if (work) {
    work.stage = 'talking';
    work.sinceMs = atMs;
  }
  countBusy(agent, atMs);
  agent.stateSinceMs = atMs;
  remember(state, item, agentId, atMs);
}

function remember(state: AcdState, item: Item, agentId: AgentId, atMs: AtMs): void {
  if (item.customer === null || !queueIndex(state, item.queueId)?.queue.lastAgent) return;
  const key = lastAgentKey(item.queueId, item.customer);
  state.lastAgents.delete(key);
  state.lastAgents.set(key, { agentId, atMs });
  if (state.lastAgents.size <= LAST_AGENTS_MAX) return;
  for (const oldest of state.lastAgents.keys()) {
    state.lastAgents.delete(oldest);
    break;
  }
}

export function requeued(state: AcdState, event: EventOf<'contact.requeued'>): void {
  const offer = state.offers.get(event.offerId);
  if (!offer) return;
  takeFromAgent(state, offer, event.atMs);
  const item = state.items.get(event.contactId);
  if (item) backToPlace(state, item, offer.id, event.atMs);
}

export function handled(state: AcdState, event: EventOf<'contact.handled'>): void {
  const { offerId, contactId, talkMs, atMs } = event;
  const offer = state.offers.get(offerId);
  if (!offer) return;
  const item = state.items.get(contactId);
  if (!item?.consult) count(state, offer, talkMs, atMs);
  takeFromAgent(state, offer, atMs);
  if (item?.offers.includes(offerId)) state.items.delete(contactId);
}

function count(state: AcdState, offer: Offer, talkMs: number, atMs: AtMs): void {
  const { agentId, contactId, queueId, madeAtMs, answeredAtMs } = offer;
  const agent = state.agents.get(agentId);
  if (agent) {
    agent.contacts += 1;
    agent.talkMs += talkMs;
  }
  countAttempt(state, contactId, state.site.agents[agentId]?.team);
  contactHandled(recordOf(state, queueId).waits, madeAtMs, answeredAtMs ?? madeAtMs, atMs);
}

function countAttempt(state: AcdState, contactId: string, team: TeamId | null | undefined): void {
  if (team == null) return;
  const counts = state.attempts.get(contactId) ?? {};
  counts[team] = (counts[team] ?? 0) + 1;
  state.attempts.set(contactId, counts);
}

function takeFromAgent(state: AcdState, offer: Offer, atMs: AtMs): void {
  state.offers.delete(offer.id);
  state.deadlines.clear('offer', offer.id);
  const agent = state.agents.get(offer.agentId);
  const at = agent?.work.findIndex((one) => one.offerId === offer.id) ?? -1;
  if (!agent || at < 0) return;
  const talked = agent.work[at]!.stage === 'talking';
  agent.work.splice(at, 1);
  countBusy(agent, atMs);
  agent.stateSinceMs = atMs;
  // Who only heard it ring has been idle all the time.
  if (talked) becameIdle(state, agent, atMs);
  dropIfGone(state, agent);
  refresh(state, agent);
}

function backToPlace(state: AcdState, item: Item, offerId: OfferId, atMs: AtMs): void {
  if (!item.offers.includes(offerId)) return;
  item.offers = item.offers.filter((id) => id !== offerId);
  if (item.offers.length > 0) return;
  item.stage = 'waiting';
  item.ringNextAtMs = null;
  stand(state, item);
  setItemMoment(state, item);
  watchQueue(state, item.queueId, atMs);
}
