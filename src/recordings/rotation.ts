import { type KeyRing, unwrapKey, wrapKey } from './data-key.ts';
import type { RecordingRow } from './recording-row.ts';
import type { RecordingIndex, Rewrapped } from './recording-table.ts';

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
  let failed = 0;
  for (let afterId = ''; ; ) {
    const rows = await index.wrappedUnder(old, afterId, PAGE);
    const changes = rows.flatMap((row) => changed(row, ring) ?? []);
    await index.rewrap(changes);
    rewrapped += changes.length;
    failed += rows.length - changes.length;
    if (rows.length < PAGE) break;
    afterId = rows.at(-1)!.recordingId;
  }
  const forgotten: string[] = [];
  for (const id of old) {
    const [needing] = await index.wrappedUnder([id], '', 1);
    if (!needing) forgotten.push(id);
  }
  await ring.forget(forgotten);
  return { rewrapped, forgotten, failed };
}

/** Undefined when the key cannot be unwrapped. */
function changed({ recordingId, purpose, keyId, wrappedKey }: RecordingRow, ring: KeyRing): Rewrapped | undefined {
  try {
    const dataKey = unwrapKey({ keyId: keyId!, wrapped: wrappedKey! }, ring, recordingId);
    return { recordingId, before: keyId!, after: wrapKey(dataKey, ring.current(purpose), recordingId) };
  } catch {
    return undefined;
  }
}
