import type { Scored } from './grammar-hearing.ts';
import type { Voice } from './utterance-sound.ts';

/** A frame of the recogniser, in ms. */
const FRAME_MS = 10;

/**
 * Both scores as one: the likelihood ratio counts in full, the acoustic score by a fifth, from where it is usual. A short word is
 * easily found in anything, so each letter counts, too, up to ten. Of the tuning set on a quiet line 93 of 100 right answers have
 * at least TAKEN, and 85 at least SURE; of other words 7 and 2 of 100.
 */
const ACOUSTIC_USUAL = -75;
const ACOUSTIC_WEIGHT = 0.2;
const LETTERS_USUAL = 6;
const LETTERS_MAX = 10;
const TAKEN = -11;
const SURE = -3;

/** In noise everything fits alike: from QUIET_DB down more is asked back about, up to NOISE_MAX above SURE. */
const QUIET_DB = 35;
const NOISY_DB = 20;
const NOISE_MAX = 4;

/** What TAKEN and SURE are as a confidence: from the first on a flow asks back, from the second on it goes on at once. */
const SURE_CONFIDENCE = 0.7;

/** Words that fill less of the voice than this were made of a piece of something longer. */
const COVERAGE_MIN = 0.8;

/** The logistic curve is a half at TAKEN, and this at SURE. */
const LOGIT_SURE = Math.log(SURE_CONFIDENCE / (1 - SURE_CONFIDENCE));

/** 0 to 1; less than a half is none of what was expected. The library's own posterior says nothing: it is always near 1. */
export function confidenceOf(scored: Scored, { voicedMs, aboveNoiseDb }: Omit<Voice, 'samples'>): number {
  if (scored.frames * FRAME_MS < COVERAGE_MIN * voicedMs) return 0;
  const letters = Math.min(LETTERS_MAX, scored.text.replaceAll(' ', '').length);
  const noise = NOISE_MAX * Math.min(1, Math.max(0, (QUIET_DB - aboveNoiseDb) / (QUIET_DB - NOISY_DB)));
  const width = (SURE + noise - TAKEN) / LOGIT_SURE;
  const acoustic = ACOUSTIC_WEIGHT * (scored.acoustic - ACOUSTIC_USUAL);
  const score = scored.likelihoodRatio + acoustic + letters - LETTERS_USUAL;
  return 1 / (1 + Math.exp((TAKEN - score) / width));
}
