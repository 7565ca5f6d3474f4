import type { Event, EventOf } from '../model/event.ts';
import type { ContactId } from '../model/ids.ts';
import { applyToFarTalks } from './apply-far-talk.ts';
import { applyToKeys } from './apply-keys.ts';
import { applyToLegs } from './apply-leg.ts';
import { applyToTalk } from './apply-talk.ts';
import { applyToLines } from './lines.ts';
import { applyRecording } from './recording/apply.ts';
import { applyToRooms } from './rooms.ts';
import { type Call, type CallsState, callOf, type Placed } from './state.ts';
import { applyTranscription } from './transcription/apply.ts';
import { applyToWatches } from './watch/apply.ts';

/**
 * The fold: brings the switchboard's state up to one event, live and at replay alike. It decides nothing, and an event about
 * a call or a leg that is unknown (late, repeated, of another door) changes nothing.
 */
export function apply(state: CallsState, event: Event): void {
  if (!applyToHouse(state, event) && !applyToLegs(state, event)) applyToCall(state, event);
  applyToLines(state, event);
  applyRecording(state.recordings, event);
  applyTranscription(state.transcription, event);
  applyToWatches(state.watch, event);
}

function applyToHouse(state: CallsState, event: Event): boolean {
  switch (event.kind) {
    case 'flows.loaded':
      state.site = event.flows.site;
      return true;
    case 'door.agreed':
      if (event.door === 'voice') state.doorOpen = true;
      return true;
    case 'door.lost':
      if (event.door === 'voice') state.doorOpen = false;
      return true;
    case 'controller.started':
      state.doorOpen = false;
      return true;
    case 'agent.logged_in':
      state.present.add(event.agentId);
      return true;
    case 'agent.logged_out':
      state.present.delete(event.agentId);
      return true;
    case 'contact.arrived':
      if (event.channel === 'voice') begin(state, event.contactId, null);
      return true;
    case 'contact.placed':
      begin(state, event.contactId, placedBy(event));
      return true;
    case 'contact.finished':
      forget(state, event.contactId);
      return true;
    default:
      return false;
  }
}

function placedBy(event: EventOf<'contact.placed'>): Placed {
  const { mode, to, from, ringMs, detectMachine, whisper = [], recordingId = null } = event;
  const { flowId = null, onMachine = null } = event;
  return { mode, to, from, ringMs, detectMachine, whisper, recordingId, flowId, onMachine };
}

function begin(state: CallsState, contactId: ContactId, placed: Placed | null): void {
  if (state.calls.has(contactId)) return;
  state.calls.set(contactId, {
    contactId,
    placed,
    customer: placed ? 'away' : 'here',
    answered: false,
    customerLegId: null,
    hangingUp: false,
    inFlow: placed === null,
    legs: new Map(),
    legCount: 0,
    consultIds: [],
    whisperCount: 0,
    over: null,
    sentOn: false,
    queued: null,
    talk: null,
    consult: null,
    dial: null,
    transfer: null,
    farTalk: null,
    room: null,
    keys: null,
  });
}

function forget(state: CallsState, contactId: ContactId): void {
  const call = state.calls.get(contactId);
  if (!call) return;
  state.calls.delete(contactId);
  for (const legId of call.legs.keys()) {
    state.deadlines.clear('leg', legId);
    state.outside.delete(legId);
  }
  for (const kind of ['whisper', 'keys', 'decision', 'far_talk'] as const) state.deadlines.clear(kind, contactId);
  for (const consultId of call.consultIds) state.consults.delete(consultId);
}

function applyToCall(state: CallsState, event: Event): void {
  if (!('contactId' in event) || event.contactId === undefined) return;
  const call = callOf(state, event.contactId);
  if (!call) return;
  // What is told of a question to a colleague, its own queue and its offers, is not about the customer.
  const ofCustomer = event.contactId === call.contactId;
  switch (event.kind) {
    case 'contact.answered':
      if (ofCustomer && call.customer === 'away') call.customer = 'here';
      if (ofCustomer) call.answered = true;
      return;
    case 'contact.dequeued':
      if (ofCustomer) call.sentOn = event.reason === 'overflow';
      return;
    case 'contact.ended':
      call.customer = 'gone';
      return;
    case 'hangup.requested':
      call.hangingUp = true;
      return;
    case 'flow.started':
      call.inFlow = true;
      return;
    case 'flow.ended':
      call.inFlow = false;
      return;
    case 'contact.queued':
      if (ofCustomer) queued(call, event);
      return;
    default:
      applyToRooms(state, call, event);
      applyToFarTalks(state, call, event);
      applyToKeys(state, call, event);
      if (ofCustomer) applyToTalk(state, call, event);
      else if (event.kind === 'contact.connected' && call.consult?.consultId === event.contactId) {
        call.consult.agentId = event.agentId;
        call.consult.queueId = event.queueId;
      } else if (event.kind === 'contact.requeued' && call.consult?.consultId === event.contactId) {
        Object.assign(call.consult, { stage: 'asked', legId: null });
      }
  }
}

function queued(call: Call, event: EventOf<'contact.queued'>): void {
  const { kind: _, contactId: __, ...how } = event;
  const { whisper, music } = (call.sentOn && call.queued) || {};
  call.queued = { ...(whisper && { whisper }), ...(music !== undefined && { music }), ...how };
  call.sentOn = false;
  call.transfer = null;
}
