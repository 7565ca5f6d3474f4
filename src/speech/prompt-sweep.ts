import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Removal goes on until this part of the bound is left, so that it is not due again with the next prompt. */
const LEFT_AFTER = 0.9;

export type Sweep = {
  readonly dir: string;
  readonly bytesMax: number;
  /** Files used at or after this moment stay, whatever the bound says. */
  readonly usedBeforeMs: number;
};

/**
 * Counts the prompts and, above the bound, removes those unused for longest. Drafts that a killed process left go too.
 * Never rejects: what cannot be read or removed is passed over.
 */
export async function sweepPrompts(sweep: Sweep): Promise<{ removed: number; bytesLeft: number }> {
  const prompts = [];
  let bytesLeft = 0;
  let removed = 0;
  for (const folder of await names(sweep.dir)) {
    const isDrafts = folder === '.drafts';
    if (!isDrafts && !/^[0-9a-f]{2}$/.test(folder)) continue;
    for (const name of await names(join(sweep.dir, folder))) {
      const path = join(sweep.dir, folder, name);
      const found = await stat(path).catch(() => undefined);
      if (!found?.isFile()) continue;
      if (!isDrafts) {
        prompts.push({ path, bytes: found.size, usedAtMs: found.mtimeMs });
        bytesLeft += found.size;
      } else if (found.mtimeMs < sweep.usedBeforeMs) await remove(path);
    }
  }
  if (bytesLeft <= sweep.bytesMax) return { removed, bytesLeft };
  prompts.sort((a, b) => a.usedAtMs - b.usedAtMs);
  for (const prompt of prompts) {
    if (bytesLeft <= sweep.bytesMax * LEFT_AFTER || prompt.usedAtMs >= sweep.usedBeforeMs) break;
    // It may have been used since it was counted.
    const found = await stat(prompt.path).catch(() => undefined);
    if (!found || found.mtimeMs >= sweep.usedBeforeMs || !(await remove(prompt.path))) continue;
    bytesLeft -= prompt.bytes;
    removed++;
  }
  return { removed, bytesLeft };
}

function names(dir: string): Promise<string[]> {
  return readdir(dir).catch(() => []);
}

function remove(path: string): Promise<boolean> {
  return rm(path).then(
    () => true,
    () => false,
  );
}
