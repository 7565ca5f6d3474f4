import { activeLevelDb, amplitudeOf, levelDb } from '../../src/media/loudness.ts';

/** As loud as people are on the telephone (ITU-T P.56 active level), in dBFS. */
const SPEECH_DB = -22;
const FRAME = 160;
const RATE = 8_000;
const LIMIT = 32_767;

/** What was said as a caller's telephone sends it: at a usual loudness, in noise (SNR in dB; null: none). */
export function onLine(words: Int16Array, { snrDb, seed }: { readonly snrDb: number | null; readonly seed: number }) {
  const gain = amplitudeOf(SPEECH_DB - activeLevelDb(words, FRAME));
  const level = words.map((sample) => clipped(sample * gain));
  if (snrDb === null) return level;
  const noise = noiseOnLine(snrDb, level.length, seed);
  return level.map((sample, at) => clipped(sample + noise[at]!));
}

/** The noise itself, which is there before the words and after them, too. */
export function noiseOnLine(snrDb: number, samples: number, seed: number): Int16Array {
  const noise = pinkNoise(samples, seed);
  const gain = amplitudeOf(SPEECH_DB - snrDb - levelDb(noise));
  return noise.map((sample) => clipped(sample * gain));
}

export function silence(ms: number): Int16Array {
  return new Int16Array((ms * RATE) / 1_000);
}

function clipped(value: number): number {
  return Math.max(-LIMIT, Math.min(LIMIT, Math.round(value)));
}

/** Noise whose power falls by 3 dB an octave, as that of rooms and streets; the same in every run (Voss and McCartney, 1978). */
export function pinkNoise(samples: number, seed: number): Int16Array {
  const rows = new Float64Array(12);
  let state = (seed * 2_654_435_761) % 2_147_483_647 || 1;
  const random = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 1_073_741_823.5 - 1;
  };
  for (let row = 0; row < rows.length; row++) rows[row] = random();
  return Int16Array.from({ length: samples }, (_, at) => {
    const row = Math.min(rows.length - 1, 31 - Math.clz32((at + 1) & -(at + 1)));
    rows[row] = random();
    return (rows.reduce((sum, one) => sum + one, 0) + random()) * 2_000;
  });
}
