import type { Scored } from './scored-words.ts';
import type { Voice } from './utterance-sound.ts';

/** A frame of the recogniser, in ms. */
const FRAME_MS = 10;

/**
 * What was measured, as one score. The likelihood ratio counts in full, the acoustic score by two fifths. When all phones were
 * heard as other ones about 50 are taken away, and 40 when all the sound lay outside of the words: so a tenth of either is as
 * bad as 4 or 5 of the ratio. Fitted on the tuning set alone.
 */
const ACOUSTIC_WEIGHT = 0.4;
const ACOUSTIC_USUAL = -75;
const MISHEARD_WEIGHT = 50;
const OUTSIDE_WEIGHT = 40;

/**
 * TAKEN is where 90 of 100 other words are refused on a quiet line; 96 of 100 right answers are above it. Above SURE are 88 of
 * them, and 2 of the other words. Counted over nine voices of the tuning set, without its words that sound like yes and no.
 */
const TAKEN = -46;
const SURE = -34;

/** In noise everything fits alike: from QUIET_DB down more is asked back about, up to NOISE_MAX above SURE. */
const QUIET_DB = 35;
const NOISY_DB = 20;
const NOISE_MAX = 5;

/** What TAKEN and SURE are as a confidence: from the first on a flow asks back, from the second on it goes on at once. */
const SURE_CONFIDENCE = 0.7;

/** Words that fill less of the voice than this were made of a piece of something longer. */
const COVERAGE_MIN = 0.8;

/** The logistic curve is a half at TAKEN, and this at SURE. */
const LOGIT_SURE = Math.log(SURE_CONFIDENCE / (1 - SURE_CONFIDENCE));

/** 0 to 1; less than a half is none of what was expected. The library's own posterior says nothing: it is always near 1. */
export function confidenceOf(scored: Scored, { voicedMs, aboveNoiseDb }: Omit<Voice, 'samples'>): number {
  if (scored.frames * FRAME_MS < COVERAGE_MIN * voicedMs) return 0;
  const noise = NOISE_MAX * Math.min(1, Math.max(0, (QUIET_DB - aboveNoiseDb) / (QUIET_DB - NOISY_DB)));
  const width = (SURE + noise - TAKEN) / LOGIT_SURE;
  return 1 / (1 + Math.exp((TAKEN - scoreOf(scored)) / width));
}

function scoreOf({ likelihoodRatio, acoustic, misheard, outside }: Scored): number {
  const fits = likelihoodRatio + ACOUSTIC_WEIGHT * (acoustic - ACOUSTIC_USUAL);
  return fits - MISHEARD_WEIGHT * misheard - OUTSIDE_WEIGHT * outside;
}
