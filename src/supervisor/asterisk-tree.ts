import { existsSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ConfigError } from '../config.ts';
import { ASTERISK_NEEDED, parseAsteriskVersion } from '../model/asterisk-version.ts';
import { debianArchive, readAptSources } from './apt-sources.ts';
import { type AsteriskFolders, readTemplates, requiredModules } from './asterisk-config.ts';
import { checkAsteriskVersion } from './asterisk-version.ts';
import { runCommand } from './run-command.ts';

/** Debian's testing release, which carries an Asterisk that is new enough. */
const DEBIAN_SUITE = 'forky';
const TREE_PACKAGES = ['asterisk', 'asterisk-moh-opsound-wav'];
const LAY_MS_MAX = 180_000;
const VERSION_MS_MAX = 10_000;
const NAMES_SHOWN_MAX = 8;

/** An Asterisk that can be started. */
export type AsteriskProgram = {
  readonly version: string;
  /** Where it comes from, for the person who started us. */
  readonly origin: string;
  /** The program and the arguments that come before Asterisk's own. */
  readonly command: readonly [string, ...string[]];
  readonly folders: AsteriskFolders;
};

/** Debian's name of this processor, as its library folders bear it, and the loader of its programs. */
const MACHINES: Readonly<Record<string, { triplet: string; loader: string }>> = {
  x64: { triplet: 'x86_64-linux-gnu', loader: 'lib64/ld-linux-x86-64.so.2' },
  arm64: { triplet: 'aarch64-linux-gnu', loader: 'lib/ld-linux-aarch64.so.1' },
};

const REMEDY =
  'Upgrade it, or take it off the PATH and run "npm start" as root on Debian: a private Asterisk is then laid ' +
  'into the data folder without touching the system.';

export function asteriskTreeDir(dataDir: string): string {
  return join(dataDir, 'asterisk-tree');
}

/**
 * The Asterisk on the PATH, else the private tree below the data folder; `undefined`: neither is there.
 * Rejects with ConfigError `asterisk.too_old`, `asterisk.broken` or `asterisk.module_missing` for one that is there
 * but unfit: another one is never taken silently. `path` stands for the PATH of this process.
 */
export async function findAsterisk(dataDir: string, path?: string): Promise<AsteriskProgram | undefined> {
  const asked = await runCommand('/bin/sh', ['-c', 'command -v asterisk'], {
    timeoutMs: VERSION_MS_MAX,
    ...(path === undefined ? {} : { env: { PATH: path } }),
  });
  const program = asked.output.trim();
  if (asked.status !== 0 || !program.startsWith('/')) return treeProgram(asteriskTreeDir(dataDir));
  return checked({ command: [program], folders: systemFolders(dirname(program)), origin: program }, REMEDY);
}

/** The Asterisk of a tree that was laid before; `undefined`: there is no tree. Rejects as findAsterisk does. */
export async function treeProgram(tree: string): Promise<AsteriskProgram | undefined> {
  if (!existsSync(tree)) return undefined;
  const { triplet, loader } = machine();
  const libraries = [`usr/lib/${triplet}`, `lib/${triplet}`].map((dir) => join(tree, dir)).join(':');
  return checked(
    {
      // The tree's own loader finds the tree's own libraries, so neither chroot nor root is needed.
      command: [join(tree, loader), '--library-path', libraries, join(tree, 'usr/sbin/asterisk')],
      folders: {
        modules: join(tree, 'usr/lib', triplet, 'asterisk/modules'),
        share: join(tree, 'usr/share/asterisk'),
        sbin: join(tree, 'usr/sbin'),
        music: join(tree, 'usr/share/asterisk/moh'),
      },
      origin: tree,
    },
    `Delete ${tree} and run "npm start" as root: it is laid again.`,
  );
}

/**
 * Lays a private tree from Debian's own packages (about 25 s, 350 MB). Signatures are checked; only the age of the
 * archive's index is not, because mirrors that were frozen on purpose are served past their date. Rejects with
 * ConfigError `asterisk.not_found` (nothing can be laid here) or `asterisk.lay_failed`.
 */
