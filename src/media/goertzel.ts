import { TELEPHONE_RATE } from './frames.ts';

/** Root mean square below this (of 32768) is silence. G.711's own noise is below 10. */
const SILENCE_RMS = 100;

/**
 * The power of a sound at one frequency, as the square of its Fourier coefficient. Goertzel's algorithm (G. Goertzel, "An Algorithm for
 * the Evaluation of Finite Trigonometric Series", 1958).
 */
export function powerAt(samples: Int16Array | Float64Array, hz: number, rate: number = TELEPHONE_RATE): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / rate);
  let before = 0;
  let last = 0;
  for (let i = 0; i < samples.length; i++) {
    const next = samples[i]! + coefficient * last - before;
    before = last;
    last = next;
  }
  return last * last + before * before - coefficient * last * before;
}

/** How much of the power of telephone sound is at one frequency: 0 (none, or silence) to 1 (a pure tone). */
export function toneRatio(samples: Int16Array, hz: number): number {
  let energy = 0;
  for (let i = 0; i < samples.length; i++) energy += samples[i]! * samples[i]!;
  if (energy < samples.length * SILENCE_RMS ** 2) return 0;
  return (2 * powerAt(samples, hz)) / (samples.length * energy);
}
