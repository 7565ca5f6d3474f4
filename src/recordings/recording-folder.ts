import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AtMs, RecordingId } from '../model/ids.ts';
import { asFault, RecordingFault } from './recording-fault.ts';

/** Below this no recording is written: the database may lie on the same disk and needs the rest. */
export const FREE_BYTES_MIN = 64 * 1024 ** 2;

const PART = '.part';
const PLAIN_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;

/** The folder of the sealed recordings, `<day in UTC>/<recording id>.sealed`. Everything throws `recording.disk_full` or `recording.folder_unwritable`, but opening it does not. */
export type RecordingFolder = {
  /** Where a recording that began at this moment lies, below the folder. */
  fileOf(recordingId: RecordingId, begunAtMs: AtMs): string;
  pathOf(file: string): string;
  /** Writes a file that is there as a whole, safe on disk, or not at all; gives what it has written. */
  write(file: string, content: AsyncIterable<Buffer>): Promise<void>;
  /** Removes a file for good; true when there was one. */
  remove(file: string): Promise<boolean>;
  /** SHA-256 and length of a file; undefined: there is none. */
  digest(file: string): Promise<{ readonly sha256: string; readonly bytes: number } | undefined>;
};

export async function openFolder(dir: string, freeBytesMin = FREE_BYTES_MIN): Promise<RecordingFolder> {
  // A disk that is full now keeps no controller from starting; the first recording tells of it.
  await mkdir(dir, { recursive: true, mode: 0o700 })
    .then(() => removeParts(dir))
    .catch(() => undefined);
  const pathOf = (file: string): string => join(dir, file);
  return {
    fileOf: (recordingId, begunAtMs) =>
      join(new Date(begunAtMs).toISOString().slice(0, 10), `${nameOf(recordingId)}.sealed`),
    pathOf,
    write: (file, content) => writeWhole(dir, pathOf(file), content, freeBytesMin),
    async remove(file) {
      const there = await isThere(pathOf(file));
      await rm(pathOf(file), { force: true });
      if (there) await syncFolder(dirname(pathOf(file)));
      return there;
    },
    digest: (file) => digest(pathOf(file)),
  };
}

/** An id is ours, but holds what the telephone network calls the call. */
function nameOf(recordingId: RecordingId): string {
  return PLAIN_NAME.test(recordingId) ? recordingId : createHash('sha256').update(recordingId).digest('hex');
}

/** What was being written when the last process ended is written anew, from what Asterisk still has. */
async function removeParts(dir: string): Promise<void> {
  const names = await readdir(dir, { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((one) => one.endsWith(PART))) await rm(join(dir, name), { force: true });
}

async function writeWhole(dir: string, path: string, content: AsyncIterable<Buffer>, freeMin: number): Promise<void> {
  const part = `${path}${PART}`;
  try {
    const disk = await statfs(dir);
    if (disk.bavail * disk.bsize < freeMin) throw new RecordingFault('recording.disk_full');
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(part, 'w', 0o600);
    try {
      for await (const chunk of content) await file.appendFile(chunk);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw asFault(error);
  }
}

/** A name in a folder is safe on disk when the folder is. */
async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, 'r');
  await folder.sync().finally(() => folder.close());
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw asFault(error);
  }
}

async function digest(path: string): Promise<{ readonly sha256: string; readonly bytes: number } | undefined> {
  if (!(await isThere(path))) return undefined;
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { sha256: hash.digest('hex'), bytes };
}
