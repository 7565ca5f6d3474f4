/** One queue with callers who come by chance, exponential handling times and agents who all do the same. */
export type Load = {
  readonly arrivalsPerHour: number;
  readonly handleMs: number;
  readonly agents: number;
  /** Mean of the exponential patience; null: nobody gives up. */
  readonly patienceMs: number | null;
};

/** What theory says of a queue in balance. Shares are of all who come, from 0 to 1. */
export type Prediction = {
  /** Share of those who do not get an agent at once. */
  readonly waits: number;
  readonly abandons: number;
  /** Mean wait of those who are answered. */
  readonly averageSpeedOfAnswerMs: number;
  /** Mean wait of all. */
  readonly averageWaitMs: number;
  /** Share of those who are answered within so many ms (formula SL-4 of the reports). */
  answeredWithin(ms: number): number;
};

/** States that are rarer than this, as part of those already added up, are left out. */
const NEGLIGIBLE = 1e-15;

/** Erlang C when nobody gives up, Erlang A otherwise. */
export function predict(load: Load): Prediction {
  return load.patienceMs === null ? erlangC(load) : erlangA(load, load.patienceMs);
}

/** Work that comes in, in agents' hours per hour (Erlang). */
export function offeredLoad(load: Load): number {
  return (load.arrivalsPerHour * load.handleMs) / 3_600_000;
}

/**
 * Erlang B, the share that finds all agents busy when nobody waits, by the recursion B(k) = A B(k-1) / (k + A B(k-1)),
 * which adds and divides positive numbers below 1 only and so never overflows. Source: A. K. Erlang 1917; the recursion
 * in R. B. Cooper, "Introduction to Queueing Theory", 1981.
 */
export function erlangB(erlangs: number, agents: number): number {
  let blocked = 1;
  for (let k = 1; k <= agents; k++) blocked = (erlangs * blocked) / (k + erlangs * blocked);
  return blocked;
}

/**
 * Erlang C (M/M/n): Pw = n B / (n - A (1 - B)), ASA = Pw AHT / (n - A), SL(T) = 1 - Pw exp(-(n - A) T / AHT), with A the
 * load, n the agents and B Erlang B. With no fewer Erlangs than agents the queue only grows: everybody waits, for ever.
 */
function erlangC(load: Load): Prediction {
  const { agents, handleMs } = load;
  const erlangs = offeredLoad(load);
  const spare = agents - erlangs;
  if (spare <= 0) {
    const never = Number.POSITIVE_INFINITY;
    return { waits: 1, abandons: 0, averageSpeedOfAnswerMs: never, averageWaitMs: never, answeredWithin: () => 0 };
  }
  const blocked = erlangB(erlangs, agents);
  const waits = (agents * blocked) / (agents - erlangs * (1 - blocked));
  const meanMs = (waits * handleMs) / spare;
  return {
    waits,
    abandons: 0,
    averageSpeedOfAnswerMs: meanMs,
    averageWaitMs: meanMs,
    answeredWithin: (ms) => 1 - waits * Math.exp((-spare * ms) / handleMs),
  };
}

/**
 * Erlang A (M/M/n+M). With r(j) the chance that all agents are busy and j callers wait, as part of r(0),
 * r(j) = r(j-1) lambda / (n mu + j theta), and the states below are 1/B - 1 of r(0), B being Erlang B. One who finds j
 * waiting would be served after a sum of exponential times of the rates n mu + i theta, i = 0..j, if patient for ever.
 * Weighing that sum by exp(-theta t), the chance of being patient so long, only adds one theta to each rate:
 * with c = n mu / theta, P(served) = c / (c + j + 1) and the wait of those served is the sum of the raised rates' times.
 * Sources: C. Palm 1957; A. Mandelbaum, S. Zeltyn, "Service engineering in action: the Palm/Erlang-A queue", 2007.
 */
function erlangA(load: Load, patienceMs: number): Prediction {
  const { agents, handleMs } = load;
  const perMs = load.arrivalsPerHour / 3_600_000;
  const serveRate = agents / handleMs;
  const leaveRate = 1 / patienceMs;
  const c = serveRate / leaveRate;
  const queue: number[] = [];
  let sum = 0;
  for (let j = 0, chance = 1; chance > NEGLIGIBLE * sum; j++, chance *= perMs / (serveRate + j * leaveRate)) {
    queue.push(chance);
    sum += chance;
  }
  const all = sum + 1 / erlangB(offeredLoad(load), agents) - 1;
  let served = 0;
  let servedWait = 0;
  let length = 0;
  let waitOfServed = 0;
  for (const [j, chance] of queue.entries()) {
    const part = (chance / all) * (c / (c + j + 1));
    waitOfServed += 1 / (serveRate + (j + 1) * leaveRate);
    served += part;
    servedWait += part * waitOfServed;
    length += (chance / all) * j;
  }
  const waits = sum / all;
  return {
    waits,
    abandons: waits - served,
    averageSpeedOfAnswerMs: servedWait / (1 - waits + served),
    averageWaitMs: length / perMs,
    answeredWithin: (ms) => 1 - waits + servedWithin(queue, all, c, Math.exp(-ms * leaveRate)),
  };
}

/**
 * Share of those who wait and are served before the moment at which `alive` is the chance of still being patient.
 * Of one who finds j waiting the time to be served exceeds it with chance I(c + 1, j + 1), the regularized incomplete
 * beta function at `alive`; for whole c that is "of c + j + 1 lives at least c + 1 last so long". It is added up
 * from j to j, with logarithms because its first term may be too small for a number.
 */
function servedWithin(queue: readonly number[], all: number, c: number, alive: number): number {
  if (alive === 1) return 0;
  let served = 0;
  let longer = 0;
  let logTerm = (c + 1) * Math.log(alive);
  for (const [j, chance] of queue.entries()) {
    if (j > 0) logTerm += Math.log(((1 - alive) * (c + j)) / j);
    longer += Math.exp(logTerm);
    served += (chance / all) * (c / (c + j + 1)) * (1 - Math.min(1, longer));
  }
  return served;
}
