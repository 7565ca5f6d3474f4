import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ConfigError } from './config.ts';

const SECRET_BYTES = 24;
/** Holding the lock is a read and a write of one small file, so an older lock was left by a killed process. */
const LOCK_STALE_MS = 5_000;
const LOCK_WAIT_MS_MAX = 10_000;
const LOCK_RETRY_MS = 20;
/** A SIP user and the id of an Asterisk object; `__proto__` and the like are kept out of the file's keys. */
const AGENT_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

type Stored = {
  readonly apiKey: string;
  readonly ariPassword: string;
  readonly databasePassword: string;
  readonly phones: Readonly<Record<string, string>>;
};

/** The passwords that this site made for itself; none is ever logged. */
export type Secrets = {
  readonly apiKey: string;
  readonly ariPassword: string;
  readonly databasePassword: string;
  /**
   * The password of an agent's SIP phone, made and stored when it is first asked for. Rejects with ConfigError
   * `secrets.agent_invalid`, and as openSecrets does.
   */
  phonePassword(agentId: string): Promise<string>;
};

/**
 * Reads `<dataDir>/secrets.json` or makes it (mode 0600). The supervisor and the controller may do so at the same
 * time. Rejects with ConfigError `secrets.broken`, `secrets.exposed` (others may read the file) or `secrets.locked`
 * (no lock within 10 s).
 */
export async function openSecrets(dataDir: string): Promise<Secrets> {
  const file = join(dataDir, 'secrets.json');
  makeDataDir(dataDir);
  const { apiKey, ariPassword, databasePassword } = read(file) ?? (await locked(file, () => read(file) ?? make(file)));
  return { apiKey, ariPassword, databasePassword, phonePassword: (agentId) => phonePassword(file, agentId) };
}

/**
 * Makes the data folder. Root's PostgreSQL and Asterisk run as a user of their own, who must pass through it
 * but need not list it.
 */
export function makeDataDir(dataDir: string): void {
  if (existsSync(dataDir)) return;
  try {
    makeFolder(dataDir);
    chmodSync(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError('data.not_made', `The data folder ${dataDir} cannot be made (${code}). Set STROWGER_DATA.`);
  }
}

/** Step by step: mkdir's own recursion never ends where nothing can be made, such as below /proc (seen on Node 20). */
function makeFolder(dir: string): void {
  if (existsSync(dir)) return;
  makeFolder(dirname(dir));
  mkdirSync(dir);
}

async function phonePassword(file: string, agentId: string): Promise<string> {
  if (!AGENT_ID.test(agentId)) {
    throw new ConfigError('secrets.agent_invalid', `${JSON.stringify(agentId)} cannot be an agent's id.`);
  }
  const known = Object.entries(read(file)?.phones ?? {}).find(([id]) => id === agentId);
  if (known) return known[1];
  return locked(file, () => {
    // Another process may have written while this one waited.
    const now = read(file) ?? make(file);
    const made = Object.hasOwn(now.phones, agentId) ? now.phones[agentId] : undefined;
    if (made !== undefined) return made;
    const password = secret();
    write(file, { ...now, phones: { ...now.phones, [agentId]: password } });
    return password;
  });
}

function make(file: string): Stored {
  const made = { apiKey: secret(), ariPassword: secret(), databasePassword: secret(), phones: {} };
  write(file, made);
  return made;
}

/** Letters, digits, - and _ only: it must pass through URLs, SIP digests and Asterisk's configuration unchanged. */
function secret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

function read(file: string): Stored | undefined {
  if (!existsSync(file)) return undefined;
  const mode = statSync(file).mode & 0o777;
  if ((mode & 0o077) !== 0) {
    throw new ConfigError(
      'secrets.exposed',
      `${file} may be read by others (mode ${mode.toString(8)}): run "chmod 600 ${file}", ` +
        'or delete it to have new secrets made if somebody may have seen it.',
    );
  }
  const parsed = parse(readFileSync(file, 'utf8'));
  if (parsed) return parsed;
  throw new ConfigError(
    'secrets.broken',
    `${file} is not what Strowger wrote: put it back from a backup. If there is none, move it and the folder ` +
      'of the database away; new ones are then made, with new passwords and an empty journal.',
  );
}

function parse(text: string): Stored | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { apiKey, ariPassword, databasePassword, phones } = value as Record<string, unknown>;
  if (!filled(apiKey) || !filled(ariPassword) || !filled(databasePassword)) return undefined;
  if (typeof phones !== 'object' || phones === null || !Object.values(phones).every(filled)) return undefined;
  return { apiKey, ariPassword, databasePassword, phones: phones as Record<string, string> };
}

function filled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Written beside and renamed, with both forced to disk: a crash leaves the old file or the new one, never half. */
function write(file: string, stored: Stored): void {
  const beside = `${file}.tmp`;
  rmSync(beside, { force: true });
  writeFileSync(beside, `${JSON.stringify(stored, undefined, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(beside, file);
  const dir = openSync(dirname(file), 'r');
  fsyncSync(dir);
  closeSync(dir);
}

async function locked<T>(file: string, act: () => T): Promise<T> {
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
