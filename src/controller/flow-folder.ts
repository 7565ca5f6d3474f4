import { createHash } from 'node:crypto';
import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { open, readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type Loaded, loadFlows } from '../flow/load.ts';
import { SITE_BYTES_MAX } from '../flow/source.ts';

/** Editors write a file in several steps; a change is looked at when it has been quiet for this long. */
const QUIET_MS = 150;
/** Bound on what one folder may hold, together. */
const ENTRIES_MAX = 20_000;

/**
 * Part of every version: what the same files are read as changes with the program, so the same files are another version then.
 */
const READ_AS = 'flow language 2\0';

/** A load, with the recordings that it may play. */
export type LoadedFolder = Loaded & { readonly recordings: ReadonlySet<string> };

/**
 * Reads and checks the flows folder as it is now; `secrets` are the names of those that there are, where they are known.
 * Rejects only when the folder itself cannot be read.
 */
export async function readFlowFolder(dir: string, secrets?: ReadonlySet<string>): Promise<LoadedFolder> {
  const found = await listFiles(dir);
  const files: { path: string; text: string }[] = [];
  const recordings = new Set<string>();
  const unplayable = new Set<string>();
  const hash = createHash('sha256').update(READ_AS);
  for (const path of found) {
    const name = relative(dir, path).split(sep).join('/');
    if (name.endsWith('.wav')) {
      const playable = await isTelephoneWav(path);
      (playable ? recordings : unplayable).add(name.slice(0, -'.wav'.length));
      hash.update(`${name}\0`).update(await readFile(path));
      continue;
    }
    if (!/\.ya?ml$/.test(name) || /\.test\.ya?ml$/.test(name)) continue;
    const text = (await readFile(path, 'utf8')).slice(0, SITE_BYTES_MAX + 1);
    files.push({ path: name, text });
    hash.update(`${name}\0${text}\0`);
  }
  const version = hash.digest('hex').slice(0, 16);
  return { ...loadFlows({ version, files, recordings, unplayable, secrets }), recordings };
}

/** True for 16-bit linear mono at 8 kHz, the one form of WAV that Asterisk's format_wav plays as `.wav`. */
async function isTelephoneWav(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(36);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    if (bytesRead < head.length || head.toString('latin1', 0, 4) !== 'RIFF') return false;
    const [form, channels, rate, bits] = [
      head.readUInt16LE(20),
      head.readUInt16LE(22),
      head.readUInt32LE(24),
      head.readUInt16LE(34),
    ];
    return (
      head.toString('latin1', 8, 16) === 'WAVEfmt ' && form === 1 && channels === 1 && rate === 8000 && bits === 16
    );
  } finally {
    await file.close();
  }
}

async function listFiles(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (path) =>
        !relative(dir, path)
          .split(sep)
          .some((name) => name.startsWith('.')),
    );
  if (files.length > ENTRIES_MAX) throw new Error(`there are more than ${ENTRIES_MAX} files in it`);
  return files.sort();
}

/** Calls back soon after anything in the folder changed. The function returned stops it. */
export function watchFlowFolder(dir: string, onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  // Folder by folder: Node's own recursive watch does not see a file any more that was replaced by renaming, as many editors save.
  const watchers = new Map<string, FSWatcher>();
  const forget = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      look();
      onChange();
    }, QUIET_MS);
  };
  const look = (): void => {
    const there = foldersIn(dir);
    for (const folder of watchers.keys()) if (!there.includes(folder)) forget(folder);
    for (const folder of there) {
      if (watchers.has(folder)) continue;
      try {
        watchers.set(
          folder,
          watch(folder, changed).on('error', () => forget(folder)),
        );
      } catch {
        // It was taken away in this moment, which its own folder tells.
      }
    }
  };
  look();
  return () => {
    clearTimeout(timer);
    for (const folder of [...watchers.keys()]) forget(folder);
  };
}

/** The folder, and those in it that are read; none that was taken away meanwhile. */
function foldersIn(dir: string): string[] {
  try {
    const inner = readdirSync(dir, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && !entry.name.startsWith('.'),
    );
    return [dir, ...inner.flatMap(({ name }) => foldersIn(join(dir, name)))];
  } catch {
    return [];
  }
}
