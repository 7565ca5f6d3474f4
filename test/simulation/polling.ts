import { randomStream } from '../../src/simulation/random.ts';
import type { Case, Figures } from './balance.ts';

/**
 * The same queue with a dispatcher that looks once a second, in a few lines of its own: at each whole second those who wait
 * are given to the agents who are free by then. Nobody gives up.
 */
export function runWithPoll(one: Case, run: number): Figures {
  const arrivals = randomStream(1, run, 'poll arrivals');
  const handling = randomStream(1, run, 'poll handling');
  const fromMs = one.warmUpHours * 3_600_000;
  const toMs = fromMs + one.hours * 3_600_000;
  const meanMs = 3_600_000 / one.arrivalsPerHour;
  const freeAtMs = Array.from({ length: one.agents }, () => 0);
  const waiting: number[] = [];
  const waitsMs: number[] = [];
  let nextMs = -Math.log(arrivals()) * meanMs;
  for (let atMs = 0; atMs < toMs; atMs += 1000) {
    for (; nextMs <= atMs; nextMs += -Math.log(arrivals()) * meanMs) waiting.push(nextMs);
    for (let agent = 0; agent < freeAtMs.length && waiting.length > 0; agent++) {
      if (freeAtMs[agent]! > atMs) continue;
      const cameMs = waiting.shift()!;
      freeAtMs[agent] = atMs - Math.log(handling()) * one.handleMs;
      if (cameMs >= fromMs) waitsMs.push(atMs - cameMs);
    }
  }
  const share = (holds: (waitMs: number) => boolean) => waitsMs.filter(holds).length / waitsMs.length;
  return {
    waits: share((waitMs) => waitMs > 0),
    averageSpeedOfAnswerMs: waitsMs.reduce((sum, waitMs) => sum + waitMs, 0) / waitsMs.length,
    serviceLevel: share((waitMs) => waitMs <= one.withinMs),
    abandons: 0,
  };
}