export async function layAsteriskTree(
  dataDir: string,
  onProgress: (line: string) => void,
  signal?: AbortSignal,
): Promise<AsteriskProgram> {
  const tree = asteriskTreeDir(dataDir);
  const archive = debianArchive(readAptSources());
  if (process.getuid?.() !== 0 || !archive) {
    throw new ConfigError(
      'asterisk.not_found',
      `No Asterisk was found. Install Asterisk ${ASTERISK_NEEDED} or newer so that "asterisk" is on the PATH, set ` +
        'ASTERISK_ARI_URL, or run "npm start" once as root on Debian: a private Asterisk is then laid into the data folder.',
    );
  }
  const beside = `${tree}.tmp`;
  rmSync(beside, { recursive: true, force: true });
  const args = [
    '--variant=essential',
    '--aptopt=Acquire::Check-Valid-Until "false"',
    `--include=${TREE_PACKAGES.join(',')}`,
    DEBIAN_SUITE,
    beside,
    `deb ${archive} ${DEBIAN_SUITE} main`,
  ];
  const laid = await runCommand('mmdebstrap', args, {
    timeoutMs: LAY_MS_MAX,
    onLine: (line) => onProgress(line.replace(/^I: /, '')),
    ...(signal ? { signal } : {}),
  });
  if (laid.status !== 0) {
    rmSync(beside, { recursive: true, force: true });
    const why =
      laid.status === 124 ? 'it was not ready within 3 minutes' : laid.output.split('\n').slice(-8).join('\n');
    throw new ConfigError('asterisk.lay_failed', `The private Asterisk could not be laid: ${why}`);
  }
  relinkSounds(beside);
  // Renamed when whole: an interrupted lay is never taken for a tree.
  renameSync(beside, tree);
  const program = await treeProgram(tree);
  if (!program) throw new ConfigError('asterisk.lay_failed', `${tree} vanished after it was laid.`);
  return program;
}

/** Debian picks the language `en` by absolute links through /etc/alternatives, which point out of the tree. */
function relinkSounds(tree: string): void {
  const sounds = join(tree, 'usr/share/asterisk/sounds');
  const voice = readdirSync(sounds).find((name) => /^en_US_f_/.test(name));
  if (!voice) throw new ConfigError('asterisk.lay_failed', `The English prompts are missing in ${sounds}.`);
  rmSync(join(sounds, 'en'), { force: true });
  symlinkSync(relative(sounds, join(sounds, voice)), join(sounds, 'en'));
}

async function checked(found: Omit<AsteriskProgram, 'version'>, remedy: string): Promise<AsteriskProgram> {
  const [program, ...args] = found.command;
  const shown = await runCommand(program, [...args, '-V'], { timeoutMs: VERSION_MS_MAX });
  const version = parseAsteriskVersion(shown.output);
  if (shown.status !== 0 || version === undefined) {
    throw new ConfigError(
      'asterisk.broken',
      `${found.origin} did not tell its version (status ${shown.status}). ${remedy}`,
    );
  }
  checkAsteriskVersion(version, found.origin, remedy);
  const missing = missingModules(found.folders.modules);
  if (missing.length > 0) {
    throw new ConfigError(
      'asterisk.module_missing',
      `${found.origin} (Asterisk ${version}) lacks modules that are needed in ${found.folders.modules}: ` +
        `${nameSome(missing)}. ${remedy}`,
    );
  }
  return { ...found, version };
}

/** The first names of a list that may be as long as modules.conf, and how many more there are. */
export function nameSome(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN_MAX).join(', ');
  return names.length > NAMES_SHOWN_MAX ? `${shown} and ${names.length - NAMES_SHOWN_MAX} more` : shown;
}

/** The required modules of asterisk-config/modules.conf that a folder does not hold. */
export function missingModules(modulesDir: string): string[] {
  const there = new Set(existsSync(modulesDir) ? readdirSync(modulesDir) : []);
  return requiredModules(readTemplates().get('modules.conf') ?? '').filter((name) => !there.has(name));
}

/** Where distributions and a build from source put an installed Asterisk's files. */
function systemFolders(sbin: string): AsteriskFolders {
  const { triplet } = machine();
  const modules = [`/usr/lib/${triplet}/asterisk/modules`, '/usr/lib64/asterisk/modules', '/usr/lib/asterisk/modules'];
  const shares = ['/usr/share/asterisk', '/var/lib/asterisk', '/usr/local/share/asterisk'];
  // Without its documentation in XML, Asterisk refuses most of its own options.
  const share = shares.find((dir) => existsSync(join(dir, 'documentation/core-en_US.xml'))) ?? '/usr/share/asterisk';
  const music = [join(share, 'moh'), '/var/lib/asterisk/moh'].find((dir) => existsSync(dir)) ?? join(share, 'moh');
  return {
    modules: modules.find((dir) => existsSync(join(dir, 'app_stasis.so'))) ?? modules[0] ?? '',
    share,
    sbin,
    music,
  };
}

function machine(): { triplet: string; loader: string } {
  const known = MACHINES[process.arch];
  if (known) return known;
  throw new ConfigError('asterisk.machine_unknown', `Strowger runs on x64 and arm64, not on ${process.arch}.`);
}
