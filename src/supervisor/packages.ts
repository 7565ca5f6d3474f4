import { existsSync, readdirSync } from 'node:fs';
import { ConfigError } from '../config.ts';
import { runCommand } from './run-command.ts';

/** A Debian package, and by what it is known to be there: a program, a file, or a library in one of the folders of /usr/lib. */
export type DebianPackage = { readonly name: string } & (
  | { readonly program: string }
  | { readonly file: string }
  | { readonly library: string }
);

/** Every Debian package that Strowger may install; the README repeats this list. */
export const DEBIAN_PACKAGES = {
  /** Lays the private Asterisk; only needed where no fitting `asterisk` is on the PATH. */
  mmdebstrap: { name: 'mmdebstrap', program: 'mmdebstrap' },
  /** Speaks English prompts. */
  flite: { name: 'flite', program: 'flite' },
  /** Speaks every other language. */
  espeak: { name: 'espeak-ng', program: 'espeak-ng' },
  /** Compresses recordings. */
  flac: { name: 'flac', program: 'flac' },
  /** Plays streams of the network to those who wait. */
  mpg123: { name: 'mpg123', program: 'mpg123' },
  /** Hears English: the recogniser and its acoustic model. */
  pocketsphinx: { name: 'libpocketsphinx3', library: 'libpocketsphinx.so.3' },
  pocketsphinxModel: { name: 'pocketsphinx-en-us', file: '/usr/share/pocketsphinx/model/en-us/en-us/mdef' },
  /** SIPp, for the tests' and the bench's load; a server does without. */
  sipp: { name: 'sip-tester', program: 'sipp' },
} as const satisfies Record<string, DebianPackage>;

const INSTALL_MS_MAX = 300_000;
const CHECK_MS_MAX = 10_000;
const APT_LISTS = '/var/lib/apt/lists';

/** Those packages whose program is not on the PATH, or whose file is not there. */
export async function missingPackages(wanted: readonly DebianPackage[]): Promise<DebianPackage[]> {
  const missing: DebianPackage[] = [];
  for (const one of wanted) {
    if (!('program' in one)) {
      const files = 'file' in one ? [one.file] : libraryPlaces(one.library);
      if (!files.some((file) => existsSync(file))) missing.push(one);
      continue;
    }
    const found = await runCommand('/bin/sh', ['-c', `command -v ${one.program}`], { timeoutMs: CHECK_MS_MAX });
    if (found.status !== 0) missing.push(one);
  }
  return missing;
}

/** Debian keeps libraries in a folder for each kind of machine. */
function libraryPlaces(library: string): string[] {
  return readdirSync('/usr/lib').map((folder) => `/usr/lib/${folder}/${library}`);
}

/** The command that installs packages, for the person who must run it. */
export function installCommand(missing: readonly DebianPackage[]): string {
  return `apt-get install --no-install-recommends ${missing.map(({ name }) => name).join(' ')}`;
}

/**
 * Installs what is missing with apt-get when this process is root. Rejects with ConfigError `packages.missing` (not
 * root, or no apt: the message holds the command) or `packages.failed`.
 */
export async function ensurePackages(
  wanted: readonly DebianPackage[],
  onProgress: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const missing = await missingPackages(wanted);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new ConfigError(
      'packages.missing',
      `Programs are missing: ${missing.map((one) => ('program' in one ? one.program : one.name)).join(', ')}. ` +
        `Run this as root, then start again: ${installCommand(missing)}`,
    );
  }
  const apt = (args: readonly string[]): ReturnType<typeof runCommand> =>
    runCommand('/usr/bin/env', ['DEBIAN_FRONTEND=noninteractive', 'LC_ALL=C', 'apt-get', '-q', '-y', ...args], {
      timeoutMs: INSTALL_MS_MAX,
      onLine: onProgress,
      ...(signal ? { signal } : {}),
    });
  const install = ['install', '--no-install-recommends', ...missing.map(({ name }) => name)];
  if (!listsThere()) await apt(['update']);
  let installed = await apt(install);
  if (installed.status !== 0 && !signal?.aborted) {
    // Old lists name versions that the archive no longer has.
    await apt(['update']);
    installed = await apt(install);
  }
  const still = await missingPackages(missing);
  if (installed.status === 0 && still.length === 0) return;
  const last = installed.output.trim().split('\n').slice(-5).join('\n');
  throw new ConfigError('packages.failed', `"${installCommand(missing)}" failed:\n${last}`);
}

function listsThere(): boolean {
  return existsSync(APT_LISTS) && readdirSync(APT_LISTS).some((name) => name.includes('_Packages'));
}
