import { FRAME_SAMPLES, TELEPHONE_RATE } from './frames.ts';
import { powerAt } from './goertzel.ts';
import { FULL_SCALE, levelDb } from './loudness.ts';

/** What one frame has of a steady tone, or of two at once. */
export type Tone = {
  /** The lower one. */
  readonly hz: number;
  /** The higher one; null: it is one tone alone. */
  readonly secondHz: number | null;
  readonly levelDb: number;
};

export type ToneSpotter = {
  /** The tone of which the last 40 ms consist; null: they are something else. */
  push(frame: Int16Array): Tone | null;
};

/** Two frames: lines 25 Hz apart. */
const WINDOW_SAMPLES = 2 * FRAME_SAMPLES;
const LINE_HZ = TELEPHONE_RATE / WINDOW_SAMPLES;
/** Where signals of exchanges, voicemail and fax machines lie, with what belongs to their lines at both ends. */
const FIRST_LINE = Math.round(300 / LINE_HZ);
const LAST_LINE = Math.round(2_300 / LINE_HZ);

/** With Hann's window a tone is in the line next to it and two on either side. */
const SPREAD = 2;
/** So much of the power must be in the lines of the tone, or of both. Speech seldom has more than two thirds in one harmonic. */
const SHARE_MIN = 0.85;
/** The weaker of two tones is no more than this below the stronger. */
const TWIST_MAX_DB = 10;
/** Softer than this nothing is looked for. */
const LEVEL_MIN_DB = -45;

const HANN = Float64Array.from(
  { length: WINDOW_SAMPLES },
  (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / WINDOW_SAMPLES),
);

/** Looks for tones of 400 to 2200 Hz, frame by frame, by the lines of a spectrum over two frames. */
export function toneSpotter(): ToneSpotter {
  const last = new Int16Array(WINDOW_SAMPLES);
  return {
    push(frame) {
      last.copyWithin(0, FRAME_SAMPLES);
      last.set(frame, FRAME_SAMPLES);
      const level = levelDb(last);
      return level < LEVEL_MIN_DB ? null : toneOf(last, level);
    },
  };
}

function toneOf(samples: Int16Array, level: number): Tone | null {
  const windowed = new Float64Array(WINDOW_SAMPLES);
  let energy = 0;
  for (let i = 0; i < WINDOW_SAMPLES; i++) {
    const value = (samples[i]! * HANN[i]!) / FULL_SCALE;
    windowed[i] = value;
    energy += value * value;
  }
  const powers: number[] = [];
  for (let line = FIRST_LINE; line <= LAST_LINE; line++) powers.push(powerAt(windowed, line * LINE_HZ));
  // Parseval: the powers of all lines, of both signs, are together so many times the energy.
  const share = (power: number): number => (2 * power) / (WINDOW_SAMPLES * energy);
  const first = strongest(powers);
  if (share(first.power) >= SHARE_MIN) return { hz: first.hz, secondHz: null, levelDb: level };
  const second = strongest(powers.map((power, at) => (Math.abs(at - first.at) <= SPREAD ? 0 : power)));
  const twistDb = 10 * Math.log10(first.power / second.power);
  if (share(first.power + second.power) < SHARE_MIN || twistDb > TWIST_MAX_DB) return null;
  const [hz, secondHz] = first.hz < second.hz ? [first.hz, second.hz] : [second.hz, first.hz];
  return { hz, secondHz, levelDb: level };
}

type Line = { readonly at: number; readonly hz: number; readonly power: number };

function strongest(powers: readonly number[]): Line {
  let at = SPREAD;
  for (let i = SPREAD; i < powers.length - SPREAD; i++) if (powers[i]! > powers[at]!) at = i;
  let power = 0;
  for (let i = at - SPREAD; i <= at + SPREAD; i++) power += powers[i]!;
  // The tone lies between the lines, where the parabola through the logarithms of three has its top.
  const [left, here, right] = [at - 1, at, at + 1].map((i) => Math.log(powers[i]! + 1e-12)) as [number, number, number];
  const bend = left - 2 * here + right;
  const offset = bend === 0 ? 0 : (left - right) / (2 * bend);
  return { at, hz: (FIRST_LINE + at + Math.max(-0.5, Math.min(0.5, offset))) * LINE_HZ, power };
}
