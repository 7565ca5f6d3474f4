import type { RecordingId } from '../model/ids.ts';
import { unwrapKey } from './data-key.ts';
import type { KeepingPlace } from './keep.ts';
import type { PlayableSounds } from './playable.ts';
import { RecordingFault } from './recording-fault.ts';
import type { RecordingRow } from './recording-row.ts';
import { openSealed, type SealedFile } from './sealed-file.ts';

/** Most recordings that are read at once over the API and at telephones. */
export const READERS_MAX = 50;

/** How recordings leave the vault. Everything throws a RecordingFault. */
export type Reading = {
  row(recordingId: RecordingId): Promise<RecordingRow>;
  /** Whoever opens one must close it. */
  open(recordingId: RecordingId): Promise<SealedFile>;
  /** Path of a sound file without its ending that Asterisk can play for a while. */
  playable(recordingId: RecordingId): Promise<string>;
};

export function readingFrom(
  { index, folder, ring }: Pick<KeepingPlace, 'index' | 'folder' | 'ring'>,
  sounds: PlayableSounds,
): Reading {
  let readers = 0;

  async function row(recordingId: RecordingId): Promise<RecordingRow> {
    const found = await index.find(recordingId);
    if (!found) throw new RecordingFault('recording.unknown');
    return found;
  }

  async function open(recordingId: RecordingId): Promise<SealedFile> {
    if (readers >= READERS_MAX) throw new RecordingFault('recording.busy');
    readers += 1;
    let reading = true;
    const done = (): void => {
      if (reading) readers -= 1;
      reading = false;
    };
    try {
      const sealed = await openRow(await row(recordingId));
      const close = (): Promise<void> => {
        done();
        return sealed.close();
      };
      return { bytes: sealed.bytes, read: sealed.read, close };
    } catch (error) {
      done();
      throw error;
    }
  }

  async function openRow({ recordingId, file, keyId, wrappedKey, bytes }: RecordingRow): Promise<SealedFile> {
    if (keyId === null || wrappedKey === null) throw new RecordingFault('recording.deleted');
    const key = unwrapKey({ keyId, wrapped: wrappedKey }, ring, recordingId);
    const sealed = await openSealed(folder.pathOf(file), { key, recordingId });
    if (sealed.bytes === bytes) return sealed;
    await sealed.close();
    throw new RecordingFault('recording.broken');
  }

  return {
    row,
    open,
    async playable(recordingId) {
      const sealed = await open(recordingId);
      return sounds.make(recordingId, sealed.read(0, sealed.bytes)).finally(() => sealed.close());
    },
  };
}
