import type { CallTranscription, TranscriptionState } from './state.ts';

/** What is known of transcription as plain JSON, for a snapshot: copies, in an order of their own. */
export function saveTranscription(state: TranscriptionState): readonly CallTranscription[] {
  const calls = [...state.values()].map((call) => ({ ...call }));
  return calls.sort((a, b) => (a.contactId < b.contactId ? -1 : 1));
}

/** Takes over the snapshot's objects; a snapshot of the release before has none. */
export function restoreTranscription(saved: readonly CallTranscription[] = []): TranscriptionState {
  return new Map(saved.map((call) => [call.contactId, call]));
}
