import type { Scored } from './grammar-hearing.ts';

/** What each score must be at least to pass. */
const ACOUSTIC_MIN = -75;
const LIKELIHOOD_RATIO_MIN = -2;
/** How many points of a score make its curve rise from a half to 0.73. */
const ACOUSTIC_WIDTH = 8;
const LIKELIHOOD_RATIO_WIDTH = 6;

/**
 * 0 to 1 from the two scores of which the library's own posterior is none. The bands are what counts: both pass, 0.8 to 1; one
 * passes, 0.5 to 0.7, and it is better to ask back; none, less than 0.5. Within a band it is the mean of two logistic curves.
 */
export function confidenceOf({ acoustic, likelihoodRatio }: Pick<Scored, 'acoustic' | 'likelihoodRatio'>): number {
  const passed = Number(acoustic >= ACOUSTIC_MIN) + Number(likelihoodRatio >= LIKELIHOOD_RATIO_MIN);
  const mean =
    (logistic((acoustic - ACOUSTIC_MIN) / ACOUSTIC_WIDTH) +
      logistic((likelihoodRatio - LIKELIHOOD_RATIO_MIN) / LIKELIHOOD_RATIO_WIDTH)) /
    2;
  if (passed === 2) return 0.8 + 0.2 * (2 * mean - 1);
  if (passed === 1) return 0.5 + 0.19 * mean;
  return 0.49 * (2 * mean);
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
