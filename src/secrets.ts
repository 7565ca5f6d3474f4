import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError } from './config.ts';
import { checkUnexposed, lockedSecretFile, writeSecretFile } from './secret-file.ts';

const SECRET_BYTES = 24;
/** A SIP user and the id of an Asterisk object; `__proto__` and the like are kept out of the file's keys. */
const AGENT_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

const FLOW_SECRET_NAME = /^[A-Za-z0-9_]{1,64}$/;
const FLOW_SECRET_BYTES_MAX = 4_096;
/** Files whose text is remembered; with more than that, they are read again. */
const FLOW_SECRETS_REMEMBERED_MAX = 1_000;

type Stored = {
  readonly apiKey: string;
  readonly ariPassword: string;
  readonly databasePassword: string;
  /** Absent in files of older releases. */
  readonly chatSecret?: string;
  readonly phones: Readonly<Record<string, string>>;
};

/** The passwords that this site made for itself; none is ever logged. */
export type Secrets = {
  readonly apiKey: string;
  readonly ariPassword: string;
  readonly databasePassword: string;
  /** Signs the tokens by which customers take up their chats again. */
  readonly chatSecret: string;
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
  const known = read(file);
  const stored = known?.chatSecret === undefined ? await lockedSecretFile(file, () => completed(file)) : known;
  const { apiKey, ariPassword, databasePassword, chatSecret = '' } = stored;
  const phone = (agentId: string): Promise<string> => phonePassword(file, agentId);
  return { apiKey, ariPassword, databasePassword, chatSecret, phonePassword: phone };
}

/** What is said of a secret that cannot be used; never its text. */
export type SecretsLog = { warn(fields: object, message: string): void };

/**
 * The secrets that flows name, as a function from name to text; undefined: there is none that can be used. A secret is the file
 * `<dataDir>/secrets/NAME`, which may be put there or changed at any time, or (`given`) the variable STROWGER_SECRET_NAME. A file
 * that others may read, or one that is too large, empty or unreadable, is refused and told once in the log.
 */
export function openFlowSecrets(
  dataDir: string,
  given: ReadonlyMap<string, string>,
  log: SecretsLog,
): (name: string) => string | undefined {
  const remembered = new Map<string, { readonly version: string; readonly secret: string | undefined }>();
  return (name) => {
    if (!FLOW_SECRET_NAME.test(name)) return undefined;
    const file = join(dataDir, 'secrets', name);
    const version = versionOf(file);
    // Variables are mostly written in capital letters, whatever the flow calls the secret.
    if (version === undefined) return given.get(name) ?? given.get(name.toUpperCase());
    const known = remembered.get(name);
    if (known?.version === version) return known.secret;
    const found = readFlowSecret(file);
    if ('refused' in found) {
      log.warn(
        { secret: name, reason: found.refused },
        'A secret of the flows cannot be used; see docs/configuration.md.',
      );
    }
    const secret = 'refused' in found ? undefined : found.secret;
    if (remembered.size >= FLOW_SECRETS_REMEMBERED_MAX) remembered.clear();
    remembered.set(name, { version, secret });
    return secret;
  };
}

/** The names of the secrets that there are now, usable or not; those of variables also in small letters. */
export function flowSecretNames(dataDir: string, given: ReadonlyMap<string, string>): Set<string> {
  const dir = join(dataDir, 'secrets');
  const files = existsSync(dir) ? readdirSync(dir) : [];
  return new Set([...files, ...[...given.keys()].flatMap((name) => [name, name.toLowerCase()])]);
}

/** Other than it was as soon as the file is written, replaced, or has other rights; undefined: there is none. */
function versionOf(file: string): string | undefined {
  try {
    const { ino, size, mtimeMs, ctimeMs } = statSync(file);
    return [ino, size, mtimeMs, ctimeMs].join(' ');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : String(code);
  }
}

function readFlowSecret(file: string): { readonly secret: string } | { readonly refused: string } {
  try {
    const found = statSync(file);
    if (!found.isFile()) return { refused: 'it is no file' };
    if ((found.mode & 0o077) !== 0) return { refused: 'others may read it: chmod 600' };
    if (found.size > FLOW_SECRET_BYTES_MAX) return { refused: `it has more than ${FLOW_SECRET_BYTES_MAX} bytes` };
    const secret = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    return secret === '' ? { refused: 'it is empty' } : { secret };
  } catch (error) {
    return { refused: `it cannot be read (${(error as NodeJS.ErrnoException).code})` };
  }
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
  return lockedSecretFile(file, () => {
    // Another process may have written while this one waited.
    const now = read(file) ?? make(file);
    const made = Object.hasOwn(now.phones, agentId) ? now.phones[agentId] : undefined;
    if (made !== undefined) return made;
    const password = secret();
    writeSecretFile(file, { ...now, phones: { ...now.phones, [agentId]: password } });
    return password;
  });
}

/** What is stored, with what a newer release needs besides. */
function completed(file: string): Stored {
  const stored = read(file) ?? make(file);
  if (stored.chatSecret !== undefined) return stored;
  const whole = { ...stored, chatSecret: secret() };
  writeSecretFile(file, whole);
  return whole;
}

function make(file: string): Stored {
  const made = {
    apiKey: secret(),
    ariPassword: secret(),
    databasePassword: secret(),
    chatSecret: secret(),
    phones: {},
  };
  writeSecretFile(file, made);
  return made;
}

/** Letters, digits, - and _ only: it must pass through URLs, SIP digests and Asterisk's configuration unchanged. */
function secret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

function read(file: string): Stored | undefined {
  if (!existsSync(file)) return undefined;
  checkUnexposed(file, 'delete it to have new secrets made');
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
  const { apiKey, ariPassword, databasePassword, chatSecret, phones } = value as Record<string, unknown>;
  if (chatSecret !== undefined && !filled(chatSecret)) return undefined;
  if (!filled(apiKey) || !filled(ariPassword) || !filled(databasePassword)) return undefined;
  if (typeof phones !== 'object' || phones === null || !Object.values(phones).every(filled)) return undefined;
  const more = chatSecret === undefined ? {} : { chatSecret };
  return { apiKey, ariPassword, databasePassword, ...more, phones: phones as Record<string, string> };
}

function filled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
