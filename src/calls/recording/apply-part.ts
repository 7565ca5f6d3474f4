import type { RecordedBy } from '../../model/call/recording.ts';
import type { Event, EventOf } from '../../model/event.ts';
import type { CallRecording, RecordingsState } from './state.ts';

/** What an event of a recording means for it and for its call. */
export function applyToPart(state: RecordingsState, event: Event): void {
  switch (event.kind) {
    case 'recording.started':
      return started(state, event);
    case 'recording.paused':
    case 'recording.resumed': {
      const call = state.calls.get(event.contactId);
      if (call?.part?.recordingId === event.recordingId)
        call.pausedBy[side(event.by)] = event.kind === 'recording.paused';
      return;
    }
    case 'recording.stopped':
      return stopped(state, event);
    case 'recording.finished':
      return finished(state, event);
    case 'recording.kept':
    case 'recording.lost':
    case 'recording.deleted':
      state.open.delete(event.recordingId);
      return;
    default:
      return;
  }
}

function side(by: RecordedBy): keyof CallRecording['pausedBy'] {
  return by === 'system' || by === 'flow' ? by : 'hand';
}

function started(state: RecordingsState, event: EventOf<'recording.started'>): void {
  const { recordingId, contactId, why, sides, atMs, offerId = null, agentId = null, queueId = null } = event;
  state.open.set(recordingId, {
    recordingId,
    contactId,
    why,
    sides,
    offerId,
    agentId,
    queueId,
    startedAtMs: atMs,
    message: event.message ?? null,
    stage: 'running',
    discard: false,
    files: [],
    durationMs: 0,
  });
  const call = state.calls.get(contactId);
  if (!call || why === 'message') return;
  call.part = { recordingId, right: sides.right };
  call.count += 1;
  call.overFor = null;
  if (why === 'demand') {
    call.demanded = true;
    call.halted = false;
  }
}

function stopped(state: RecordingsState, event: EventOf<'recording.stopped'>): void {
  const open = state.open.get(event.recordingId);
  if (open && open.stage === 'running') open.stage = 'stopping';
  if (open && event.discard) open.discard = true;
  const call = state.calls.get(event.contactId);
  if (!call || call.part?.recordingId !== event.recordingId) return;
  forgetPart(call);
  if (event.by === 'system') return;
  call.halted = true;
  call.demanded = false;
}

/** One that ended by itself (its leg is gone, or it failed) is not begun anew for the same talk. */
function finished(state: RecordingsState, event: EventOf<'recording.finished'>): void {
  const open = state.open.get(event.recordingId);
  if (open) {
    open.stage = 'finished';
    open.files = event.files;
    open.durationMs = event.durationMs;
  }
  const call = state.calls.get(event.contactId);
  if (!call || call.part?.recordingId !== event.recordingId) return;
  call.overFor = call.part.right ?? 'nobody';
  forgetPart(call);
}

function forgetPart(call: CallRecording): void {
  call.part = null;
  Object.assign(call.pausedBy, { hand: false, flow: false, system: false });
}
