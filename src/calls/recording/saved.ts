import type { CallRecording, OpenRecording, RecordingsState } from './state.ts';

/** What is known of recordings as plain JSON, for a snapshot. */
export type SavedRecordings = { readonly calls: readonly CallRecording[]; readonly open: readonly OpenRecording[] };

/** Copies, in an order of its own: it is written down later, when life has gone on. */
export function saveRecordings(state: RecordingsState): SavedRecordings {
  const calls = [...state.calls.values()].map((call) => ({ ...call, pausedBy: { ...call.pausedBy } }));
  return {
    calls: calls.sort((a, b) => (a.contactId < b.contactId ? -1 : 1)),
    open: [...state.open.values()].map((one) => ({ ...one })),
  };
}

/** Takes over the snapshot's objects. */
export function restoreRecordings(saved: SavedRecordings | undefined): RecordingsState {
  return {
    calls: new Map(saved?.calls.map((call) => [call.contactId, call])),
    open: new Map(saved?.open.map((one) => [one.recordingId, one])),
  };
}
