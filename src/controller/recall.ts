import type { Journal } from '../journal/journal.ts';
import type { AtMs } from '../model/ids.ts';
import { fromSnapshot, SNAPSHOT_FORMAT } from './snapshot.ts';
import { apply, emptyState, type State } from './state.ts';

/**
 * Brings back the state as it stood at the last event: the newest snapshot, then the tail of the journal. `latestAtMs` is
 * the time of the last that happened; 0 where nothing has.
 */
export async function recall(journal: Journal): Promise<{ state: State; replayed: number; latestAtMs: AtMs }> {
  const snapshot = await journal.latestSnapshot();
  const state = snapshot?.format === SNAPSHOT_FORMAT ? fromSnapshot(snapshot) : emptyState();
  let replayed = 0;
  let latestAtMs = snapshot?.atMs ?? 0;
  await journal.replay(state.seq, ({ seq, event }) => {
    apply(state, event);
    state.seq = seq;
    replayed += 1;
    latestAtMs = Math.max(latestAtMs, event.atMs);
  });
  return { state, replayed, latestAtMs };
}
