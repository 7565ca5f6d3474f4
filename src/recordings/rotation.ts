import { type KeyRing, unwrapKey, wrapKey } from './data-key.ts';
import type { RecordingIndex } from './recording-table.ts';

const PAGE = 500;

export type Rotation = {
  /** Recordings whose keys are wrapped anew. */
  readonly rewrapped: number;
  /** Keys that nothing needed any more, and that are gone. */
  readonly forgotten: readonly string[];
  /** Recordings whose key could not be unwrapped; what they are under stays. */
  readonly failed: number;
};

/**
 * Makes new keys and wraps the recordings' own keys under them; the sound itself stays as it is. Old keys go when nothing is
 * under them any more. Cut short at any place, the next rotation does the rest. Throws `recording.index_unavailable`.
 */
export async function rotate(ring: KeyRing, index: RecordingIndex): Promise<Rotation> {
  await ring.renew();
  const old = ring.old();
  let rewrapped = 0;
  const stuck = new Set<string>();
  for (;;) {
    const rows = await index.wrappedUnder(old, PAGE + stuck.size);
    const fresh = rows.filter(({ recordingId }) => !stuck.has(recordingId));
    if (fresh.length === 0) break;
    for (const { recordingId, purpose, keyId, wrappedKey } of fresh) {
      const before = { keyId: keyId!, wrapped: wrappedKey! };
      try {
        const dataKey = unwrapKey(before, ring, recordingId);
        await index.rewrap(recordingId, before, wrapKey(dataKey, ring.current(purpose), recordingId));
        rewrapped += 1;
      } catch (error) {
        if ((error as { code?: string }).code === 'recording.index_unavailable') throw error;
        stuck.add(recordingId);
      }
    }
  }
  const needed = new Set((await index.wrappedUnder(old, stuck.size)).map(({ keyId }) => keyId));
  const forgotten = old.filter((id) => !needed.has(id));
  await ring.forget(forgotten);
  return { rewrapped, forgotten, failed: stuck.size };
}
