import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { WAV_HEADER_BYTES, wavHeader } from '../media/wav-header.ts';
import type { AtMs, RecordingId } from '../model/ids.ts';
import { decoded } from './flac.ts';
import { wavSound } from './wav.ts';

/** A recording that is heard at a telephone lies open on the disk for so long after it was asked for. */
export const OPEN_MS_MAX = 15 * 60_000;
const LOOK_EVERY_MS = 60_000;

/** Recordings as sound files that Asterisk can play, for a while. */
export type PlayableSounds = {
  /** Gives the path without its ending; names are drawn, so that none tells whose it is. */
  make(recordingId: RecordingId, flac: AsyncIterable<Buffer>): Promise<string>;
  /** Removes them all. May be called twice. */
  close(): Promise<void>;
};

/** @param dir where Asterisk reads prompts; it is another user, who must be able to read the files. */
export async function openPlayable(dir: string, now: () => AtMs): Promise<PlayableSounds> {
  await mkdir(dir, { recursive: true, mode: 0o711 });
  // Asterisk passes through without seeing what there is.
  await chmod(dir, 0o711);
  const made = new Map<RecordingId, Promise<string>>();
  const removeBefore = async (beforeMs: AtMs): Promise<void> => {
    for (const name of await readdir(dir)) {
      const { mtimeMs } = await stat(join(dir, name));
      if (mtimeMs <= beforeMs) await rm(join(dir, name), { force: true });
    }
  };
  await removeBefore(Number.POSITIVE_INFINITY);
  const timer = setInterval(() => {
    made.clear();
    removeBefore(now() - OPEN_MS_MAX).catch(() => undefined);
  }, LOOK_EVERY_MS);
  return {
    make(recordingId, flac) {
      const known = made.get(recordingId);
      if (known) return known;
      const path = write(dir, flac);
      made.set(recordingId, path);
      path.catch(() => made.delete(recordingId));
      return path;
    },
    async close() {
      clearInterval(timer);
      await removeBefore(Number.POSITIVE_INFINITY).catch(() => undefined);
    },
  };
}

/** The ending tells Asterisk the rate: `wav` is 8 kHz, `wav16` 16 kHz and so on. */
async function write(dir: string, flac: AsyncIterable<Buffer>): Promise<string> {
  const base = join(dir, randomUUID());
  const part = `${base}.part`;
  const file = await open(part, 'w', 0o644);
  try {
    const { rate, samples } = await wavSound(decoded(flac));
    let bytes = 0;
    await file.write(wavHeader(WAV_HEADER_BYTES, rate), 0, WAV_HEADER_BYTES, 0);
    for await (const chunk of samples) {
      await file.write(chunk, 0, chunk.length, WAV_HEADER_BYTES + bytes);
      bytes += chunk.length;
    }
    await file.write(wavHeader(WAV_HEADER_BYTES + bytes, rate), 0, WAV_HEADER_BYTES, 0);
    await file.close();
    await chmod(part, 0o644);
    await rename(part, `${base}.${rate === 8000 ? 'wav' : `wav${rate / 1000}`}`);
    return base;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(part, { force: true });
    throw error;
  }
}
