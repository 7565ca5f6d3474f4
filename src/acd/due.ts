import { PHONE_CHANNELS } from '../model/channel.ts';
import type { Emit } from '../model/event.ts';
import type { AgentId, AtMs, OfferId } from '../model/ids.ts';
import { bringUpToDate, offerOrSendOn } from './due-items.ts';
import { LOOK_EVERY_MS, watchQueue } from './moments.ts';
import { notAnswered } from './not-answered.ts';
import { afterOffer } from './offers.ts';
import { lookAtQueue } from './overflow.ts';
import { lengthOf } from './routing/class.ts';
import type { AcdState, Item, Offer } from './state.ts';
import { endWrapUps } from './wrap-up.ts';

/**
 * Answers every deadline that is due. First everything is brought up to date, and only then is anything offered: one after
 * the other, the first would take an agent who is more urgently needed by the second.
 */
export function dueEvents(state: AcdState, nowMs: AtMs, emit: Emit): void {
  // Who is sent on to another queue may have something due there in the same moment.
  for (let round = 0; round < ROUNDS_MAX && (state.deadlines.next() ?? nowMs + 1) <= nowMs; round++) {
    const { items, expired } = answerAll(state, nowMs, emit);
    const changed = bringUpToDate(state, items, nowMs, emit);
    for (const offer of expired) afterOffer(state, offer, nowMs, emit);
    offerOrSendOn(state, items, changed, nowMs, emit);
  }
}

/** Circles of overflow are refused at load, so this is never reached; what is left comes up with the next look at the time. */
const ROUNDS_MAX = 100;

/** Answers what is due but for the items, and returns these and the offers that nobody answered. */
function answerAll(state: AcdState, nowMs: AtMs, emit: Emit): { items: Item[]; expired: Offer[] } {
  const items: Item[] = [];
  const expired: Offer[] = [];
  for (let due = state.deadlines.takeDue(nowMs); due; due = state.deadlines.takeDue(nowMs)) {
    switch (due.kind) {
      case 'offer':
        expired.push(...offerExpired(state, due.id, nowMs, emit));
        break;
      case 'item': {
        const item = state.items.get(due.id);
        if (item) items.push(item);
        break;
      }
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
  return { items, expired };
}

function offerExpired(state: AcdState, offerId: OfferId, nowMs: AtMs, emit: Emit): Offer[] {
  const offer = state.offers.get(offerId);
  if (!offer || offer.answeredAtMs !== null) return [];
  const channel = state.items.get(offer.contactId)?.channel ?? 'voice';
  // An answer may have been given that nobody heard: what became of the phone is seen when the door is open again.
  if (!state.doorOpen && PHONE_CHANNELS.has(channel)) {
    state.deadlines.set('offer', offerId, nowMs + LOOK_EVERY_MS);
    return [];
  }
  const item = state.items.get(offer.contactId);
  if (item && item.dialFirstMs !== null && state.unreached.has(item.contactId)) {
    // The customer was dialled all the time: the agent's phone has not rung, and nobody is to blame.
    emit({ kind: 'offer.withdrawn', atMs: nowMs, offerId, reason: 'queue_timeout' });
    return [offer];
  }
  emit({ kind: 'offer.expired', atMs: nowMs, offerId });
  notAnswered(state, offer, 'no_answer', nowMs, emit);
  return [offer];
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
