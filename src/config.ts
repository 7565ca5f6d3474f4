import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Everything that the environment decides, read once. No other file reads `process.env`.
 * Every variable has a row in docs/configuration.md; a test compares the two.
 */
export type Config = {
  /** Folder with everything that Strowger makes: secrets, database, Asterisk's tree, prompts, logs. */
  readonly dataDir: string;
  /** Folder with the flows and the site (STROWGER_FLOWS). */
  readonly flowsDir: string;
  readonly http: { readonly host: string; readonly port: number };
  /** PostgreSQL to use; absent: `npm start` runs its own. */
  readonly databaseUrl: string | undefined;
  readonly databasePort: number;
  /** An Asterisk that already runs, `http://user:password@host:8088/ari`; absent: `npm start` runs its own. */
  readonly ariUrl: string | undefined;
  readonly ariApp: string;
  readonly ariPort: number;
  readonly sip: { readonly host: string; readonly port: number };
  /** Ports of SIP over TLS, and of SIP over WSS for browsers; absent: there is none. */
  readonly sipTlsPort: number | undefined;
  readonly wssPort: number | undefined;
  /** Files in PEM: certificate, its key, and the authorities by which trunks are believed; absent: our own, and the system's. */
  readonly tlsCert: string | undefined;
  readonly tlsKey: string | undefined;
  readonly tlsCa: string | undefined;
  /** First and last UDP port of RTP, both included. */
  readonly rtp: { readonly first: number; readonly last: number };
  /** Folder for rendered prompts, as this program writes it and as Asterisk reads it. */
  readonly promptsDir: string;
  /** The API's key; absent: the one generated into the data folder at first start. */
  readonly apiKey: string | undefined;
  /** Secrets of the flows that stand in the environment (STROWGER_SECRET_NAME), by NAME. A map, so that no log writes it out. */
  readonly flowSecrets: ReadonlyMap<string, string>;
  /** Origins of pages that may open a chat, besides the page of the server itself; `*`: all. */
  readonly chatOrigins: readonly string[] | undefined;
  /** True when chats come through a proxy that sets X-Forwarded-For. */
  readonly chatBehindProxy: boolean;
  readonly logLevel: string;
};

/** A refusal that the person who started the program can act on; printed without a stack. */
export class ConfigError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export const projectDir = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const API_KEY_CHARS_MIN = 16;
const SECRET_PREFIX = 'STROWGER_SECRET_';
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Reads and checks the environment. Throws ConfigError naming the variable, the value and what it must be. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const dataDir = resolve(text(env, 'STROWGER_DATA') ?? defaultDataDir());
  const logLevel = text(env, 'STROWGER_LOG_LEVEL') ?? 'info';
  if (!LOG_LEVELS.includes(logLevel)) refuse('STROWGER_LOG_LEVEL', logLevel, `one of ${LOG_LEVELS.join(', ')}`);
  const databaseUrl = text(env, 'DATABASE_URL');
  const ariUrl = text(env, 'ASTERISK_ARI_URL');
  const apiKey = text(env, 'STROWGER_API_KEY');
  if (apiKey !== undefined && apiKey.length < API_KEY_CHARS_MIN) {
    refuse('STROWGER_API_KEY', '(hidden)', `at least ${API_KEY_CHARS_MIN} characters long`);
  }
  return {
    dataDir,
    flowsDir: resolve(text(env, 'STROWGER_FLOWS') ?? resolve(projectDir, 'flows')),
    http: { host: text(env, 'STROWGER_HTTP_HOST') ?? '127.0.0.1', port: port(env, 'STROWGER_HTTP_PORT', 8080) },
    databaseUrl: databaseUrl && url('DATABASE_URL', databaseUrl, ['postgres:', 'postgresql:']),
    databasePort: port(env, 'STROWGER_DB_PORT', 54320),
    ariUrl: ariUrl && url('ASTERISK_ARI_URL', ariUrl, ['http:', 'https:']),
    ariApp: text(env, 'ASTERISK_ARI_APP') ?? 'strowger',
    ariPort: port(env, 'STROWGER_ARI_PORT', 8088),
    sip: { host: text(env, 'STROWGER_SIP_HOST') ?? '127.0.0.1', port: port(env, 'STROWGER_SIP_PORT', 5060) },
    sipTlsPort: optionalPort(env, 'STROWGER_SIP_TLS_PORT'),
    wssPort: optionalPort(env, 'STROWGER_WSS_PORT'),
    tlsCert: path(env, 'STROWGER_TLS_CERT'),
    tlsKey: path(env, 'STROWGER_TLS_KEY'),
    tlsCa: path(env, 'STROWGER_TLS_CA'),
    rtp: rtpRange(text(env, 'STROWGER_RTP_PORTS') ?? '10000-10999'),
    promptsDir: resolve(text(env, 'STROWGER_PROMPTS') ?? resolve(dataDir, 'prompts')),
    apiKey,
    flowSecrets: flowSecrets(env),
    chatOrigins: origins(text(env, 'STROWGER_CHAT_ORIGINS')),
    chatBehindProxy: yes(env, 'STROWGER_CHAT_PROXY'),
    logLevel,
  };
}

