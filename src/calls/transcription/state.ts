import type { AgentId, AtMs, ContactId, LegId } from '../../model/ids.ts';
import type { Speaker } from '../../model/speech/transcription.ts';
import { isJoined } from '../recording/decide.ts';
import { isPaused, type RecordingsState } from '../recording/state.ts';

/** What the switchboard knows of transcription. A call of which nothing is known has no entry. */
export type TranscriptionState = Map<ContactId, CallTranscription>;

export type CallTranscription = {
  readonly contactId: ContactId;
  /** The language that the flow speaks with the customer; null: the site's. */
  contactLanguage: string | null;
  /** Somebody asked for it, in this language. */
  demanded: string | null;
  /** Somebody asked for its end. */
  halted: boolean;
  running: { readonly language: string; readonly sinceMs: AtMs } | null;
};

/** Whom to listen to at this moment. `legId` is named as commands name it: the customer's is the contact's id. */
export type HeardSide = {
  readonly speaker: Speaker;
  readonly legId: LegId;
  readonly agentId: AgentId | null;
  readonly language: string;
};

export function emptyTranscription(): TranscriptionState {
  return new Map();
}

/**
 * Whose words are written down now. Nobody's while the customer is on hold or the agent asks a colleague, while something is
 * told in confidence, and while a recording is paused: what a recording must not have, a transcript must not have either.
 */
export function heardSides(
  state: TranscriptionState,
  recordings: RecordingsState,
  contactId: ContactId,
): readonly HeardSide[] {
  const running = state.get(contactId)?.running;
  const call = recordings.calls.get(contactId);
  if (!running || !call || !isJoined(call)) return [];
  const { talk, confidential, held, consulting, pauseWanted } = call;
  if (!talk || confidential || held || consulting || pauseWanted || isPaused(recordings, contactId)) return [];
  const { language } = running;
  const { legId, offerId, agentId } = talk;
  const far: HeardSide =
    offerId === null
      ? { speaker: 'other', legId, agentId: null, language }
      : { speaker: 'agent', legId, agentId, language };
  return [{ speaker: 'customer', legId: contactId, agentId: null, language }, far];
}
