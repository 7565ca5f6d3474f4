/** The highest amplitude that 16 bits hold. Levels are told in relation to it: 0 dBFS. */
export const FULL_SCALE = 32_768;

/** What digital silence is said to have, because the logarithm of nothing is none: below the lowest bit of 16. */
export const SILENCE_DB = -100;

/** The mean level in dBFS: the root of the mean square. A full square wave has 0, a full sine -3.01. */
export function levelDb(samples: Int16Array): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += samples[i]! * samples[i]!;
  return sum === 0 ? SILENCE_DB : Math.max(SILENCE_DB, 10 * Math.log10(sum / samples.length / FULL_SCALE ** 2));
}

/** The highest sample in dBFS. */
export function peakDb(samples: Int16Array): number {
  let highest = 0;
  for (let i = 0; i < samples.length; i++) highest = Math.max(highest, Math.abs(samples[i]!));
  return highest === 0 ? SILENCE_DB : 20 * Math.log10(highest / FULL_SCALE);
}

/** Multiplies an amplitude by what so many decibels are: 6 dB are about the double. */
export function amplitudeOf(db: number): number {
  return 10 ** (db / 20);
}

/** A frame counts as spoken when it is no further below the loudest one than this. */
const ACTIVE_RANGE_DB = 30;

/**
 * The level in dBFS of what is spoken in a sound: frames of pauses do not count, as in the active speech level of ITU-T P.56
 * (which finds the pauses by a threshold that follows the speech; ours lies 30 dB below the loudest frame).
 */
export function activeLevelDb(samples: Int16Array, frameSamples: number): number {
  const levels: number[] = [];
  for (let from = 0; from < samples.length; from += frameSamples) {
    levels.push(levelDb(samples.subarray(from, from + frameSamples)));
  }
  const loudest = levels.reduce((most, level) => Math.max(most, level), SILENCE_DB);
  if (loudest === SILENCE_DB) return SILENCE_DB;
  const active = levels.filter((level) => level > loudest - ACTIVE_RANGE_DB);
  return 10 * Math.log10(active.reduce((sum, level) => sum + 10 ** (level / 10), 0) / active.length);
}
