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
  const places = firstPlaces(servedPerMs, patienceMs);
  const meanMs = meanWaitMs(places, ahead, overtaken);
  const variance = (varianceOver(places, Math.max(0, ahead)) * (1 + overtaken)) / (1 - overtaken) ** 3;
  const shape = Math.max(SHAPE_MIN, (meanMs * meanMs) / variance);
  const scaleMs = 1 / (shape / meanMs + 1 / ownPatienceMs);
  return { meanMs, p50Ms: scaleMs * gammaQuantile(shape, 0), p90Ms: scaleMs * gammaQuantile(shape, NORMAL_P90) };
}

/** The first places of a line added up, made once for the many numbers ahead for which a mean is asked. */
export type FirstPlaces = {
  readonly served: number;
  readonly leaving: number;
  /** By place: mean time until it is gained from there on, and the variance of that time. */
  readonly means: readonly number[];
  readonly variances: readonly number[];
};

export function firstPlaces(servedPerMs: number, patienceMs: number): FirstPlaces {
  const leaving = 1 / patienceMs;
  const means: number[] = [];
  const variances: number[] = [];
  let mean = 0;
  let variance = 0;
  for (let place = 0; place < PLACES_ADDED; place++) {
    const rate = servedPerMs + place * leaving;
    mean += 1 / rate;
    variance += 1 / (rate * rate);
    means.push(mean);
    variances.push(variance);
  }
  return { served: servedPerMs, leaving, means, variances };
}

/** Mean of the wait alone, as in `waitQuantiles`. */
export function meanWaitMs(places: FirstPlaces, ahead: number, overtaken: number): number {
  return meanOver(places, Math.max(0, ahead)) / (1 - overtaken);
}

/** Quantile of a gamma distribution of scale 1, from the quantile `z` of the normal distribution (Wilson and Hilferty 1931). */
function gammaQuantile(shape: number, z: number): number {
  const root = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
  return shape * Math.max(0, root) ** 3;
}

function meanOver({ served, leaving, means }: FirstPlaces, ahead: number): number {
  const whole = Math.floor(ahead);
  const added = Math.min(whole, PLACES_ADDED - 1);
  let mean = means[added]!;
  if (whole > added) {
    // Midpoint rule: a place reaches half a place to both sides.
    const near = served + (added + 0.5) * leaving;
    const far = served + (whole + 0.5) * leaving;
    mean += leaving > 0 ? Math.log(far / near) / leaving : (whole - added) / served;
  }
  return mean + (ahead - whole) / (served + (whole + 1) * leaving);
}

function varianceOver({ served, leaving, variances }: FirstPlaces, ahead: number): number {
  const whole = Math.floor(ahead);
  const added = Math.min(whole, PLACES_ADDED - 1);
  let variance = variances[added]!;
  if (whole > added) {
    const near = served + (added + 0.5) * leaving;
    const far = served + (whole + 0.5) * leaving;
    variance += (whole - added) / (near * far);
  }
  const rate = served + (whole + 1) * leaving;
  return variance + (ahead - whole) / (rate * rate);
}
