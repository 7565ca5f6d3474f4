import { type FileHandle, open } from 'node:fs/promises';
import {
  checkHeader,
  HEADER_BYTES,
  openPiece,
  PIECE_BYTES,
  SEALED_PIECE_BYTES,
  type Seal,
  TAG_BYTES,
} from './piece.ts';
import { asFault, RecordingFault } from './recording-fault.ts';

/** A sealed file that was found whole in length; its pieces are checked as they are read. */
export type SealedFile = {
  /** Of what was sealed. */
  readonly bytes: number;
  /** Gives the bytes from `from` up to and without `to`; decrypts only the pieces in which they lie. Throws `recording.broken`. */
  read(from: number, to: number): AsyncGenerator<Buffer>;
  /** May be called twice. */
  close(): Promise<void>;
};

/**
 * Opens a sealed file and looks at its last piece, so that one that was cut is found whatever part of it is asked for.
 * Throws `recording.broken`, also when there is no such file.
 */
export async function openSealed(path: string, about: Pick<Seal, 'key' | 'recordingId'>): Promise<SealedFile> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new RecordingFault('recording.broken', 'ENOENT') : asFault(error);
  });
  try {
    const header = await readAt(file, 0, HEADER_BYTES);
    checkHeader(header);
    const sealedBytes = (await file.stat()).size - HEADER_BYTES;
    const pieces = Math.ceil(sealedBytes / SEALED_PIECE_BYTES);
    const lastBytes = sealedBytes - (pieces - 1) * SEALED_PIECE_BYTES;
    if (pieces < 1 || lastBytes < TAG_BYTES) throw new RecordingFault('recording.broken');
    const seal: Seal = { ...about, header };
    const piece = async (at: number): Promise<Buffer> => {
      const last = at === pieces - 1;
      const sealed = await readAt(file, HEADER_BYTES + at * SEALED_PIECE_BYTES, last ? lastBytes : SEALED_PIECE_BYTES);
      return openPiece(seal, at, last, sealed);
    };
    await piece(pieces - 1);
    const bytes = sealedBytes - pieces * TAG_BYTES;
    return { bytes, read: (from, to) => slices(piece, from, Math.min(to, bytes)), close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function* slices(piece: (at: number) => Promise<Buffer>, from: number, to: number): AsyncGenerator<Buffer> {
  for (let at = Math.floor(from / PIECE_BYTES); at * PIECE_BYTES < to; at++) {
    const begin = at * PIECE_BYTES;
    yield (await piece(at)).subarray(Math.max(0, from - begin), Math.min(PIECE_BYTES, to - begin));
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(buffer, done, length - done, position + done);
    if (bytesRead === 0) throw new RecordingFault('recording.broken');
    done += bytesRead;
  }
  return buffer;
}
