import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigError, projectDir } from '../config.ts';
import type { SystemUser } from './system-user.ts';

const TEMPLATES_DIR = resolve(projectDir, 'asterisk-config');

/** Once a second, so also seconds: the controller is restarted within two. */
const FALLBACK_TRIES = 10;
/** Asterisk's own core sounds; `&` plays one after the other. */
const FALLBACK_PROMPT = 'all-circuits-busy-now&please-try-call-later';
/** sun_path of a UNIX socket holds 108 bytes with its closing zero (unix(7)). */
const SOCKET_PATH_BYTES_MAX = 107;

const EMPTY = "; Empty on purpose: Asterisk's defaults hold.\n";
const THIS_MACHINE = '127.0.0.1/32,::1/128';
const WSS_FILES = ['pjsip-wss.conf', 'http-wss.conf'];

/** Files that Asterisk reads with its defaults when they are empty, and complains about when they are missing. */
const EMPTY_FILES = [
  'acl',
  'ccss',
  'cel',
  'chan_websocket',
  'features',
  'manager',
  'pjproject',
  'stasis',
  'udptl',
  'websocket_client',
];

/** Where the folders of one running Asterisk lie; all below one home folder. */
export type AsteriskDirs = {
  readonly etc: string;
  readonly lib: string;
  readonly spool: string;
  readonly run: string;
  readonly log: string;
};

export type AsteriskPorts = {
  readonly ari: number;
  readonly sip: { readonly host: string; readonly port: number };
  /** First and last UDP port of RTP, both included. */
  readonly rtp: { readonly first: number; readonly last: number };
  /** TCP ports of SIP over TLS and of HTTPS with SIP over WSS; absent: there is none. */
  readonly tls?: number | undefined;
  readonly wss?: number | undefined;
};

/** What a running Asterisk is told about this site. */
export type AsteriskSettings = {
  readonly ports: AsteriskPorts;
  readonly ariApp: string;
  readonly ariPassword: string;
  /** Folder of prompts and music, as Asterisk reads it; absent: there is no music but Asterisk's own. */
  readonly promptsDir?: string;
  /** The certificate for TLS and WSS; needed when one of them has a port. */
  readonly certificate?: Certificate;
  /** Addresses and networks from which ARI is asked, with commas. Default: this machine. */
  readonly ariClients?: string;
  /** Seconds that a caller hears ringing while no controller is connected. Default 10. */
  readonly fallbackTries?: number;
  /** Sounds that are played when no controller came, joined by `&`. */
  readonly fallbackPrompt?: string;
  /** Prefix of Asterisk's unique ids. Default `strowger`. */
  readonly systemName?: string;
};

/** All three in PEM. */
export type Certificate = {
  readonly certificate: string;
  readonly key: string;
  /** The authorities that may have signed the certificates of trunks. */
  readonly authorities: string;
};

/** Folders of an installed Asterisk that only it writes. */
export type AsteriskFolders = {
  readonly modules: string;
  readonly share: string;
  readonly sbin: string;
  readonly music: string;
};

export function asteriskDirs(home: string): AsteriskDirs {
  return {
    etc: join(home, 'etc'),
    lib: join(home, 'lib'),
    spool: join(home, 'spool'),
    run: join(home, 'run'),
    log: join(home, 'log'),
  };
}

/**
 * Puts values in the place of `@{NAME}`. Throws when a name has no value, and when a value could
 * end its line or start a comment of Asterisk's configuration syntax.
 */
export function fillTemplate(file: string, text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/@\{([^}\n]*)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) {
      throw new ConfigError('asterisk.placeholder_unknown', `${file} names @{${name}}, which has no value.`);
    }
    // The value is not repeated: it may be a password.
    if (value === '' || /[\p{Cc};]/u.test(value)) {
      throw new ConfigError(
        'asterisk.value_invalid',
        `The value of ${name} for ${file} must not be empty and must not hold a line break or a semicolon.`,
      );
    }
    return value;
  });
}

/** Every template of asterisk-config/ by its file name. */
export function readTemplates(): Map<string, string> {
  const names = readdirSync(TEMPLATES_DIR).filter((name) => name.endsWith('.conf'));
  return new Map(names.sort().map((name) => [name, readFileSync(join(TEMPLATES_DIR, name), 'utf8')]));
}

/** The modules without which Asterisk does not start, as modules.conf lists them. */
export function requiredModules(modulesConf: string): string[] {
  return [...modulesConf.matchAll(/^require\s*=>?\s*(\S+)/gm)].map((found) => found[1] ?? '');
}

