import type { AtMs, RecordingId } from '../model/ids.ts';
import { unwrapKey } from './data-key.ts';
import type { KeepingPlace } from './keep.ts';
import { RecordingFault } from './recording-fault.ts';

/** What was looked at after a recording was deleted. */
export type DeletionProof = {
  readonly recordingId: RecordingId;
  readonly deletedAtMs: AtMs;
  readonly reason: string;
  /** Of the file that was removed, by which a copy of it would be known; null: it was gone before. */
  readonly fileSha256: string | null;
  readonly fileBytes: number;
  /** There is no such file any more. */
  readonly fileGone: boolean;
  /** The index holds no key of it any more. */
  readonly keyGone: boolean;
  /** With what is left, a copy of the file cannot be read: it was tried. */
  readonly copyUnreadable: boolean;
};

type Place = Pick<KeepingPlace, 'folder' | 'index' | 'ring'>;

/**
 * Deletes a recording for good and proves it. The key goes first: from then on no copy of the file can be read, wherever it
 * lies (crypto-shredding, NIST SP 800-88 rev. 1, 2.5). May be repeated. Throws `recording.unknown` and `recording.on_hold`.
 */
export async function destroy(
  { folder, index, ring }: Place,
  recordingId: RecordingId,
  { atMs, reason }: { readonly atMs: AtMs; readonly reason: string },
): Promise<DeletionProof> {
  const row = await index.find(recordingId);
  if (!row) throw new RecordingFault('recording.unknown');
  const before = await folder.digest(row.file);
  if (!(await index.forgetKey(recordingId, atMs, reason))) throw new RecordingFault('recording.on_hold');
  await folder.remove(row.file);
  const after = await index.find(recordingId);
  const keyGone = after !== undefined && after.wrappedKey === null && after.keyId === null;
  return {
    recordingId,
    deletedAtMs: after?.deletedAtMs ?? atMs,
    reason: after?.deletedReason ?? reason,
    fileSha256: before?.sha256 ?? null,
    fileBytes: before?.bytes ?? 0,
    fileGone: (await folder.digest(row.file)) === undefined,
    keyGone,
    copyUnreadable: keyGone && !canUnwrap(after, ring, recordingId),
  };
}

type Found = { readonly keyId: string | null; readonly wrappedKey: Buffer | null };

function canUnwrap({ keyId, wrappedKey }: Found, ring: Place['ring'], recordingId: RecordingId): boolean {
  try {
    unwrapKey({ keyId: keyId ?? '', wrapped: wrappedKey ?? Buffer.alloc(0) }, ring, recordingId);
    return true;
  } catch {
    return false;
  }
}
