import type { Journal } from '../journal/journal.ts';
import { fromSnapshot, SNAPSHOT_FORMAT } from './snapshot.ts';
import { apply, emptyState, type State } from './state.ts';

/** Brings back the state as it stood at the last event: the newest snapshot, then the tail of the journal. */
export async function recall(journal: Journal): Promise<{ state: State; replayed: number }> {
  const snapshot = await journal.latestSnapshot();
  const state = snapshot?.format === SNAPSHOT_FORMAT ? fromSnapshot(snapshot) : emptyState();
  let replayed = 0;
  await journal.replay(state.seq, ({ seq, event }) => {
    apply(state, event);
    state.seq = seq;
    replayed += 1;
  });
  return { state, replayed };
}
