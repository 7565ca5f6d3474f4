import type { AtMs } from '../model/ids.ts';
import type { RandomStream } from './random.ts';

/** When contacts come: by chance at a rate that changes from interval to interval, or at moments that are listed. */
export type Arrivals =
  | { readonly kind: 'poisson'; readonly rates: readonly Rate[] }
  | { readonly kind: 'listed'; readonly atMs: readonly AtMs[] };

/** From `fromMs` (included) to `toMs` (not included), so many contacts are expected. Rates are in order and do not overlap. */
export type Rate = { readonly fromMs: AtMs; readonly toMs: AtMs; readonly expected: number };

/** The moments one after the other; infinity when no more come. */
export function arrivalMoments(arrivals: Arrivals, random: RandomStream): () => AtMs {
  if (arrivals.kind === 'poisson') return poissonMoments(arrivals.rates, random);
  let next = 0;
  return () => arrivals.atMs[next++] ?? Number.POSITIVE_INFINITY;
}

/**
 * A Poisson process with a rate that changes in steps, by inversion of the expected number of arrivals (E. Çinlar,
 * "Introduction to Stochastic Processes", 1975, section 4.7): each arrival uses one random number, and a day with ten
 * percent more traffic has the same arrivals a little earlier, with more of them at its end.
 */
function poissonMoments(rates: readonly Rate[], random: RandomStream): () => AtMs {
  let place = 0;
  let at = rates[0]?.fromMs ?? 0;
  return () => {
    let ahead = -Math.log(random());
    for (let rate = rates[place]; rate; rate = rates[place]) {
      const perMs = rate.expected / (rate.toMs - rate.fromMs);
      const left = (rate.toMs - at) * perMs;
      if (ahead < left) {
        at += ahead / perMs;
        return Math.floor(at);
      }
      ahead -= left;
      place += 1;
      at = rates[place]?.fromMs ?? at;
    }
    return Number.POSITIVE_INFINITY;
  };
}
