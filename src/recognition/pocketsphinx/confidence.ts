import { FRAME_SAMPLES } from '../../media/frames.ts';
import { voiceActivity } from '../../media/voice-activity.ts';
import type { Scored } from './grammar-hearing.ts';

/** A frame of the recogniser, in ms. */
const FRAME_MS = 10;

/**
 * Both scores as one: the likelihood ratio counts in full, the acoustic score by a fifth, from where it is usual. On the tuning
 * set 96 of 100 right answers have at least TAKEN, and 80 at least SURE; of other words 10 and 3 of 100.
 */
const ACOUSTIC_USUAL = -75;
const ACOUSTIC_WEIGHT = 0.2;
const TAKEN = -7;
const SURE = 3;
/** What TAKEN and SURE are as a confidence: from the first on a flow asks back, from the second on it goes on at once. */
const SURE_CONFIDENCE = 0.7;

/**
 * Words that fill less of the voice than this were made of a piece of something longer. Of right answers the least was 0.75;
 * a quarter of other words is found out by it.
 */
const COVERAGE_MIN = 0.7;

/** A logistic curve that is a half at TAKEN and SURE_CONFIDENCE at SURE. */
const WIDTH = (SURE - TAKEN) / Math.log(SURE_CONFIDENCE / (1 - SURE_CONFIDENCE));

/** 0 to 1; less than a half is none of what was expected. The library's own posterior says nothing: it is always near 1. */
export function confidenceOf(
  { acoustic, likelihoodRatio, frames }: Pick<Scored, 'acoustic' | 'likelihoodRatio' | 'frames'>,
  voicedMs: number,
): number {
  if (frames * FRAME_MS < COVERAGE_MIN * voicedMs) return 0;
  const score = likelihoodRatio + ACOUSTIC_WEIGHT * (acoustic - ACOUSTIC_USUAL);
  return 1 / (1 + Math.exp((TAKEN - score) / WIDTH));
}

/** How much of an utterance is voice, in ms. */
export function voicedMsOf(samples: Int16Array): number {
  const activity = voiceActivity({ endSilenceMs: Number.POSITIVE_INFINITY });
  let voicedMs = 0;
  for (let at = 0; at + FRAME_SAMPLES <= samples.length; at += FRAME_SAMPLES) {
    voicedMs = activity.push(samples.subarray(at, at + FRAME_SAMPLES)).speech?.voicedMs ?? voicedMs;
  }
  return voicedMs;
}
