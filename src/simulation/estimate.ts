import { normalQuantile } from './normal-quantile.ts';

/** A mean over independent runs, with half of its confidence interval; null where too few runs have a figure. */
export type Estimate = { readonly mean: number | null; readonly halfWidth: number | null; readonly runs: number };

/** Mean and Student's confidence interval of a figure; runs that have none (such as a mean wait of nobody) are left out. */
export function estimate(figures: readonly (number | null)[], confidence = 0.95): Estimate {
  const known = figures.filter((figure) => figure !== null);
  const runs = known.length;
  if (runs === 0) return { mean: null, halfWidth: null, runs };
  const mean = known.reduce((sum, figure) => sum + figure, 0) / runs;
  if (runs === 1) return { mean, halfWidth: null, runs };
  const variance = known.reduce((sum, figure) => sum + (figure - mean) ** 2, 0) / (runs - 1);
  return { mean, halfWidth: studentQuantile(0.5 + confidence / 2, runs - 1) * Math.sqrt(variance / runs), runs };
}

/**
 * The value that a Student variable stays below with probability `p`, 0.5 < p < 1: exact for 1 and 2 degrees of freedom,
 * otherwise the series of Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.7.5, good to 0.2 % up to p = 0.975.
 */
export function studentQuantile(p: number, degrees: number): number {
  if (degrees === 1) return Math.tan(Math.PI * (p - 0.5));
  if (degrees === 2) return (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
  const x = normalQuantile(p);
  const terms = [
    (x ** 3 + x) / 4,
    (5 * x ** 5 + 16 * x ** 3 + 3 * x) / 96,
    (3 * x ** 7 + 19 * x ** 5 + 17 * x ** 3 - 15 * x) / 384,
    (79 * x ** 9 + 776 * x ** 7 + 1482 * x ** 5 - 1920 * x ** 3 - 945 * x) / 92_160,
  ];
  return terms.reduce((sum, term, place) => sum + term / degrees ** (place + 1), x);
}
