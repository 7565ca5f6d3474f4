import { type CallsState, emptyCalls } from './state.ts';

/** The switchboard's state as plain JSON, for a snapshot; deadlines follow from the rest. */
export type SavedCalls = Record<string, unknown>;

export function saveCalls(_state: CallsState): SavedCalls {
  return {};
}

export function restoreCalls(_saved: SavedCalls): CallsState {
  return emptyCalls();
}
