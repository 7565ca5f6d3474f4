import { decodeUlaw, encodeUlaw } from '../../src/media/g711.ts';
import { activeLevelDb } from '../../src/media/loudness.ts';

const RATE = 8_000;
/** The telephone's band. */
const [LOW_HZ, HIGH_HZ] = [300, 3_400];
const TAPS = 129;
const LEVEL_DB = -20;
/** The level of a quiet line's own noise beside the voice. */
const QUIET_SNR_DB = 45;

export type Line = 'quiet' | '20 dB';

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * A voice as it arrives over a telephone line: 300 to 3400 Hz, -20 dBFS, with pink noise 20 dB (or, on a quiet line, 45 dB)
 * below it, mu-law, and noise alone before and after.
 */
export function overTheLine(
  voice: Int16Array,
  line: Line,
  { seed, leadMs = 700, tailMs = 1_400 }: { seed: number; leadMs?: number; tailMs?: number },
): Int16Array {
  const band = filtered(Float64Array.from(voice));
  const level = activeLevelDb(Int16Array.from(band), 160);
  const gain = 10 ** ((LEVEL_DB - level) / 20);
  const lead = (leadMs * RATE) / 1_000;
  const noise = pinkNoise(lead + band.length + (tailMs * RATE) / 1_000, seed);
  const noiseDb = LEVEL_DB - (line === 'quiet' ? QUIET_SNR_DB : 20);
  const noiseGain = (32_768 * 10 ** (noiseDb / 20)) / rms(noise);
  const whole = Int16Array.from(noise, (sample, at) => {
    const said = (band[at - lead] ?? 0) * gain + sample * noiseGain;
    return Math.max(-32_768, Math.min(32_767, Math.round(said)));
  });
  return decodeUlaw(encodeUlaw(whole));
}

/** Noise of a street or a fan: 3 dB less an octave (Paul Kellet's filter). */
function pinkNoise(length: number, seed: number): Float64Array {
  const random = randomNumbers(seed);
  let [b0, b1, b2] = [0, 0, 0];
  const pink = Float64Array.from({ length }, () => {
    const white = random() * 2 - 1;
    b0 = 0.99765 * b0 + white * 0.099046;
    b1 = 0.963 * b1 + white * 0.2965164;
    b2 = 0.57 * b2 + white * 1.0526913;
    return b0 + b1 + b2 + white * 0.1848;
  });
  return filtered(pink);
}

const BAND = bandPass();

function filtered(samples: Float64Array): Float64Array {
  const half = (TAPS - 1) / 2;
  return samples.map((_, at) => {
    let sum = 0;
    for (let tap = 0; tap < TAPS; tap++) sum += BAND[tap]! * (samples[at + half - tap] ?? 0);
    return sum;
  });
}

/** A windowed sinc (Hamming). */
function bandPass(): Float64Array {
  const half = (TAPS - 1) / 2;
  const low = (hz: number, n: number): number => {
    const f = hz / RATE;
    return n === 0 ? 2 * f : Math.sin(2 * Math.PI * f * n) / (Math.PI * n);
  };
  return Float64Array.from({ length: TAPS }, (_, tap) => {
    const n = tap - half;
    const window = 0.54 - 0.46 * Math.cos((2 * Math.PI * tap) / (TAPS - 1));
    return (low(HIGH_HZ, n) - low(LOW_HZ, n)) * window;
  });
}

function rms(samples: Float64Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}
