import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Soak, SoakResult } from './soak.ts';

const SEED = 20_261_121;

/** A soak with few rounds, as a test. */
export async function shortly(soak: Soak, rounds: number): Promise<SoakResult> {
  const dir = mkdtempSync(join(tmpdir(), 'strowger-soak-'));
  try {
    return await soak.run({ rounds, seed: SEED, signal: new AbortController().signal, say: () => undefined, dir });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
