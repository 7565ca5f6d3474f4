import type { Emit, Event, EventOf } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import { arrived } from './arrival.ts';
import { isStopped } from './conditions.ts';
import { decideForAgent } from './decide-agent.ts';
import { dueEvents } from './due.ts';
import { notAnswered } from './not-answered.ts';
import { afterOffer, leaveQueue, leaveTogether, offerAgent, offerItem, settle } from './offers.ts';
import { queueIndex } from './routing/tables.ts';
import type { AcdState, Item } from './state.ts';
import { agentLeft, closed, consultEnded, handedOver, talkEnded, transferred } from './talk-ended.ts';

/**
 * What follows from an event that has just been applied. Every decision is given to `emit` as an event of its own and
 * comes back here afterwards, so each case looks only one step ahead. Pure but for the state that `emit` moves on.
 */
export function decide(state: AcdState, event: Event, emit: Emit): void {
  switch (event.kind) {
    case 'contact.queued':
      return arrived(state, state.items.get(event.contactId), event.atMs, emit);
    case 'contact.requeued':
      return backInLine(state, event, emit);
    case 'contact.relaxed':
    case 'contact.hold_ended':
      return void offerItem(state, state.items.get(event.contactId), event.atMs, emit);
    case 'contact.ended':
      return customerGone(state, event, emit);
    case 'queue.exit_requested':
      return exit(state, event, emit);
    case 'offer.answered':
      return answered(state, event, emit);
    case 'offer.ended':
      return agentLeft(state, event, emit);
    case 'talk.handed_over':
      return handedOver(state, event, emit);
    case 'consult.ended':
      return consultEnded(state, event, emit);
    case 'contact.closed':
      return closed(state, event, emit);
    case 'contact.transferred':
      return transferred(state, event, emit);
    case 'connection.failed':
      return connectionFailed(state, event, emit);
    case 'offer.failed':
      return legFailed(state, event, emit);
    case 'time.passed':
      return dueEvents(state, event.atMs, emit);
    case 'flows.loaded':
      leaveRemovedQueues(state, event.atMs, emit);
      return settle(state, event.atMs, emit);
    case 'emergency.declared':
      return leaveForEmergency(state, event, emit);
    case 'door.agreed':
      return settle(state, event.atMs, emit);
    default:
      return decideForAgent(state, event, emit);
  }
}

/** The queue may have gone while the contact talked. */
function backInLine(state: AcdState, { contactId, atMs }: EventOf<'contact.requeued'>, emit: Emit): void {
  const item = state.items.get(contactId);
  if (item && !queueIndex(state, item.queueId)) leaveQueue(state, item, 'timeout', atMs, emit);
  else offerItem(state, item, atMs, emit);
}

/** Who waits in a queue that the site no longer has would wait for nobody: the flow goes on as after the longest wait. */
function leaveRemovedQueues(state: AcdState, atMs: AtMs, emit: Emit): void {
  const left: Item[] = [];
  for (const item of state.items.values()) {
    if (item.stage !== 'talking' && !queueIndex(state, item.queueId)) left.push(item);
  }
  for (const item of oldestFirst(left)) leaveQueue(state, item, 'timeout', atMs, emit);
}

/** Whatever order a restart has given them. */
function oldestFirst(items: Item[]): Item[] {
  return items.sort((a, b) => a.queuedAtMs - b.queuedAtMs || (a.contactId < b.contactId ? -1 : 1));
}

/** Who waits goes to the flow of the emergency; talks go on. */
function leaveForEmergency(state: AcdState, { queueId, atMs }: EventOf<'emergency.declared'>, emit: Emit): void {
  const left = [...state.items.values()].filter(
    (item) => item.stage !== 'talking' && (queueId === null || item.queueId === queueId) && isStopped(state, item),
  );
  leaveTogether(state, oldestFirst(left), 'emergency', atMs, emit);
}

function customerGone(state: AcdState, event: EventOf<'contact.ended'>, emit: Emit): void {
  const item = state.items.get(event.contactId);
  if (!item) return;
  if (item.stage === 'talking') return talkEnded(state, item.offers[0]!, event.endedBy, event.atMs, emit);
  if (state.unreached.has(event.contactId)) return leaveQueue(state, item, 'unreached', event.atMs, emit);
  leaveQueue(state, item, event.cause === 'lost' ? 'lost' : 'abandoned', event.atMs, emit);
}

/** Who talks by now has been faster reached than the key was pressed. */
function exit(state: AcdState, { contactId, atMs }: EventOf<'queue.exit_requested'>, emit: Emit): void {
  const item = state.items.get(contactId);
  if (item && item.stage !== 'talking') leaveQueue(state, item, 'exit', atMs, emit);
}

/** The first answer in the order of the journal wins; all other phones are let go before anybody is joined. */
function answered(state: AcdState, event: EventOf<'offer.answered'>, emit: Emit): void {
  const { atMs } = event;
  const offer = state.offers.get(event.offerId);
  const item = offer && state.items.get(offer.contactId);
  if (!offer || !item || offer.answeredAtMs !== null || !item.offers.includes(offer.id)) return;
  const { contactId, queueId } = item;
  const others = item.offers.flatMap((id) => (id === offer.id ? [] : (state.offers.get(id) ?? [])));
  for (const { id } of others) emit({ kind: 'offer.withdrawn', atMs, offerId: id, reason: 'answered_elsewhere' });
  emit({ kind: 'contact.connected', atMs, contactId, offerId: offer.id, agentId: offer.agentId, queueId });
  leaveQueue(state, item, 'answered', atMs, emit);
  for (const { agentId } of others) offerAgent(state, state.agents.get(agentId), atMs, emit);
}

/** The agent's leg ended before it was answered: the contact keeps its place, the agent is treated by the cause. */
function legFailed(state: AcdState, event: EventOf<'offer.failed'>, emit: Emit): void {
  const offer = state.offers.get(event.offerId);
  if (!offer || offer.answeredAtMs !== null) return;
  emit({ kind: 'offer.withdrawn', atMs: event.atMs, offerId: offer.id, reason: 'leg_failed' });
  notAnswered(state, offer, event.cause, event.atMs, emit);
  afterOffer(state, offer, event.atMs, emit);
}

function connectionFailed(state: AcdState, event: EventOf<'connection.failed'>, emit: Emit): void {
  const offer = state.offers.get(event.offerId);
  if (offer?.answeredAtMs == null || offer.contactId !== event.contactId) return;
  emit({ kind: 'contact.requeued', atMs: event.atMs, contactId: event.contactId, offerId: event.offerId });
  notAnswered(state, offer, 'failed', event.atMs, emit);
}