/** Every variable whose name begins so; an empty one counts as not set. The value is taken as it is. */
function flowSecrets(env: Record<string, string | undefined>): ReadonlyMap<string, string> {
  const found = Object.keys(env).filter((name) => name.startsWith(SECRET_PREFIX) && text(env, name) !== undefined);
  return new Map(found.map((name) => [name.slice(SECRET_PREFIX.length), env[name]!]));
}

function text(env: Record<string, string | undefined>, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}

function yes(env: Record<string, string | undefined>, name: string): boolean {
  const value = text(env, name) ?? 'no';
  if (value !== 'yes' && value !== 'no') refuse(name, value, 'yes or no');
  return value === 'yes';
}

function origins(value: string | undefined): string[] | undefined {
  const list = value?.split(',').map((one) => one.trim());
  return list?.filter((one) => one !== '').map((one) => (one === '*' ? one : originOf(one)));
}

function originOf(value: string): string {
  const origin = URL.canParse(value) ? new URL(value).origin : 'null';
  if (origin === 'null') refuse('STROWGER_CHAT_ORIGINS', value, 'origins such as https://www.example.com, with commas');
  return origin;
}

function path(env: Record<string, string | undefined>, name: string): string | undefined {
  const value = text(env, name);
  return value === undefined ? undefined : resolve(value);
}

function port(env: Record<string, string | undefined>, name: string, otherwise: number): number {
  return optionalPort(env, name) ?? otherwise;
}

function optionalPort(env: Record<string, string | undefined>, name: string): number | undefined {
  const value = text(env, name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 65535) refuse(name, value, 'a port between 1 and 65535');
  return number;
}

function rtpRange(value: string): { first: number; last: number } {
  const found = /^(\d+)-(\d+)$/.exec(value);
  const first = Number(found?.[1]);
  const last = Number(found?.[2]);
  // Each call leg takes an RTP and an RTCP port, and a conversation has two legs.
  if (!found || first < 1024 || last > 65535 || last - first < 3) {
    refuse('STROWGER_RTP_PORTS', value, 'FIRST-LAST, two ports between 1024 and 65535 with at least four in the range');
  }
  return { first, last };
}

function url(name: string, value: string, protocols: string[]): string {
  // The value itself is not repeated: it may hold a password.
  if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) {
    refuse(name, '(hidden)', `an address that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`);
  }
  return value;
}

function refuse(name: string, value: string, needed: string): never {
  throw new ConfigError('config.invalid', `${name} is ${JSON.stringify(value)}, but it must be ${needed}.`);
}

/**
 * `data/` in the checkout; but PostgreSQL refuses to run as root and its own user cannot enter a checkout
 * below a closed folder such as /root, so root's data then lies in /var/lib/strowger.
 */
function defaultDataDir(): string {
  const beside = resolve(projectDir, 'data');
  if (process.getuid?.() !== 0 || openToAll(projectDir)) return beside;
  return '/var/lib/strowger';
}

/** True when every user may enter the folder and all that lie above it. */
export function openToAll(dir: string): boolean {
  for (let at = dir; ; at = dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** True when this process may write into the folder. */
export function writable(dir: string): boolean {
  try {
    accessSync(dir, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
