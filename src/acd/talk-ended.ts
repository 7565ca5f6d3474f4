import type { Emit, EventOf, TransferTarget } from '../model/event.ts';
import type { AtMs, OfferId, QueueId } from '../model/ids.ts';
import { NO_NEEDS } from '../model/needs.ts';
import { leaveQueue, offerAgent } from './offers.ts';
import { queuedAgain } from './queue-again.ts';
import type { AcdState, Item, Offer } from './state.ts';
import { startWrapUp } from './wrap-up.ts';

/** A talk is over: the agent wraps up, and is offered what is next. */
export function talkEnded(
  state: AcdState,
  offerId: OfferId,
  endedBy: EventOf<'contact.handled'>['endedBy'],
  atMs: AtMs,
  emit: Emit,
  transferred?: TransferTarget,
): void {
  const offer = state.offers.get(offerId);
  if (offer?.answeredAtMs == null) return;
  const { contactId, agentId, queueId } = offer;
  const talkMs = atMs - offer.answeredAtMs;
  const item = state.items.get(contactId) ?? { channel: 'voice' as const, label: null, consult: false };
  const handed = transferred ? { transferred } : {};
  emit({ kind: 'contact.handled', atMs, contactId, offerId, agentId, queueId, talkMs, endedBy, ...handed });
  // Wrap-up begins in the same moment, before anything else can be offered to the agent.
  if (!item.consult) startWrapUp(state, offer, item, atMs, emit);
  offerAgent(state, state.agents.get(agentId), atMs, emit);
}

/** The agent's leg is gone. Whoever has handed the contact on by then has no part in it any more. */
export function agentLeft(state: AcdState, { offerId, atMs }: EventOf<'offer.ended'>, emit: Emit): void {
  const offer = state.offers.get(offerId);
  if (!offer || offer.handsOn || !isInHand(state, offer)) return;
  talkEnded(state, offerId, 'agent', atMs, emit);
}

function isInHand(state: AcdState, { id, contactId }: Offer): boolean {
  return state.items.get(contactId)?.offers.includes(id) ?? true;
}

/** Ends the part of the agent who had the talk before. */
export function handedOver(state: AcdState, event: EventOf<'talk.handed_over'>, emit: Emit): void {
  const { fromOfferId, contactId, agentId, atMs } = event;
  const item = state.items.get(contactId);
  if (!item?.offers.includes(event.offerId)) return;
  talkEnded(state, fromOfferId, 'agent', atMs, emit, { to: 'agent', agentId });
}

/** The question of an agent is over: whoever was asked, or is being asked, is let go. */
export function consultEnded(state: AcdState, { consultId, atMs }: EventOf<'consult.ended'>, emit: Emit): void {
  const item = state.items.get(consultId);
  if (!item) return;
  if (item.stage === 'talking') talkEnded(state, item.offers[0]!, 'agent', atMs, emit);
  else leaveQueue(state, item, 'abandoned', atMs, emit);
}

/** The agent has done with the contact. */
export function closed(state: AcdState, event: EventOf<'contact.closed'>, emit: Emit): void {
  if (talkOf(state, event)) talkEnded(state, event.offerId, 'agent', event.atMs, emit);
}

/** The agent hands the contact on. To a flow it goes by itself, which reacts to the end of the talk. */
export function transferred(state: AcdState, event: EventOf<'contact.transferred'>, emit: Emit): void {
  const item = talkOf(state, event) && state.items.get(event.contactId);
  if (!item) return;
  const { atMs, target } = event;
  talkEnded(state, event.offerId, 'agent', atMs, emit, target);
  if (target.to === 'queue') queueAgain(item, target.queueId, atMs, emit);
}

function talkOf(state: AcdState, about: { readonly contactId: string; readonly offerId: OfferId }): Offer | undefined {
  const offer = state.offers.get(about.offerId);
  return offer?.answeredAtMs != null && offer.contactId === about.contactId ? offer : undefined;
}

/**
 * In another queue the contact begins anew: what its flow asked of agents was meant for the first one, and its wait counts
 * from now. In the same queue it goes back to where it stood. It waits as long at most as its flow allowed the first time.
 */
function queueAgain(item: Item, queueId: QueueId, atMs: AtMs, emit: Emit): void {
  const same = queueId === item.queueId;
  emit({
    ...queuedAgain(item, queueId, atMs),
    needs: same ? item.needs : NO_NEEDS,
    // Nobody is preferred: the last agent of the customer is the one who hands it on.
    preferred: { agentIds: [], untilMs: atMs },
    virtualStartMs: same ? item.virtualStartMs : atMs,
    ...(item.giveUpAtMs === null ? {} : { giveUpAtMs: atMs + item.giveUpAtMs - item.queuedAtMs }),
  });
}
