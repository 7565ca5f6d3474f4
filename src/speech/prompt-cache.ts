import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, rename, rm, statfs, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TELEPHONE_RATE } from '../media/frames.ts';
import { WAV_HEADER_BYTES, wavHeader } from '../media/wav-header.ts';
import { ok, type Result } from '../model/failure.ts';
import { sweepPrompts } from './prompt-sweep.ts';
import { diskFailure, speechFailed } from './speech-failure.ts';

/** A use is noted in the file's time stamp, but not more often than this. */
const TOUCH_EVERY_MS = 5 * 60_000;
/** A prompt used within this time may be playing and is never removed. */
const IN_USE_MS = 60 * 60_000 + TOUCH_EVERY_MS;
const SWEEP_EVERY_MS = 60 * 60_000;

/** Below this nothing new is rendered: the database may lie on the same disk and needs the rest. */
export const FREE_BYTES_MIN = 64 * 1024 ** 2;
export const CACHE_BYTES_MAX = 2 * 1024 ** 3;

export type PromptCache = {
  /** The file of the key without its ending, or undefined when it is absent or damaged. */
  find(key: string): Promise<string | undefined>;
  /** Whether the folder takes another prompt. Failures: `speech.no_disk`, `speech.folder_unwritable`. */
  hasRoom(): Promise<Result<void>>;
  /** Keeps a WAV and gives its path without its ending. Failures: as `hasRoom`. */
  keep(key: string, wav: Buffer): Promise<Result<string>>;
  /** Waits for a sweep that runs. */
  close(): Promise<void>;
};

export type PromptCacheOptions = {
  readonly dir: string;
  readonly now: () => number;
  readonly bytesMax: number;
  readonly freeBytesMin: number;
  readonly swept: (removed: number, bytesLeft: number) => void;
};

/** Rendered prompts by key: `<dir>/<first 2 hex digits>/<key>.wav`, readable by every user, because Asterisk is another one. */
export function openPromptCache({ dir, now, bytesMax, freeBytesMin, swept }: PromptCacheOptions): PromptCache {
  const drafts = join(dir, '.drafts');
  const base = (key: string) => join(dir, key.slice(0, 2), key);
  let bytes: number | undefined;
  let sweptAtMs = Number.NEGATIVE_INFINITY;
  let sweep: Promise<void> = Promise.resolve();

  /** The first sweep counts what is there; later ones run only when the count has passed the bound. */
  function sweepWhenDue(): void {
    if (now() - sweptAtMs < SWEEP_EVERY_MS || (bytes !== undefined && bytes <= bytesMax)) return;
    sweptAtMs = now();
    sweep = sweepPrompts({ dir, bytesMax, usedBeforeMs: now() - IN_USE_MS }).then((done) => {
      bytes = done.bytesLeft;
      if (done.removed > 0) swept(done.removed, done.bytesLeft);
    });
  }

  async function hasRoom(): Promise<Result<void>> {
    try {
      await folder(dir, 0o755);
      await folder(drafts, 0o700);
      const disk = await statfs(dir);
      return disk.bavail * disk.bsize < freeBytesMin ? speechFailed('speech.no_disk', { freeBytesMin }) : ok(undefined);
    } catch (error) {
      return diskFailure(error);
    }
  }

  return {
    async find(key) {
      return (await intact(`${base(key)}.wav`, now())) ? base(key) : undefined;
    },
    hasRoom,
    async keep(key, wav) {
      const room = await hasRoom();
      if (!room.ok) return room;
      const draft = join(drafts, `${randomUUID()}.wav`);
      try {
        await folder(dirname(base(key)), 0o755);
        await writeFile(draft, wav);
        await chmod(draft, 0o644);
        await utimes(draft, now() / 1000, now() / 1000);
        await rename(draft, `${base(key)}.wav`);
      } catch (error) {
        await rm(draft, { force: true }).catch(() => {});
        return diskFailure(error);
      }
      if (bytes !== undefined) bytes += wav.length;
      sweepWhenDue();
      return ok(base(key));
    },
    close: () => sweep,
  };
}

/** The mode is set by itself only for a new folder: mkdir's own is narrowed by the umask. */
async function folder(path: string, mode: number): Promise<void> {
  const made = await mkdir(path, { recursive: true });
  if (made !== undefined) await chmod(path, mode);
}

/** True when the file is as long as its header says; a crash or a full disk can leave a shorter one. Notes the use. */
async function intact(path: string, nowMs: number): Promise<boolean> {
  try {
    const file = await open(path, 'r');
    try {
      const { size, mtimeMs } = await file.stat();
      if (size <= WAV_HEADER_BYTES) return false;
      const header = Buffer.alloc(WAV_HEADER_BYTES);
      await file.read(header, 0, WAV_HEADER_BYTES, 0);
      if (!header.equals(wavHeader(size, TELEPHONE_RATE))) return false;
      // A file of another owner cannot be stamped; it still plays.
      if (nowMs - mtimeMs > TOUCH_EVERY_MS) await file.utimes(nowMs / 1000, nowMs / 1000).catch(() => {});
      return true;
    } finally {
      await file.close();
    }
  } catch {
    // Absent or unreadable: it is made anew, and what is wrong with the disk shows then.
    return false;
  }
}
