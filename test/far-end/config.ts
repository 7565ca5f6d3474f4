import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AsteriskFolders, asteriskDirs, fillTemplate } from '../../src/supervisor/asterisk-config.ts';
import { tone, writeWav } from './wav.ts';

/**
 * The tones that a party can play, in Hz. They lie apart from the tones of the network (350 to 620 Hz, SIT at 950,
 * 1400, 1800) and from DTMF (697 to 1633 Hz), and are multiples of 20 so that heard-tone.ts tells them apart.
 */
export const TONES_HZ = [1_000, 1_100, 1_260, 1_540, 1_900, 2_100, 2_300, 2_600] as const;
export type ToneHz = (typeof TONES_HZ)[number];

/** Whole periods of every tone, so that the repetition is not heard. */
const TONE_MS = 10_000;
/** Files that Asterisk complains about when they are missing. */
const EMPTY_FILES = [
  'acl',
  'ccss',
  'cel',
  'features',
  'indications',
  'manager',
  'pjproject',
  'stasis',
  'udptl',
  'websocket_client',
];
const TEMPLATES = 'ari asterisk cdr extensions http logger modules pjsip rtp sorcery'.split(' ');

export type FarEndPorts = {
  /** HTTP port of the far end's ARI. */
  readonly ari: number;
  readonly sip: number;
  readonly rtp: { readonly first: number; readonly last: number };
};

export type FarEndSettings = {
  readonly ports: FarEndPorts;
  /** Where the exchange under test takes SIP. */
  readonly exchange: { readonly host: string; readonly port: number };
  readonly phones: readonly { readonly id: string; readonly password: string }[];
  readonly ariPassword: string;
};

/** The far end's configuration as file name and text. */
export function renderFarEndConfig(
  home: string,
  folders: AsteriskFolders,
  settings: FarEndSettings,
): Map<string, string> {
  const dirs = asteriskDirs(home);
  const values = {
    ETC_DIR: dirs.etc,
    LIB_DIR: dirs.lib,
    SPOOL_DIR: dirs.spool,
    RUN_DIR: dirs.run,
    LOG_DIR: dirs.log,
    MODULES_DIR: folders.modules,
    SHARE_DIR: folders.share,
    SBIN_DIR: folders.sbin,
    ARI_PORT: String(settings.ports.ari),
    ARI_PASSWORD: settings.ariPassword,
    SIP_PORT: String(settings.ports.sip),
    RTP_FIRST: String(settings.ports.rtp.first),
    RTP_LAST: String(settings.ports.rtp.last),
    EXCHANGE_HOST: settings.exchange.host,
    EXCHANGE_PORT: String(settings.exchange.port),
  };
  const files = new Map(EMPTY_FILES.map((name) => [`${name}.conf`, '; Empty on purpose.\n']));
  for (const name of TEMPLATES) files.set(`${name}.conf`, fillTemplate(name, template(name), values));
  const phones = settings.phones.map(({ id, password }) =>
    fillTemplate('phone', template('phone'), { PHONE_ID: id, PHONE_PASSWORD: password }),
  );
  files.set('pjsip.conf', `${files.get('pjsip.conf')}${phones.join('')}`);
  const tones = TONES_HZ.map((hz) =>
    fillTemplate('tone', template('tone'), { TONE_CLASS: toneClass(hz), TONE_DIR: toneDir(home, hz) }),
  );
  files.set('musiconhold.conf', tones.join(''));
  return files;
}

/** Music on hold class of a tone. */
export function toneClass(hz: ToneHz): string {
  return `tone-${hz}`;
}

/** Writes the sound file of each tone. */
export function writeTones(home: string): void {
  for (const hz of TONES_HZ) {
    mkdirSync(toneDir(home, hz), { recursive: true });
    writeFileSync(join(toneDir(home, hz), 'tone.wav'), writeWav(tone(hz, TONE_MS)));
  }
}

function toneDir(home: string, hz: ToneHz): string {
  return join(asteriskDirs(home).lib, 'tones', String(hz));
}

function template(name: string): string {
  return readFileSync(new URL(`config/${name}.conf`, import.meta.url), 'utf8');
}
