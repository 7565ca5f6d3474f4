import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './config.ts';
import { type KeyRing, PURPOSES, type Purpose, type RingKey } from './recordings/data-key.ts';
import { checkUnexposed, lockedSecretFile, writeSecretFile } from './secret-file.ts';

const KEY_BYTES = 32;
/** Ids carry a time and some random characters, so that two keys never share one. */
const ID_RANDOM_BYTES = 4;

/** As the file has them: by purpose, the newest last; that one is in use for new recordings. Keys are base64url. */
type Stored = Readonly<Record<Purpose, readonly StoredKey[]>>;
type StoredKey = { readonly id: string; readonly key: string };

/**
 * Reads `<dataDir>/recording-keys.json` or makes it (mode 0600): the keys under which the keys of recordings are encrypted.
 * Who loses this file loses every recording. Rejects with ConfigError `secrets.keys_broken`, `secrets.exposed` or `secrets.locked`.
 */
export async function openRecordingKeys(dataDir: string): Promise<KeyRing> {
  const file = join(dataDir, 'recording-keys.json');
  let stored = read(file) ?? (await lockedSecretFile(file, () => read(file) ?? write(file, withNew(EMPTY))));
  const change = async (act: (now: Stored) => Stored): Promise<void> => {
    stored = await lockedSecretFile(file, () => write(file, act(read(file) ?? EMPTY)));
  };
  const isCurrent = ({ id }: StoredKey): boolean => PURPOSES.some((purpose) => stored[purpose].at(-1)?.id === id);
  return {
    current: (purpose) => ringKey(stored[purpose].at(-1)!),
    find(keyId) {
      const found = all(stored).find(({ id }) => id === keyId);
      return found && ringKey(found);
    },
    renew: () => change(withNew),
    old: () => all(stored).flatMap((one) => (isCurrent(one) ? [] : [one.id])),
    forget: (keyIds) => change((now) => without(now, keyIds)),
  };
}

const EMPTY: Stored = { talk: [], message: [] };

function all(stored: Stored): StoredKey[] {
  return PURPOSES.flatMap((purpose) => stored[purpose]);
}

function withNew(stored: Stored): Stored {
  return mapped((purpose) => [...stored[purpose], newKey(purpose)]);
}

function without(stored: Stored, keyIds: readonly string[]): Stored {
  return mapped((purpose) =>
    stored[purpose].filter(({ id }, at, keys) => at === keys.length - 1 || !keyIds.includes(id)),
  );
}

function mapped(keys: (purpose: Purpose) => readonly StoredKey[]): Stored {
  return { talk: keys('talk'), message: keys('message') };
}

function newKey(purpose: Purpose): StoredKey {
  const id = `${purpose}-${Date.now().toString(36)}-${randomBytes(ID_RANDOM_BYTES).toString('hex')}`;
  return { id, key: randomBytes(KEY_BYTES).toString('base64url') };
}

function ringKey({ id, key }: StoredKey): RingKey {
  return { id, key: Buffer.from(key, 'base64url') };
}

function write(file: string, stored: Stored): Stored {
  writeSecretFile(file, stored);
  return stored;
}

function read(file: string): Stored | undefined {
  if (!existsSync(file)) return undefined;
  checkUnexposed(file, 'rotate the keys after that (docs/recordings.md)');
  try {
    const { talk, message } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    if (isKeys(talk) && isKeys(message)) return { talk, message };
  } catch {
    // Told below, without the text.
  }
  throw new ConfigError(
    'secrets.keys_broken',
    `${file} is not what Strowger wrote: put it back from a backup. Without it no recording can be heard any more; ` +
      'if there is none, move it away and a new one is made for new recordings.',
  );
}

function isKeys(value: unknown): value is StoredKey[] {
  return Array.isArray(value) && value.length > 0 && value.every(isKey);
}

function isKey(value: unknown): boolean {
  const { id, key } = (value ?? {}) as Record<string, unknown>;
  return typeof id === 'string' && typeof key === 'string' && Buffer.from(key, 'base64url').length === KEY_BYTES;
}
