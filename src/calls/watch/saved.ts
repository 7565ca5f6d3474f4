import { emptyWatches, type Watch, type WatchState } from './state.ts';

/** Supervision as plain JSON, in an order of its own; the code follows from the site. */
export type SavedWatches = {
  readonly watches: readonly Watch[];
  readonly takenOver: readonly (readonly [string, string])[];
  readonly takeOverCode: string;
};

export function saveWatches({ watches, takenOver, takeOverCode }: WatchState): SavedWatches {
  return {
    watches: byId([...watches]).map(([, watch]) => ({ ...watch })),
    takenOver: byId([...takenOver]),
    takeOverCode,
  };
}

export function restoreWatches(saved: SavedWatches): WatchState {
  const state = emptyWatches();
  for (const watch of saved.watches) state.watches.set(watch.legId, watch);
  for (const [legId, contactId] of saved.takenOver) state.takenOver.set(legId, contactId);
  state.takeOverCode = saved.takeOverCode;
  return state;
}

function byId<T>(entries: [string, T][]): [string, T][] {
  return entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
