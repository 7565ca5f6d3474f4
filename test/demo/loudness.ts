import { TELEPHONE_RATE } from '../../src/media/frames.ts';

const FRAME_SAMPLES = 160;
const FULL_SCALE = 32_768;
/** Softer than this is a pause. Speech on the telephone lies about 25 dB above it, the noise of G.711 as far below. */
const SOUND_DBFS_MIN = -45;

/** How much was heard in a piece of sound, and how loud it was. */
export type Heard = {
  /** Milliseconds with sound, in frames of 20 ms; pauses are left out. */
  readonly soundMs: number;
  /** Root mean square of those frames, in dB below full scale; -Infinity when there are none. */
  readonly dbfs: number;
};

/** Measures 16-bit sound of 8 kHz. */
export function measureLoudness(pcm: Int16Array): Heard {
  let frames = 0;
  let power = 0;
  for (let from = 0; from + FRAME_SAMPLES <= pcm.length; from += FRAME_SAMPLES) {
    const square = pcm.subarray(from, from + FRAME_SAMPLES).reduce((sum, one) => sum + one * one, 0) / FRAME_SAMPLES;
    if (decibels(square) < SOUND_DBFS_MIN) continue;
    frames += 1;
    power += square;
  }
  return { soundMs: (frames * FRAME_SAMPLES * 1_000) / TELEPHONE_RATE, dbfs: decibels(power / Math.max(1, frames)) };
}

function decibels(square: number): number {
  return 10 * Math.log10(square / FULL_SCALE ** 2);
}
