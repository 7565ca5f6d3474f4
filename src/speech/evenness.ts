import { TELEPHONE_RATE } from '../media/frames.ts';
import { amplitudeOf, FULL_SCALE, levelDb, SILENCE_DB } from '../media/loudness.ts';

/** Level of what is spoken, and the highest sample; in dBFS. */
const LEVEL_DB = -20;
const PEAK = FULL_SCALE * amplitudeOf(-3);
/** Samples above this are bent towards the peak; espeak-ng's peaks lie 19 dB above its mean. */
const KNEE = FULL_SCALE * amplitudeOf(-9);

/** Silence is what lies this far below the loudest frame: under flite's soft consonants, above its noise floor. */
const QUIET_BELOW_DB = 50;
/** What lies this far below the loudest frame is a pause, and does not count for the level. */
const PAUSE_BELOW_DB = 30;
/** A sound whose loudest frame is below this holds nothing to be heard. */
const NOTHING_DB = -60;

const FRAME = TELEPHONE_RATE / 100;
/** From here on the level is not looked at again: by then it is known, and a voice keeps it. */
const MEASURED_FRAMES_MAX = 300;
/** Most by which the level follows what is learnt about it, in dB a frame. */
const FOLLOWS_DB = 0.05;

/** What is left of the silence after the last word. */
const TAIL_FRAMES = 4;

/** Brings what an engine says to one level for all voices, without the silence before and after it. Sound of 8 kHz. */
export type Evenness = {
  /** What is certain by now. */
  push(samples: Int16Array): Int16Array;
  /** The rest. */
  end(): Int16Array;
};

/**
 * @param aheadMs So much sound is waited for before the first of it is given, because its level must be known: more is truer, and
 * `Number.POSITIVE_INFINITY` the whole.
 * @param gainDb How much louder than usual.
 */
export function evenness(aheadMs: number, gainDb = 0): Evenness {
  let waiting: Int16Array[] = [];
  let waitingSamples = 0;
  let rest = new Int16Array(0);
  const levels: number[] = [];
  let loudest = SILENCE_DB;
  let gain: number | undefined;
  let begun = false;
  /** Quiet frames that are given when a word follows. */
  let held: Int16Array[] = [];

  function measure(frame: Int16Array): void {
    const level = levelDb(frame);
    loudest = Math.max(loudest, level);
    if (gain === undefined || levels.length < MEASURED_FRAMES_MAX) levels.push(level);
  }

  /** The gain in dB that brings what was measured to the level. */
  function wanted(): number {
    let sum = 0;
    let count = 0;
    for (const level of levels) {
      if (level <= loudest - PAUSE_BELOW_DB) continue;
      sum += 10 ** (level / 10);
      count++;
    }
    return count === 0 ? 0 : LEVEL_DB + gainDb - 10 * Math.log10(sum / count);
  }

  function give(frames: readonly Int16Array[]): Int16Array {
    const given: Int16Array[] = [];
    const target = wanted();
    gain ??= target;
    for (const frame of frames) {
      gain += Math.max(-FOLLOWS_DB, Math.min(FOLLOWS_DB, target - gain));
      const quiet = levelDb(frame) <= loudest - QUIET_BELOW_DB;
      if (quiet && !begun) continue;
      if (quiet) held.push(amplified(frame, gain));
      else {
        begun = true;
        given.push(...held, amplified(frame, gain));
        held = [];
      }
    }
    return joined(given);
  }

  return {
    push(samples) {
      const all = joined([rest, samples]);
      const frames: Int16Array[] = [];
      let from = 0;
      for (; from + FRAME <= all.length; from += FRAME) frames.push(all.subarray(from, from + FRAME));
      rest = all.slice(from);
      for (const frame of frames) measure(frame);
      if (gain !== undefined) return give(frames);
      waiting.push(...frames);
      waitingSamples += frames.length * FRAME;
      const enough = waitingSamples >= (aheadMs * TELEPHONE_RATE) / 1_000;
      if (!enough || loudest < NOTHING_DB) return new Int16Array(0);
      const ready = waiting;
      waiting = [];
      return give(ready);
    },
    end() {
      const frames = rest.length === 0 ? waiting : [...waiting, rest];
      if (rest.length > 0) measure(rest);
      rest = new Int16Array(0);
      waiting = [];
      if (loudest < NOTHING_DB) return rest;
      const given = give(frames);
      return joined([given, ...held.slice(0, TAIL_FRAMES)]);
    },
  };
}

function amplified(frame: Int16Array, gainDb: number): Int16Array {
  const gain = amplitudeOf(gainDb);
  return frame.map((sample) => softened(sample * gain));
}

function softened(sample: number): number {
  const over = Math.abs(sample) - KNEE;
  if (over <= 0) return Math.round(sample);
  return Math.trunc(Math.sign(sample) * (KNEE + (PEAK - KNEE) * Math.tanh(over / (PEAK - KNEE))));
}

/** One sound made of several. */
export function joined(pieces: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
