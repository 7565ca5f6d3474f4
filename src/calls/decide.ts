import type { Emit, Event, EventOf } from '../model/event.ts';
import { consultItemGone, decideConsults, endConsult, talkLost } from './consult.ts';
import { customerGone } from './customer-gone.ts';
import { decideDialling, dialAnswered } from './dialling.ts';
import { due } from './due.ts';
import { heldByButton, pressed, referred } from './keys.ts';
import { legOver } from './leg-over.ts';
import { decideLines } from './lines.ts';
import { agentReady, customerAnswered, decidePlaced, hangupAsked, talkOver } from './placed.ts';
import { decideRecording } from './recording/decide.ts';
import { decideRooms } from './rooms.ts';
import { type Call, type CallsState, callOf, callOfLeg } from './state.ts';
import { decideTranscription } from './transcription/decide.ts';
import { decideTransfers, transferAnswered } from './transfer.ts';
import { decideWatches } from './watch/decide.ts';
import { connected, whisperHeard } from './whisper.ts';

/** What follows for the legs of calls from an event that has just been applied; every decision is an event of its own. */
export function decide(state: CallsState, event: Event, emit: Emit): void {
  decideLines(state, event, emit);
  if (event.kind === 'time.passed') due(state, event.atMs, emit);
  else if ('offerId' in event && !('contactId' in event)) ofOffer(state, event, emit);
  else if ('contactId' in event && event.contactId !== undefined) {
    const call = callOf(state, event.contactId);
    if (call) ofCall(state, call, event, emit);
  }
  decideWatches(state.watch, event, emit);
  decideRecording(state.recordings, event, state.site, emit);
  decideTranscription(state.transcription, state.recordings, event, state.site, emit);
}

/** An agent's leg has ended. The dispatcher looks at it after this, and finds a talk that was handed over in time. */
function ofOffer(state: CallsState, event: Event, emit: Emit): void {
  if (event.kind !== 'offer.ended') return;
  const call = callOfLeg(state, event.offerId);
  if (call) talkLost(call, event, emit);
}

function ofCall(state: CallsState, call: Call, event: Event, emit: Emit): void {
  switch (event.kind) {
    case 'offer.made':
      return decidePlaced(state, call, event, emit);
    case 'contact.ended':
      return customerGone(call, event, emit);
    case 'contact.connected':
      return connected(state, call, event, emit);
    case 'contact.handled':
    case 'contact.requeued':
      return talkEnded(state, call, event, emit);
    case 'contact.dequeued':
      return consultItemGone(call, event, emit);
    case 'hangup.requested':
      return hangupAsked(call, event, emit);
    case 'prompt.finished':
      whisperHeard(call, event, emit);
      return dialAnswered(call, event, emit);
    case 'whisper.ended':
      return agentReady(state, call, event.atMs, emit);
    case 'leg.pressed':
      return pressed(state, call, event, emit);
    case 'leg.referred':
      return referred(state, call, event, emit);
    case 'leg.held':
    case 'leg.retrieved':
      return heldByButton(state, call, event, emit);
    default:
      return ofLegs(state, call, event, emit);
  }
}

/** An agent's part is over, or that of a colleague who was consulted. */
function talkEnded(
  state: CallsState,
  call: Call,
  event: EventOf<'contact.handled'> | EventOf<'contact.requeued'>,
  emit: Emit,
): void {
  const colleagueGone = event.kind === 'contact.handled' && call.consult?.consultId === event.contactId;
  if (colleagueGone) return endConsult(call, 'hung_up', event.atMs, emit);
  if (event.contactId !== call.contactId || call.talk) return;
  endConsult(call, 'returned', event.atMs, emit);
  if (event.kind === 'contact.handled') decideTransfers(state, call, event, emit);
  talkOver(call, event, emit);
}

function ofLegs(state: CallsState, call: Call, event: Event, emit: Emit): void {
  switch (event.kind) {
    case 'leg.answered':
      return legAnswered(call, event, emit);
    case 'leg.ended':
      return legOver(state, call, event, emit);
    case 'dial.asked':
      return decideDialling(state, call, event.atMs, emit);
    case 'room.entered':
    case 'room.left':
      return decideRooms(state, call, event, emit);
    default:
      return decideConsults(state, call, event, emit);
  }
}

function legAnswered(call: Call, event: EventOf<'leg.answered'>, emit: Emit): void {
  const leg = call.legs.get(event.legId);
  // One that was told before, or comes too late, changes nothing.
  if (leg?.answeredAtMs !== event.atMs) return;
  switch (leg.purpose) {
    case 'contact':
      return customerAnswered(call, event, emit);
    case 'consult': {
      const { atMs, contactId, legId } = event;
      const { consult } = call;
      if (consult?.stage !== 'asked' || consult.legId !== legId) return;
      return emit({ kind: 'consult.answered', atMs, contactId, consultId: consult.consultId, legId });
    }
    case 'transfer':
      return transferAnswered(call, leg, event.atMs, emit);
    case 'dial':
      return dialAnswered(call, event, emit);
    case 'watch':
      return;
  }
}
