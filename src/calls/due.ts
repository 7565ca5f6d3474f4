import type { Emit } from '../model/event.ts';
import type { AtMs, LegId } from '../model/ids.ts';
import { farTalkOver } from './far-talk.ts';
import { keysDue } from './keys.ts';
import { legOver } from './leg-over.ts';
import { askLine } from './lines.ts';
import { type Call, type CallsState, callOfLeg } from './state.ts';

/** How soon it is looked again at a leg while the door is lost: an answer may have been given that nobody heard. */
const LOOK_AGAIN_MS = 1000;

/** Answers every deadline that is due. */
export function due(state: CallsState, nowMs: AtMs, emit: Emit): void {
  for (let one = state.deadlines.takeDue(nowMs); one; one = state.deadlines.takeDue(nowMs)) {
    if (one.kind === 'leg') legDue(state, one.id, nowMs, emit);
    else if (one.kind === 'line') askLine(state, one.id, nowMs, emit);
    else {
      const call = state.calls.get(one.id);
      if (call) callDue(state, call, one.kind, nowMs, emit);
    }
  }
}

function legDue(state: CallsState, legId: LegId, nowMs: AtMs, emit: Emit): void {
  const call = callOfLeg(state, legId);
  if (!call?.legs.has(legId)) return;
  if (!state.doorOpen) return state.deadlines.set('leg', legId, nowMs + LOOK_AGAIN_MS);
  emit({ kind: 'leg.given_up', atMs: nowMs, contactId: call.contactId, legId });
  legOver(state, call, { legId, cause: 'no_answer', atMs: nowMs }, emit);
}

function callDue(
  state: CallsState,
  call: Call,
  kind: 'whisper' | 'keys' | 'decision' | 'far_talk',
  nowMs: AtMs,
  emit: Emit,
): void {
  const { contactId, talk, farTalk } = call;
  switch (kind) {
    case 'whisper':
      if (!talk?.whisper) return;
      return emit({
        kind: 'whisper.ended',
        atMs: nowMs,
        contactId,
        offerId: talk.offerId,
        promptId: talk.whisper.promptId,
      });
    case 'keys':
      return keysDue(state, call, nowMs, emit);
    case 'decision':
      // The agent wants no call: the contact is somebody else's or nobody's, as its order says.
      if (!talk || call.customer !== 'away') return;
      return emit({ kind: 'contact.closed', atMs: nowMs, contactId, offerId: talk.offerId, agentId: talk.agentId });
    case 'far_talk':
      if (!farTalk) return;
      emit({ kind: 'leg.given_up', atMs: nowMs, contactId, legId: farTalk.legId });
      return farTalkOver(call, 'hung_up', nowMs, emit);
  }
}
