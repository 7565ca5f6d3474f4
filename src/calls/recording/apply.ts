import type { Event, EventOf } from '../../model/event.ts';
import type { ContactId } from '../../model/ids.ts';
import { applyToPart } from './apply-part.ts';
import type { CallRecording, RecordingsState } from './state.ts';

/** The fold: brings what is known of recordings up to one event. It decides nothing. */
export function applyRecording(state: RecordingsState, event: Event): void {
  switch (event.kind) {
    case 'contact.arrived':
      if (event.channel === 'voice') come(state, event.contactId, false);
      return;
    case 'contact.placed':
      return come(state, event.contactId, true);
    case 'contact.finished':
      state.calls.delete(event.contactId);
      return;
    default: {
      applyToPart(state, event);
      const call = 'contactId' in event && event.contactId !== undefined ? state.calls.get(event.contactId) : undefined;
      if (call) applyToCall(call, event);
    }
  }
}

function come(state: RecordingsState, contactId: ContactId, placed: boolean): void {
  if (state.calls.has(contactId)) return;
  state.calls.set(contactId, {
    contactId,
    placed,
    answered: false,
    waiting: false,
    wanted: null,
    demanded: false,
    halted: false,
    declined: false,
    confidential: false,
    pauseWanted: false,
    pausedBy: { hand: false, flow: false, system: false },
    whispering: false,
    held: false,
    consulting: false,
    dialRecorded: false,
    talk: null,
    served: { agentId: null, queueId: null },
    part: null,
    overFor: null,
    count: 0,
  });
}

function applyToCall(call: CallRecording, event: Event): void {
  switch (event.kind) {
    case 'contact.answered':
      call.answered = true;
      return;
    case 'contact.queued':
      call.waiting = true;
      return;
    case 'contact.dequeued':
      call.waiting = false;
      return;
    case 'contact.ended':
      call.answered = false;
      return endTalk(call);
    case 'recording.wanted':
      call.wanted = event.wanted;
      call.halted = false;
      call.overFor = null;
      return;
    case 'recording.pause_wanted':
      call.pauseWanted = event.wanted;
      return;
    case 'consent.declined':
      call.declined = true;
      return;
    case 'consent.given':
      call.declined = false;
      return;
    case 'confidence.began':
      call.confidential = true;
      return;
    case 'confidence.ended':
      call.confidential = false;
      return;
    default:
      return applyToTalk(call, event);
  }
}

function applyToTalk(call: CallRecording, event: Event): void {
  switch (event.kind) {
    case 'contact.connected':
    case 'talk.handed_over':
      return beginTalk(call, event);
    case 'contact.handled':
    case 'contact.requeued':
      // After a hand-over the end of the part of the agent before is told, too.
      if (call.talk?.offerId === event.offerId) endTalk(call);
      if (event.kind === 'contact.requeued') call.waiting = true;
      return;
    case 'dial.asked':
      call.dialRecorded = event.record;
      return;
    case 'far_talk.started': {
      // What a flow dials is nobody's; to what an agent hands over, the rule of that talk still applies.
      const { legId } = event;
      call.talk = { legId, offerId: null, ...call.served };
      call.waiting = false;
      return;
    }
    case 'far_talk.ended':
      call.dialRecorded = false;
      return endTalk(call);
    case 'whisper.started':
    case 'whisper.ended':
      call.whispering = event.kind === 'whisper.started';
      return;
    case 'call.held':
    case 'call.retrieved':
      call.held = event.kind === 'call.held';
      return;
    case 'consult.started':
    case 'consult.joined':
    case 'consult.returned':
    case 'consult.ended':
      call.consulting = event.kind === 'consult.started';
      return;
  }
}

function beginTalk(call: CallRecording, event: EventOf<'contact.connected'> | EventOf<'talk.handed_over'>): void {
  const { offerId, agentId, queueId } = event;
  endTalk(call);
  call.served = { agentId, queueId };
  call.talk = { legId: offerId, offerId, agentId, queueId };
  call.waiting = false;
}

/** The next agent begins anew: what the last one paused is not paused any more. */
function endTalk(call: CallRecording): void {
  call.talk = null;
  call.whispering = false;
  call.held = false;
  call.consulting = false;
  call.pausedBy.hand = false;
  call.overFor = null;
}
