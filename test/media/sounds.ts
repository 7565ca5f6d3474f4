import { decodeUlaw, encodeUlaw } from '../../src/media/g711.ts';
import { amplitudeOf, FULL_SCALE, levelDb } from '../../src/media/loudness.ts';

/** Numbers from 0 to 1 that are the same in every run (Park and Miller's generator). */
export function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

export function silence(lengthMs: number): Int16Array {
  return new Int16Array(Math.round(lengthMs * 8));
}

/** One sine, or several of equal strength, with this level in dBFS. */
export function tones(lengthMs: number, levelOfDb: number, ...hz: readonly number[]): Int16Array {
  const amplitude = FULL_SCALE * amplitudeOf(levelOfDb) * Math.sqrt(2 / hz.length);
  return silence(lengthMs).map((_, i) =>
    Math.round(amplitude * hz.reduce((sum, one) => sum + Math.sin((2 * Math.PI * one * i) / 8_000), 0)),
  );
}

/** White noise of this level in dBFS. */
export function noise(lengthMs: number, levelOfDb: number, seed = 1): Int16Array {
  const draw = draws(seed);
  const amplitude = FULL_SCALE * amplitudeOf(levelOfDb) * Math.sqrt(3);
  return silence(lengthMs).map(() => Math.round(amplitude * (2 * draw() - 1)));
}

export function joined(...sounds: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(sounds.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const sound of sounds) {
    all.set(sound, at);
    at += sound.length;
  }
  return all;
}

/** Both at once. The first says how long. */
export function mixed(sound: Int16Array, other: Int16Array): Int16Array {
  return sound.map((sample, i) => Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, sample + (other[i] ?? 0))));
}

/** With another level, in dBFS over all of it. */
export function atLevel(sound: Int16Array, levelOfDb: number): Int16Array {
  const factor = amplitudeOf(levelOfDb - levelDb(sound));
  return sound.map((sample) => Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, Math.round(sample * factor))));
}

/** As a telephone line in mu-law carries it. */
export function throughUlaw(sound: Int16Array): Int16Array {
  return decodeUlaw(encodeUlaw(sound));
}