/** The whole configuration as file name and text. Throws ConfigError for a value that Asterisk cannot take. */
export function renderAsteriskConfig(
  home: string,
  folders: AsteriskFolders,
  settings: AsteriskSettings,
): Map<string, string> {
  const dirs = asteriskDirs(home);
  if (Buffer.byteLength(join(dirs.run, 'asterisk.ctl')) > SOCKET_PATH_BYTES_MAX) {
    throw new ConfigError(
      'asterisk.path_too_long',
      `The path ${dirs.run} is too long for Asterisk's control socket: set STROWGER_DATA to a shorter one.`,
    );
  }
  if (!/^[\w.-]+$/.test(settings.ariApp)) {
    throw new ConfigError('asterisk.app_invalid', 'ASTERISK_ARI_APP may hold letters, digits, dot, dash and _ only.');
  }
  const values = {
    ETC_DIR: dirs.etc,
    LIB_DIR: dirs.lib,
    SPOOL_DIR: dirs.spool,
    RUN_DIR: dirs.run,
    LOG_DIR: dirs.log,
    MODULES_DIR: folders.modules,
    SHARE_DIR: folders.share,
    SBIN_DIR: folders.sbin,
    MUSIC_DIR: folders.music,
    SYSTEM_NAME: settings.systemName ?? 'strowger',
    ARI_PORT: String(settings.ports.ari),
    ARI_APP: settings.ariApp,
    ARI_PASSWORD: settings.ariPassword,
    SIP_HOST: bracketed(settings.ports.sip.host),
    SIP_PORT: String(settings.ports.sip.port),
    RTP_FIRST: String(settings.ports.rtp.first),
    RTP_LAST: String(settings.ports.rtp.last),
    FALLBACK_TRIES: String(settings.fallbackTries ?? FALLBACK_TRIES),
    FALLBACK_PROMPT: settings.fallbackPrompt ?? FALLBACK_PROMPT,
    PROMPTS_DIR: settings.promptsDir ?? join(home, 'no-prompts'),
    ARI_CLIENTS: settings.ariClients ?? THIS_MACHINE,
    MAX_CALLS: String(callsMax(settings.ports.rtp)),
    TLS_PORT: String(settings.ports.tls ?? 0),
    WSS_PORT: String(settings.ports.wss ?? 0),
  };
  const files = new Map(EMPTY_FILES.map((name) => [`${name}.conf`, EMPTY]));
  const off = switchedOff(settings.ports);
  for (const [name, text] of readTemplates())
    files.set(name, off.includes(name) ? EMPTY : fillTemplate(name, text, values));
  for (const [name, text] of certificateFiles(settings)) files.set(name, text);
  return files;
}

/** Files that are written empty, so that those of an earlier run with other ports do not stay in force. */
function switchedOff({ tls, wss }: AsteriskPorts): readonly string[] {
  return [...(tls === undefined ? ['pjsip-tls.conf'] : []), ...(wss === undefined ? WSS_FILES : [])];
}

function certificateFiles({ ports, certificate }: AsteriskSettings): [string, string][] {
  if (ports.tls === undefined && ports.wss === undefined) return [];
  if (!certificate) throw new Error('TLS and WSS need a certificate');
  return [
    ['tls.crt', certificate.certificate],
    ['tls.key', certificate.key],
    ['tls-ca.crt', certificate.authorities],
  ];
}

/** A leg has two ports, RTP and RTCP, so more calls than this could not be heard. */
function callsMax({ first, last }: AsteriskPorts['rtp']): number {
  return Math.floor((last - first + 1) / 2);
}

function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

/**
 * Makes the folders of one Asterisk and writes its configuration (mode 0600: it holds ARI's password),
 * all of it owned by the user that Asterisk runs as.
 */
export function writeAsteriskConfig(
  home: string,
  files: ReadonlyMap<string, string>,
  owner: SystemUser | undefined,
): void {
  mkdirSync(home, { recursive: true });
  const dirs = asteriskDirs(home);
  const others = [join(dirs.lib, 'cache'), join(dirs.lib, 'keys'), join(dirs.spool, 'recording')];
  for (const dir of [home, ...Object.values(dirs), ...others]) {
    mkdirSync(dir, { recursive: true });
    chmodSync(dir, 0o700);
    if (owner) chownSync(dir, owner.uid, owner.gid);
  }
  for (const [name, text] of files) {
    const path = join(dirs.etc, name);
    writeFileSync(`${path}.tmp`, text, { mode: 0o600 });
    if (owner) chownSync(`${path}.tmp`, owner.uid, owner.gid);
    renameSync(`${path}.tmp`, path);
  }
}
