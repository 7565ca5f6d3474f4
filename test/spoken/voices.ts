import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isSampleRate, resampled } from '../../src/media/resample.ts';
import { monoOf, wavReader } from '../../src/media/wav-reader.ts';

/** Somebody who says words: a voice of a speech engine, at a speed (1: its own). */
export type Voice = { readonly engine: 'espeak-ng' | 'flite'; readonly name: string; readonly speed: number };

const PROGRAM_MS_MAX = 10_000;
/** espeak-ng's own speed, in words a minute. */
const ESPEAK_WPM = 175;
const RATE = 8_000;
const run = promisify(execFile);

export function voiceName({ engine, name, speed }: Voice): string {
  return `${engine} ${name}${speed === 1 ? '' : ` x${speed}`}`;
}

/** Words as that voice says them: 16 bit, 8 kHz. Rejects when the program is missing or fails. */
export async function spoken(text: string, voice: Voice): Promise<Int16Array> {
  const dir = mkdtempSync(join(tmpdir(), 'strowger-spoken-'));
  const file = join(dir, 'words.wav');
  try {
    await run(voice.engine, argumentsFor(voice, text, file), { timeout: PROGRAM_MS_MAX });
    return readSound(file);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function argumentsFor({ engine, name, speed }: Voice, text: string, file: string): string[] {
  if (engine === 'espeak-ng') return ['-v', name, '-s', String(Math.round(ESPEAK_WPM * speed)), '-w', file, text];
  return ['-voice', name, '--setf', `duration_stretch=${1 / speed}`, '-t', text, '-o', file];
}

/** A WAV file of any rate and number of channels as 16 bit, 8 kHz. */
export function readSound(file: string): Int16Array {
  const reader = wavReader();
  const samples = reader.push(readFileSync(file));
  const format = reader.format();
  if (typeof samples === 'string' || format === null) throw new Error(`${file} is no WAV file that can be read.`);
  if (!isSampleRate(format.rate)) throw new Error(`${file} has a rate of ${format.rate} Hz.`);
  return resampled(monoOf(samples, format.channels), format.rate, RATE);
}
