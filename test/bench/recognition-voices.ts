import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isSampleRate, resampled } from '../../src/media/resample.ts';
import { monoOf, wavReader } from '../../src/media/wav-reader.ts';

/** Who speaks. espeak-ng's variants are voices of its own; `person` is Debian's recorded prompts. */
export type Voice =
  | { readonly name: string; readonly flite: string; readonly stretch?: number; readonly pitchHz?: number }
  | { readonly name: string; readonly espeak: string; readonly wordsAMinute?: number }
  | { readonly name: string; readonly person: true };

/** Debian's asterisk-core-sounds-en-wav: 568 prompts that one woman spoke, used by the bench only. */
export const PROMPTS = '/usr/share/asterisk/sounds/en_US_f_Allison';

/** For tuning alone: no figure is taken from these. */
export const TUNING_VOICES: readonly Voice[] = [
  { name: 'flite slt', flite: 'slt' },
  { name: 'flite slt, slow', flite: 'slt', stretch: 1.25 },
  { name: 'flite slt, quick', flite: 'slt', stretch: 0.85 },
  { name: 'espeak-ng en-us', espeak: 'en-us' },
  { name: 'espeak-ng en-us, slow', espeak: 'en-us', wordsAMinute: 140 },
  { name: 'espeak-ng en-us+f1', espeak: 'en-us+f1', wordsAMinute: 150 },
  { name: 'espeak-ng en-us+m1', espeak: 'en-us+m1' },
  { name: 'espeak-ng en-gb-scotland', espeak: 'en-gb-scotland' },
  { name: 'espeak-ng en-gb+m7', espeak: 'en-gb+m7' },
  { name: 'flite slt, high', flite: 'slt', pitchHz: 230 },
  { name: 'flite slt, low', flite: 'slt', pitchHz: 125 },
  { name: 'flite slt, low and slow', flite: 'slt', pitchHz: 140, stretch: 1.15 },
  { name: 'espeak-ng en-us+f4', espeak: 'en-us+f4', wordsAMinute: 150 },
  { name: 'espeak-ng en-us+m2', espeak: 'en-us+m2' },
];

/** For the figure alone. */
export const FIGURE_VOICES: readonly Voice[] = [
  { name: 'flite rms', flite: 'rms' },
  { name: 'flite awb', flite: 'awb' },
  { name: 'flite kal16', flite: 'kal16' },
  { name: 'flite rms, slow', flite: 'rms', stretch: 1.2 },
  { name: 'espeak-ng en-gb', espeak: 'en-gb' },
  { name: 'espeak-ng en-us+f3', espeak: 'en-us+f3', wordsAMinute: 150 },
  { name: 'espeak-ng en-us+m3', espeak: 'en-us+m3' },
];

export const PERSON: Voice = { name: 'a person (recorded prompts)', person: true };

/** What a voice says, 8 kHz, as loud as it comes; undefined where a recorded prompt is missing. */
export function spoken(voice: Voice, text: string, dir: string): Int16Array | undefined {
  if ('person' in voice) {
    const pieces = text.split('+').map((name) => join(PROMPTS, `${name}.wav`));
    return pieces.every((file) => existsSync(file))
      ? joined(pieces.map((file) => soundOf(readFileSync(file))))
      : undefined;
  }
  if ('espeak' in voice) {
    const rate = voice.wordsAMinute === undefined ? [] : ['-s', String(voice.wordsAMinute)];
    return soundOf(execFileSync('espeak-ng', ['-v', voice.espeak, ...rate, '--stdout', text]));
  }
  const file = join(dir, 'spoken.wav');
  const stretch = voice.stretch === undefined ? [] : ['--setf', `duration_stretch=${voice.stretch}`];
  const pitch = voice.pitchHz === undefined ? [] : ['--setf', `int_f0_target_mean=${voice.pitchHz}`];
  execFileSync('flite', ['-voice', voice.flite, ...stretch, ...pitch, '-t', text, '-o', file]);
  const sound = soundOf(readFileSync(file));
  rmSync(file);
  return sound;
}

/** The gap between recorded words that are put together, as of somebody who reads out a number. */
const GAP_SAMPLES = 640;

function joined(pieces: readonly Int16Array[]): Int16Array {
  const gap = new Int16Array(GAP_SAMPLES);
  return Int16Array.from(pieces.flatMap((piece, at) => (at === 0 ? [...piece] : [...gap, ...piece])));
}

function soundOf(file: Uint8Array): Int16Array {
  const reader = wavReader();
  const samples = reader.push(file);
  const format = reader.format();
  if (typeof samples === 'string' || !format || !isSampleRate(format.rate))
    throw new Error(`no WAV: ${String(samples)}`);
  return resampled(monoOf(samples, format.channels), format.rate, 8_000);
}
