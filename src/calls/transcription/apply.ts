import type { Event, EventOf } from '../../model/event.ts';
import type { ContactId } from '../../model/ids.ts';
import type { CallTranscription, TranscriptionState } from './state.ts';

/** The fold: brings what is known of transcription up to one event. It decides nothing. */
export function applyTranscription(state: TranscriptionState, event: Event): void {
  switch (event.kind) {
    case 'language.chosen':
      entry(state, event.contactId).contactLanguage = event.language;
      return;
    case 'transcription.started':
      return started(entry(state, event.contactId), event);
    case 'transcription.stopped':
      return stopped(state.get(event.contactId), event);
    case 'contact.finished':
      state.delete(event.contactId);
      return;
    default:
      return;
  }
}

function entry(state: TranscriptionState, contactId: ContactId): CallTranscription {
  const known = state.get(contactId);
  if (known) return known;
  const made: CallTranscription = {
    contactId,
    contactLanguage: null,
    demanded: null,
    halted: false,
    running: null,
  };
  state.set(contactId, made);
  return made;
}

/** Whoever asks for it by hand asks for the whole call; what follows for the next talk is told by the system. */
function started(call: CallTranscription, { language, by, atMs }: EventOf<'transcription.started'>): void {
  call.running = { language, sinceMs: atMs };
  if (by === 'system') return;
  call.demanded = language;
  call.halted = false;
}

function stopped(call: CallTranscription | undefined, { by }: EventOf<'transcription.stopped'>): void {
  if (!call) return;
  call.running = null;
  if (by === 'system') return;
  call.demanded = null;
  call.halted = true;
}
