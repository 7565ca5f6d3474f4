import type { Event } from '../../src/model/event.ts';
import { type Load, offeredLoad, predict } from '../../src/simulation/erlang.ts';
import { liveDay } from '../../src/simulation/virtual-day.ts';
import { agents, day, HOUR_MS, MONDAY_MS, traffic } from './day.ts';

/** Figures of one run once the queue is in balance; shares from 0 to 1, times in ms. */
export type Figures = {
  readonly waits: number;
  readonly averageSpeedOfAnswerMs: number;
  readonly serviceLevel: number;
  readonly abandons: number;
};
export const FIGURES = ['waits', 'averageSpeedOfAnswerMs', 'serviceLevel', 'abandons'] as const;

export type Case = Load & { readonly withinMs: number; readonly warmUpHours: number; readonly hours: number };

/** Counts every contact that comes after the warm-up, from what the dispatcher says of its stay. */
export function stayCounter(afterMs: number, withinMs: number) {
  const sum = { all: 0, waited: 0, answered: 0, within: 0, waitMs: 0 };
  return {
    take(event: Event): void {
      if (event.kind !== 'contact.dequeued' || event.queuedAtMs < afterMs) return;
      const { waitedMs, reason } = event;
      sum.all += 1;
      if (waitedMs > 0) sum.waited += 1;
      if (reason !== 'answered') return;
      sum.answered += 1;
      sum.waitMs += waitedMs;
      if (waitedMs <= withinMs) sum.within += 1;
    },
    figures: (): Figures => ({
      waits: sum.waited / sum.all,
      averageSpeedOfAnswerMs: sum.waitMs / sum.answered,
      serviceLevel: sum.within / sum.all,
      abandons: 1 - sum.answered / sum.all,
    }),
  };
}

/**
 * One run of the real dispatcher. As many contacts as there is work for are there from the first moment, so that the
 * warm-up need not fill an empty centre first.
 */
export function runInBalance(one: Case, run: number): Figures {
  const hours = one.warmUpHours + one.hours;
  const patience = one.patienceMs === null ? null : { kind: 'exponential' as const, meanMs: one.patienceMs };
  const calls = traffic('calls', one.arrivalsPerHour, hours, one.handleMs, { patience });
  const atFirst = Math.min(one.agents, Math.round(offeredLoad(one)));
  const first = { kind: 'listed' as const, atMs: Array.from({ length: atFirst }, () => MONDAY_MS) };
  const kinds = [{ ...calls, name: 'first', arrivals: first }, calls];
  const counter = stayCounter(MONDAY_MS + one.warmUpHours * HOUR_MS, one.withinMs);
  liveDay(day(hours, kinds, agents(one.agents), { seed: one.agents }), run, counter.take);
  return counter.figures();
}

/** What Erlang C or A says. */
export function inTheory(one: Case): Figures {
  const { waits, abandons, averageSpeedOfAnswerMs, answeredWithin } = predict(one);
  return { waits, abandons, averageSpeedOfAnswerMs, serviceLevel: answeredWithin(one.withinMs) };
}
