import { TELEPHONE_RATE } from '../../src/media/frames.ts';
import { toneRatio } from '../../src/media/goertzel.ts';

/** 50 ms: the bins are 20 Hz apart, so tones that are multiples of 20 Hz do not disturb each other. */
const BLOCK_SAMPLES = 400;
/** A third of the sound must be the tone: two tones at once are each found, speech and ringing are not. */
const RATIO_MIN = 0.3;
/** So many blocks in a row make a tone; a click is shorter. */
const BLOCKS_MIN = 3;

/** Whether the tone sounds for at least 150 ms somewhere in the sound (16 bit, 8 kHz). */
export function hasTone(pcm: Int16Array, hz: number): boolean {
  return toneMs(pcm, hz) > 0;
}

/** Milliseconds for which the tone sounds, in steps of 50 ms; pieces shorter than 150 ms do not count. */
export function toneMs(pcm: Int16Array, hz: number): number {
  let blocks = 0;
  let run = 0;
  for (let from = 0; from + BLOCK_SAMPLES <= pcm.length; from += BLOCK_SAMPLES) {
    if (toneRatio(pcm.subarray(from, from + BLOCK_SAMPLES), hz) < RATIO_MIN) {
      run = 0;
      continue;
    }
    run += 1;
    if (run === BLOCKS_MIN) blocks += BLOCKS_MIN;
    else if (run > BLOCKS_MIN) blocks += 1;
  }
  return (blocks * BLOCK_SAMPLES * 1_000) / TELEPHONE_RATE;
}
