import { PHONE_CHANNELS } from '../model/channel.ts';
import type { Emit } from '../model/event.ts';
import type { AgentId, AtMs, ContactId, OfferId } from '../model/ids.ts';
import { LOOK_EVERY_MS, setItemMoment, watchQueue } from './moments.ts';
import { notAnswered } from './not-answered.ts';
import { afterOffer, leaveQueue, offerItem, ringNext } from './offers.ts';
import { lookAtQueue, overflow } from './overflow.ts';
import { catchUp } from './relaxation.ts';
import { lengthOf } from './routing/routing-class.ts';
import { queueOf } from './routing/routing-index.ts';
import type { AcdState, Item } from './state.ts';
import { endWrapUps } from './wrap-up.ts';

/** Answers every deadline that is due. */
export function dueEvents(state: AcdState, nowMs: AtMs, emit: Emit): void {
  for (let due = state.deadlines.takeDue(nowMs); due; due = state.deadlines.takeDue(nowMs)) {
    switch (due.kind) {
      case 'offer':
        offerExpired(state, due.id, nowMs, emit);
        break;
      case 'item':
        itemDue(state, due.id, nowMs, emit);
        break;
      case 'queue':
        lookAtQueue(state, due.id, nowMs, emit);
        if (lengthOf(state, due.id) > 0) watchQueue(state, due.id, nowMs);
        break;
      case 'wrap-up':
        endWrapUps(state.agents.get(due.id), nowMs, emit);
        break;
      case 'rest':
        emit({ kind: 'agent.rest_ended', atMs: nowMs, agentId: due.id });
        break;
      case 'pause':
        pauseOverran(state, due.id, nowMs, emit);
        break;
    }
  }
}

function offerExpired(state: AcdState, offerId: OfferId, nowMs: AtMs, emit: Emit): void {
  const offer = state.offers.get(offerId);
  if (!offer || offer.answeredAtMs !== null) return;
  const channel = state.items.get(offer.contactId)?.channel ?? 'voice';
  // An answer may have been given that nobody heard: what became of the phone is seen when the door is open again.
  if (!state.doorOpen && PHONE_CHANNELS.has(channel)) {
    return state.deadlines.set('offer', offerId, nowMs + LOOK_EVERY_MS);
  }
  emit({ kind: 'offer.expired', atMs: nowMs, offerId });
  notAnswered(state, offer, 'no_answer', nowMs, emit);
  afterOffer(state, offer, nowMs, emit);
}

function itemDue(state: AcdState, contactId: ContactId, nowMs: AtMs, emit: Emit): void {
  const item = state.items.get(contactId);
  if (!item || item.stage === 'talking') return;
  if (item.giveUpAtMs !== null && item.giveUpAtMs <= nowMs) return leaveQueue(state, item, 'timeout', nowMs, emit);
  const serviceLevelMs = queueOf(state, item.queueId)?.serviceLevelMs ?? Number.POSITIVE_INFINITY;
  if (!item.overdue && nowMs - item.queuedAtMs >= serviceLevelMs) {
    emit({ kind: 'contact.overdue', atMs: nowMs, contactId, queueId: item.queueId });
  }
  if (item.ringNextAtMs !== null && item.ringNextAtMs <= nowMs) return ringOneMore(state, item, nowMs, emit);
  if (item.stage === 'waiting') {
    const { step, hold } = item;
    catchUp(state, item, nowMs, emit);
    // What it asks for less now may find somebody at once, before it is sent on.
    if (item.step !== step || item.hold !== hold) offerItem(state, item, nowMs, emit);
    if (item.stage === 'waiting') overflow(state, item, nowMs, false, emit);
  }
  if (state.items.get(contactId) === item) setItemMoment(state, item);
}

/** Nobody else is free: the next look comes after the same while. */
function ringOneMore(state: AcdState, item: Item, nowMs: AtMs, emit: Emit): void {
  if (ringNext(state, item, nowMs, emit)) return;
  const againMs = queueOf(state, item.queueId)?.ringNextAfterMs ?? LOOK_EVERY_MS;
  state.deadlines.set('item', item.contactId, Math.min(nowMs + againMs, item.giveUpAtMs ?? Number.POSITIVE_INFINITY));
}

function pauseOverran(state: AcdState, agentId: AgentId, nowMs: AtMs, emit: Emit): void {
  const agent = state.agents.get(agentId);
  if (!agent?.pause) return;
  const { reason } = agent.pause;
  emit({ kind: 'agent.pause_overran', atMs: nowMs, agentId, reason });
  const atLimit = Object.values(state.site.pauseReasons).find(({ name }) => name === reason)?.atLimit;
  if (atLimit === 'ready') emit({ kind: 'agent.readied', atMs: nowMs, agentId, by: 'system' });
  if (atLimit === 'log_out') emit({ kind: 'agent.logged_out', atMs: nowMs, agentId, by: 'system' });
}
