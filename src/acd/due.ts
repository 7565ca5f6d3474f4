import type { Emit } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import { notAnswered } from './no-answer.ts';
import { afterOffer, leaveQueue } from './offers.ts';
import type { AcdState } from './state.ts';

const LOOK_AGAIN_MS = 1000;

/** Answers every deadline that is due. Their names are `offer ID`, `give-up CONTACT`, `wrap-up AGENT` and `rest AGENT`. */
export function dueEvents(state: AcdState, nowMs: AtMs, emit: Emit): void {
  for (let name = state.deadlines.takeDue(nowMs); name !== undefined; name = state.deadlines.takeDue(nowMs)) {
    const space = name.indexOf(' ');
    const id = name.slice(space + 1);
    switch (name.slice(0, space)) {
      case 'offer':
        offerExpired(state, id, nowMs, emit);
        break;
      case 'give-up':
        waitedTooLong(state, id, nowMs, emit);
        break;
      case 'wrap-up':
        emit({ kind: 'agent.wrap_up_ended', atMs: nowMs, agentId: id });
        break;
      case 'rest':
        emit({ kind: 'agent.rest_ended', atMs: nowMs, agentId: id });
        break;
      default:
        throw new Error(`no deadline is called ${name}`);
    }
  }
}

function offerExpired(state: AcdState, offerId: string, nowMs: AtMs, emit: Emit): void {
  const offer = state.offers.get(offerId);
  if (!offer || offer.answeredAtMs !== null) return;
  // An answer may have been given that nobody heard: what became of the phone is seen when the door is open again.
  if (!state.doorOpen) return state.deadlines.set(`offer ${offerId}`, nowMs + LOOK_AGAIN_MS);
  emit({ kind: 'offer.expired', atMs: nowMs, offerId });
  notAnswered(state, offer, nowMs, emit);
  afterOffer(state, offer, nowMs, emit);
}

function waitedTooLong(state: AcdState, contactId: string, nowMs: AtMs, emit: Emit): void {
  const item = state.items.get(contactId);
  if (item && item.stage !== 'talking') leaveQueue(state, item, 'timeout', nowMs, emit);
}
