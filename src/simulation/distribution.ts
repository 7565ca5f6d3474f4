import { normalQuantile } from './normal-quantile.ts';
import type { RandomStream } from './random.ts';

/** How a length of time varies; `cv` is the standard deviation by the mean. */
export type Distribution =
  | { readonly kind: 'fixed'; readonly meanMs: number }
  | { readonly kind: 'exponential'; readonly meanMs: number }
  | { readonly kind: 'lognormal'; readonly meanMs: number; readonly cv: number }
  /** With a `cv` of 1 divided by the root of k it is the Erlang distribution of k phases. */
  | { readonly kind: 'gamma'; readonly meanMs: number; readonly cv: number };

export const DISTRIBUTION_KINDS = ['fixed', 'exponential', 'lognormal', 'gamma'] as const;

/** Gives the next length of time in whole ms, 0 or more. */
export type Sampler = () => number;

/** Exponential and lognormal times use one random number each, so that two scenarios stay paired when a mean changes. */
export function sampler(distribution: Distribution, random: RandomStream): Sampler {
  const { meanMs } = distribution;
  switch (distribution.kind) {
    case 'fixed':
      return () => Math.round(meanMs);
    case 'exponential':
      return () => Math.round(-Math.log(random()) * meanMs);
    case 'lognormal': {
      const variance = Math.log(1 + distribution.cv * distribution.cv);
      const location = Math.log(meanMs) - variance / 2;
      const spread = Math.sqrt(variance);
      return () => Math.round(Math.exp(location + spread * normalQuantile(random())));
    }
    case 'gamma': {
      const shape = 1 / (distribution.cv * distribution.cv);
      return () => Math.round((gamma(shape, random) / shape) * meanMs);
    }
  }
}

/**
 * A gamma variable of scale 1. Source: G. Marsaglia, W. W. Tsang, "A simple method for generating gamma variables",
 * ACM Transactions on Mathematical Software 26 (2000); shapes below 1 by their remark in section 6.
 */
function gamma(shape: number, random: RandomStream): number {
  if (shape < 1) return gamma(shape + 1, random) * random() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normalQuantile(random());
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
