import { setImmediate } from 'node:timers/promises';
import type { Sound } from './wav.ts';

/** Changes when the sound made from the same engine output changes: it is part of the cache's key. */
export const SOUND_FORMAT = 'wav-8k-1';

export const TELEPHONE_RATE = 8_000;

/** Level of the spoken parts, as the root of the mean square, and the highest sample; both relative to full scale. */
const LEVEL = 32_768 * 10 ** (-20 / 20);
const PEAK = 32_768 * 10 ** (-3 / 20);
/** Samples above this are bent towards the peak; espeak-ng's peaks lie 19 dB above its mean. */
const KNEE = 32_768 * 10 ** (-9 / 20);

/** Silence before the first word: the first 20 ms packets of a stream are the ones that get lost. */
const LEAD_MS = 50;

/** Silence is what lies this far below the loudest frame: under flite's soft consonants, above its noise floor. */
const QUIET = 10 ** (-50 / 20);
const FRAME = TELEPHONE_RATE / 100;

const CUTOFF_HZ = 3_900;
/** Half of the low-pass filter's length: 1.5 ms gives a fall from 3.4 to 4.6 kHz. */
const FILTER_HALF_MS = 1.5;

/** Work between two breaths of the event loop, in output samples: about 2 ms. */
const BLOCK = 8_000;

/**
 * What an engine said, as telephones carry it: 8 kHz, 50 ms of silence and then the first word, one level for
 * all voices (-20 dBFS, peak -3 dBFS). Undefined when there is nothing to be heard.
 */
export async function telephoneSound(spoken: Sound): Promise<Sound | undefined> {
  const samples = await resample(spoken);
  const levels = frameLevels(samples);
  const loudest = levels.reduce((most, level) => Math.max(most, level), 0);
  if (loudest < 32) return undefined;
  const onset = levels.findIndex((level) => level > loudest * QUIET) * FRAME;
  // Pauses do not count, or a prompt with many of them would be made louder than its neighbours.
  const active = levels.filter((level) => level > loudest / 30);
  const mean = Math.sqrt(active.reduce((sum, level) => sum + level * level, 0) / active.length);
  const lead = (LEAD_MS * TELEPHONE_RATE) / 1000;
  const out = new Int16Array(lead + samples.length - onset);
  for (let i = onset; i < samples.length; i++) out[lead + i - onset] = softened((samples[i]! * LEVEL) / mean);
  return { samples: out, rate: TELEPHONE_RATE };
}

function softened(sample: number): number {
  const over = Math.abs(sample) - KNEE;
  if (over <= 0) return Math.round(sample);
  return Math.trunc(Math.sign(sample) * (KNEE + (PEAK - KNEE) * Math.tanh(over / (PEAK - KNEE))));
}

/** The root of the mean square of every 10 ms. */
function frameLevels(samples: Float32Array): number[] {
  const levels: number[] = [];
  for (let from = 0; from < samples.length; from += FRAME) {
    let sum = 0;
    for (let i = from; i < from + FRAME && i < samples.length; i++) sum += samples[i]! ** 2;
    levels.push(Math.sqrt(sum / FRAME));
  }
  return levels;
}

/** Polyphase windowed-sinc: one row of weights for each place that an output sample can have between two inputs. */
async function resample({ samples, rate }: Sound): Promise<Float32Array> {
  const divisor = gcd(rate, TELEPHONE_RATE);
  const phases = TELEPHONE_RATE / divisor;
  const step = rate / divisor;
  const half = Math.ceil((FILTER_HALF_MS * rate) / 1000);
  const rows = Array.from({ length: phases }, (_, phase) => weights(phase / phases, half, rate));
  const out = new Float32Array(Math.floor((samples.length * phases) / step));
  for (let n = 0; n < out.length; n++) {
    if (n % BLOCK === BLOCK - 1) await setImmediate();
    const centre = Math.floor((n * step) / phases);
    const row = rows[(n * step) % phases]!;
    const first = Math.max(0, half - 1 - centre);
    const last = Math.min(row.length, samples.length + half - 1 - centre);
    let sum = 0;
    for (let k = first; k < last; k++) sum += row[k]! * samples[centre - half + 1 + k]!;
    out[n] = sum;
  }
  return out;
}

/** Weights of the inputs from `half - 1` before to `half` after, for an output `fraction` of a sample later. */
function weights(fraction: number, half: number, rate: number): Float32Array {
  const row = new Float32Array(2 * half);
  let sum = 0;
  for (let k = 0; k < row.length; k++) {
    const t = k - half + 1 - fraction;
    const x = (2 * Math.PI * CUTOFF_HZ * t) / rate;
    const window = 0.42 + 0.5 * Math.cos((Math.PI * t) / half) + 0.08 * Math.cos((2 * Math.PI * t) / half);
    row[k] = (x === 0 ? 1 : Math.sin(x) / x) * window;
    sum += row[k]!;
  }
  return row.map((weight) => weight / sum);
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
