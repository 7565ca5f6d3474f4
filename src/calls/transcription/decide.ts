import type { Emit, Event } from '../../model/event.ts';
import type { AtMs, ContactId } from '../../model/ids.ts';
import { queueOf, type Site } from '../../model/site.ts';
import { isJoined } from '../recording/decide.ts';
import type { CallRecording, RecordingsState } from '../recording/state.ts';
import type { CallTranscription, TranscriptionState } from './state.ts';

/** Events by which what is to be written down may change. */
const NEWS: ReadonlySet<Event['kind']> = new Set<Event['kind']>([
  'contact.answered',
  'contact.connected',
  'contact.handled',
  'contact.requeued',
  'contact.ended',
  'talk.handed_over',
  'far_talk.started',
  'far_talk.ended',
  'whisper.ended',
  'consent.given',
  'consent.declined',
]);

/**
 * Looks whether a call is written down as it should be, and emits what makes it so. As with recordings it goes by how things
 * stand, not by which event came; who is on hold stays in the talk, and nothing is stopped for it (state.ts, heardSides).
 * To be called when the recordings know of the event.
 */
export function decideTranscription(
  state: TranscriptionState,
  recordings: RecordingsState,
  event: Event,
  site: Site,
  emit: Emit,
): void {
  if (!NEWS.has(event.kind)) return;
  const { contactId } = event as { contactId?: ContactId };
  const call = contactId === undefined ? undefined : recordings.calls.get(contactId);
  if (call) settle(state.get(call.contactId), call, site, event.atMs, emit);
}

function settle(about: CallTranscription | undefined, call: CallRecording, site: Site, atMs: AtMs, emit: Emit): void {
  const { contactId } = call;
  const language = isJoined(call) ? languageFor(about, call, site) : undefined;
  const running = about?.running?.language;
  if (running === language) return;
  if (running !== undefined) emit({ kind: 'transcription.stopped', atMs, contactId, by: 'system' });
  if (language !== undefined) emit({ kind: 'transcription.started', atMs, contactId, language, by: 'system' });
}

/** In which language the talk is to be written down; undefined: it is not. Who declined to be recorded is not written down either. */
function languageFor(about: CallTranscription | undefined, call: CallRecording, site: Site): string | undefined {
  if (call.declined || about?.halted) return undefined;
  if (about?.demanded != null) return about.demanded;
  const rule = queueOf(site, call.talk?.queueId ?? '')?.transcribe;
  return rule ? (rule.language ?? usualLanguage(about, site)) : undefined;
}

/** The language of the contact where nobody named another one. */
export function usualLanguage(about: CallTranscription | undefined, site: Site): string {
  return about?.contactLanguage ?? site.language;
}
