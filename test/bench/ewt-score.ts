import type { Outcome } from './ewt-trace.ts';

/** How good the estimates of one stream were; times in seconds. */
export type Score = {
  /** Contacts that were told a wait and were served. */
  readonly told: number;
  readonly abandoned: number;
  readonly meanWaitS: number;
  /** Mean absolute error of the median that was told, and of what app_queue would have told. */
  readonly maeS: number;
  readonly emaMaeS: number;
  /** Parts of the waits that were no longer than the median and the 90 % bound that were told. */
  readonly withinP50: number;
  readonly withinP90: number;
};

export function scoreOf(outcomes: readonly Outcome[]): Score {
  const told = outcomes.flatMap((outcome) => outcome.told);
  const mean = (of: (one: (typeof told)[number]) => number): number =>
    told.reduce((sum, one) => sum + of(one), 0) / told.length;
  return {
    told: told.length,
    abandoned: outcomes.reduce((sum, { abandoned }) => sum + abandoned, 0),
    meanWaitS: mean(({ waitedMs }) => waitedMs) / 1000,
    maeS: mean(({ waitedMs, p50Ms }) => Math.abs(waitedMs - p50Ms)) / 1000,
    emaMaeS: mean(({ waitedMs, emaMs }) => Math.abs(waitedMs - emaMs)) / 1000,
    withinP50: mean(({ waitedMs, p50Ms }) => Number(waitedMs <= p50Ms)),
    withinP90: mean(({ waitedMs, p90Ms }) => Number(waitedMs <= p90Ms)),
  };
}
