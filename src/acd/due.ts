import { PHONE_CHANNELS } from '../model/channel.ts';
import type { Emit } from '../model/event.ts';
import type { AgentId, AtMs, OfferId } from '../model/ids.ts';
import { itemsDue } from './due-items.ts';
import { LOOK_EVERY_MS, watchQueue } from './moments.ts';
import { notAnswered } from './not-answered.ts';
import { afterOffer } from './offers.ts';
import { lookAtQueue } from './overflow.ts';
import { lengthOf } from './routing/class.ts';
import type { AcdState, Item } from './state.ts';
import { endWrapUps } from './wrap-up.ts';

/** Answers every deadline that is due. Items come last, all together, so that the most urgent one has what became free. */
export function dueEvents(state: AcdState, nowMs: AtMs, emit: Emit): void {
  // Who is sent on to another queue may have something due there in the same moment.
  for (let round = 0; round < ROUNDS_MAX && (state.deadlines.next() ?? nowMs + 1) <= nowMs; round++) {
    itemsDue(state, allButItems(state, nowMs, emit), nowMs, emit);
  }
}

/** Circles of overflow are refused at load, so this is never reached; what is left comes up with the next look at the time. */
const ROUNDS_MAX = 100;

/** Answers what is due but for the items, and returns these. */
function allButItems(state: AcdState, nowMs: AtMs, emit: Emit): Item[] {
  const items: Item[] = [];
  for (let due = state.deadlines.takeDue(nowMs); due; due = state.deadlines.takeDue(nowMs)) {
    switch (due.kind) {
      case 'offer':
        offerExpired(state, due.id, nowMs, emit);
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
  return items;
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

function pauseOverran(state: AcdState, agentId: AgentId, nowMs: AtMs, emit: Emit): void {
  const agent = state.agents.get(agentId);
  if (!agent?.pause) return;
  const { reason } = agent.pause;
  emit({ kind: 'agent.pause_overran', atMs: nowMs, agentId, reason });
  const atLimit = Object.values(state.site.pauseReasons).find(({ name }) => name === reason)?.atLimit;
  if (atLimit === 'ready') emit({ kind: 'agent.readied', atMs: nowMs, agentId, by: 'system' });
  if (atLimit === 'log_out') emit({ kind: 'agent.logged_out', atMs: nowMs, agentId, by: 'system' });
}
