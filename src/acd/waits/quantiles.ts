/** What the wait of one item is made of. */
export type WaitParts = {
  /** Contacts with a better claim, in places of this item's kind; need not be whole. */
  readonly ahead: number;
  /** How many places agents make free in a ms. */
  readonly servedPerMs: number;
  /** Which part of these, from 0 to below 1, is taken by contacts that come later and go first all the same. */
  readonly overtaken: number;
  /** Mean time after which one who waits gives up; infinite: never. */
  readonly patienceMs: number;
  /** The same for contacts like this one. */
  readonly ownPatienceMs: number;
};

/** Half of such waits are shorter than `p50Ms`, nine of ten shorter than `p90Ms`; `meanMs` is the mean of all, also of those given up. */
export type WaitQuantiles = { readonly meanMs: number; readonly p50Ms: number; readonly p90Ms: number };

/** So many places are added up one by one, the rest of a long line at one go. */
const PLACES_ADDED = 16;
/** Below this the approximation of the quantiles is worth nothing; only the front of a line that is overtaken most of the time comes here. */
const SHAPE_MIN = 0.5;
/** The 90 % point of the normal distribution. */
const NORMAL_P90 = 1.2815515655446004;

/**
 * The queue-length estimate with abandonment (Ibrahim and Whitt 2009, for M/M/n+M): with k ahead the next place is gained
 * by a service or by one of the k giving up, so the wait is the sum over k = 0 to `ahead` of exponential times with the rate
 * served + k / patience. Those who overtake make of each such time the busy period of a queue of their own: longer by
 * 1 / (1 - overtaken), its variance by (1 + overtaken) / (1 - overtaken)^3 (M/M/1). The sum is taken as gamma distributed.
 *
 * What is told is the wait of those who are served: whoever gives up on the way is not among them, so long waits are rarer than
 * they would be. A gamma distribution thinned by an exponential patience is one of the same shape with a smaller scale.
 */
export function waitQuantiles({ ahead, servedPerMs, overtaken, patienceMs, ownPatienceMs }: WaitParts): WaitQuantiles {
  const sum = sumOverPlaces(Math.max(0, ahead), servedPerMs, 1 / patienceMs);
  const left = 1 - overtaken;
  const meanMs = sum.mean / left;
  const variance = (sum.variance * (1 + overtaken)) / left ** 3;
  const shape = Math.max(SHAPE_MIN, (meanMs * meanMs) / variance);
  const scaleMs = 1 / (shape / meanMs + 1 / ownPatienceMs);
  return { meanMs, p50Ms: scaleMs * gammaQuantile(shape, 0), p90Ms: scaleMs * gammaQuantile(shape, NORMAL_P90) };
}

/** Quantile of a gamma distribution of scale 1, from the quantile `z` of the normal distribution (Wilson and Hilferty 1931). */
function gammaQuantile(shape: number, z: number): number {
  const root = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
  return shape * Math.max(0, root) ** 3;
}

function sumOverPlaces(ahead: number, served: number, leaving: number): { mean: number; variance: number } {
  const whole = Math.floor(ahead);
  const added = Math.min(whole, PLACES_ADDED - 1);
  let mean = 0;
  let variance = 0;
  for (let place = 0; place <= added; place++) {
    const rate = served + place * leaving;
    mean += 1 / rate;
    variance += 1 / (rate * rate);
  }
  if (whole > added) {
    // Midpoint rule: a place reaches half a place to both sides.
    const near = served + (added + 0.5) * leaving;
    const far = served + (whole + 0.5) * leaving;
    mean += leaving > 0 ? Math.log(far / near) / leaving : (whole - added) / served;
    variance += (whole - added) / (near * far);
  }
  const part = ahead - whole;
  const rate = served + (whole + 1) * leaving;
  return { mean: mean + part / rate, variance: variance + part / (rate * rate) };
}
