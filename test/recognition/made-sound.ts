import { FRAME_SAMPLES } from '../../src/media/frames.ts';

/** Sound as frames of 20 ms, as a call brings it. */
export function framesOf(sound: Int16Array): Int16Array[] {
  const count = Math.floor(sound.length / FRAME_SAMPLES);
  return Array.from({ length: count }, (_, at) => sound.slice(at * FRAME_SAMPLES, (at + 1) * FRAME_SAMPLES));
}

export function silence(ms: number): Int16Array {
  // A line is never wholly silent; this noise is the same each time.
  return Int16Array.from({ length: ms * 8 }, (_, at) => ((at * 7_919) % 13) - 6);
}

/** Something that is as loud as a voice: a buzz of 200 Hz with its overtones, as vowels are. */
export function voice(ms: number): Int16Array {
  return Int16Array.from({ length: ms * 8 }, (_, at) => {
    const phase = (2 * Math.PI * 200 * at) / 8_000;
    return Math.round(3_000 * Math.sin(phase) + 1_500 * Math.sin(2 * phase) + 1_000 * Math.sin(5 * phase));
  });
}

/** A burst of noise that swells and dies at once. */
export function cough(ms: number): Int16Array {
  let seed = 7;
  return Int16Array.from({ length: ms * 8 }, (_, at) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0;
    return Math.round(6_000 * Math.sin((Math.PI * at) / (ms * 8)) * (seed / 2 ** 31));
  });
}

export function together(...pieces: readonly Int16Array[]): Int16Array {
  return Int16Array.from(pieces.flatMap((piece) => [...piece]));
}
