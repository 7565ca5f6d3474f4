import type { Emit, EventOf, WithdrawReason } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import { longestIdle, nextItem } from './agent-choice.ts';
import { availability } from './eligibility.ts';
import type { AcdState, AgentRecord, Item, Offer } from './state.ts';

type LeaveReason = EventOf<'contact.dequeued'>['reason'];

/** Offers an item that just came (back) to the agent who should have it, if one is free. */
export function offerItem(state: AcdState, item: Item | undefined, atMs: AtMs, emit: Emit): void {
  if (item?.stage !== 'waiting' || !state.doorOpen) return;
  const agent = longestIdle(state, item);
  if (agent) makeOffer(state, item, agent, atMs, emit);
}

/** Offers the item that is next to an agent who just became free. */
export function offerAgent(state: AcdState, agent: AgentRecord | undefined, atMs: AtMs, emit: Emit): void {
  if (!agent || availability(agent) !== 'free' || !state.doorOpen) return;
  const item = nextItem(state, agent);
  if (item) makeOffer(state, item, agent, atMs, emit);
}

function makeOffer(state: AcdState, item: Item, agent: AgentRecord, atMs: AtMs, emit: Emit): void {
  const queue = state.site.queues[item.queueId];
  if (!queue) return;
  emit({
    kind: 'offer.made',
    atMs,
    // The time makes the id new even when the count starts again: the same contact queued a second time.
    offerId: `${item.contactId}.o${item.offerCount + 1}-${atMs.toString(36)}`,
    contactId: item.contactId,
    agentId: agent.id,
    queueId: item.queueId,
    deadlineMs: atMs + queue.answerWithinMs,
  });
}

/** Takes an open offer back; both sides may be matched again at once. */
export function withdraw(state: AcdState, offer: Offer, reason: WithdrawReason, atMs: AtMs, emit: Emit): void {
  emit({ kind: 'offer.withdrawn', atMs, offerId: offer.id, reason });
  afterOffer(state, offer, atMs, emit);
}

/** After an offer came to nothing both sides may be matched again. */
export function afterOffer(state: AcdState, offer: Offer, atMs: AtMs, emit: Emit): void {
  offerItem(state, state.items.get(offer.contactId), atMs, emit);
  offerAgent(state, state.agents.get(offer.agentId), atMs, emit);
}

/** Takes an item out of its queue; an agent whose phone still rings for it is let go. */
export function leaveQueue(state: AcdState, item: Item, reason: LeaveReason, atMs: AtMs, emit: Emit): void {
  const { contactId, queueId, queuedAtMs, offerId } = item;
  const waitedMs = atMs - queuedAtMs;
  emit({ kind: 'contact.dequeued', atMs, contactId, queueId, queuedAtMs, waitedMs, reason });
  const offer = offerId === null || reason === 'answered' ? undefined : state.offers.get(offerId);
  if (offer) withdraw(state, offer, reason === 'timeout' ? 'queue_timeout' : 'customer_gone', atMs, emit);
}
