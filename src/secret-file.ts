import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ConfigError } from './config.ts';

/** Holding the lock is a read and a write of one small file, so an older lock was left by a killed process. */
const LOCK_STALE_MS = 5_000;
const LOCK_WAIT_MS_MAX = 10_000;
const LOCK_RETRY_MS = 20;

/** Throws ConfigError `secrets.exposed` when others may read the file. `otherwise` says what else could be done about it. */
export function checkUnexposed(file: string, otherwise: string): void {
  const mode = statSync(file).mode & 0o777;
  if ((mode & 0o077) !== 0) {
    throw new ConfigError(
      'secrets.exposed',
      `${file} may be read by others (mode ${mode.toString(8)}): run "chmod 600 ${file}", ` +
        `or ${otherwise} if somebody may have seen it.`,
    );
  }
}

/** Written beside and renamed, with both forced to disk: a crash leaves the old file or the new one, never half. */
export function writeSecretFile(file: string, stored: object): void {
  const beside = `${file}.tmp`;
  rmSync(beside, { force: true });
  writeFileSync(beside, `${JSON.stringify(stored, undefined, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(beside, file);
  const dir = openSync(dirname(file), 'r');
  fsyncSync(dir);
  closeSync(dir);
}

/**
 * Acts while nobody else does so on the same file. Rejects with ConfigError `secrets.locked` (no lock within 10 s).
 */
export async function lockedSecretFile<T>(file: string, act: () => T): Promise<T> {
  const lock = `${file}.lock`;
  const deadline = Date.now() + LOCK_WAIT_MS_MAX;
  for (;;) {
    try {
      closeSync(openSync(lock, 'wx', 0o600));
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (Date.now() > deadline) {
      throw new ConfigError('secrets.locked', `${lock} has been held for too long: delete it if no Strowger runs.`);
    }
    breakStale(lock);
    await pause(LOCK_RETRY_MS);
  }
  try {
    return act();
  } finally {
    rmSync(lock, { force: true });
  }
}

function breakStale(lock: string): void {
  const heldSince = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  if (heldSince !== undefined && Date.now() - heldSince > LOCK_STALE_MS) rmSync(lock, { force: true });
}
