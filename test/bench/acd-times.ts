import { readFileSync } from 'node:fs';
import { PerformanceObserver } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';

/** How long many small things took, in µs; the percentiles are nearest-rank: values that were really measured. */
export type Times = {
  readonly count: number;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly p999Us: number;
  readonly maxUs: number;
};

export function timesOf(tookUs: readonly number[]): Times {
  const sorted = Float64Array.from(tookUs).sort();
  const at = (part: number): number => sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
  return { count: sorted.length, p50Us: at(0.5), p99Us: at(0.99), p999Us: at(0.999), maxUs: at(1) };
}

export function medianOf(values: readonly number[]): number {
  return timesOf(values).p50Us;
}

/** Garbage collections of the main thread's heap while something ran. */
export type Collections = { readonly count: number; readonly sumMs: number; readonly maxMs: number };

/** Runs `work` and tells which pauses for garbage collection fell into it. */
export async function watchCollections<T>(
  work: () => T,
): Promise<{ readonly result: T; readonly collections: Collections }> {
  const tookMs: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) tookMs.push(entry.duration);
  });
  observer.observe({ entryTypes: ['gc'] });
  try {
    const result = work();
    // The entries are handed over in a later turn of the event loop.
    await turn();
    await turn();
    return {
      result,
      collections: { count: tookMs.length, sumMs: tookMs.reduce((a, b) => a + b, 0), maxMs: Math.max(0, ...tookMs) },
    };
  } finally {
    observer.disconnect();
  }
}

export function together(all: readonly Collections[]): Collections {
  return {
    count: all.reduce((sum, { count }) => sum + count, 0),
    sumMs: all.reduce((sum, { sumMs }) => sum + sumMs, 0),
    maxMs: Math.max(...all.map(({ maxMs }) => maxMs)),
  };
}

/** How long the main thread has been running, and how long it was ready to run while others had the cores. */
export type CoreTime = { readonly onCoreMs: number; readonly keptOffMs: number };

export function coreTime(): CoreTime {
  // Linux keeps both in nanoseconds (Documentation/scheduler/sched-stats.rst).
  const [onCore, keptOff] = readFileSync('/proc/self/schedstat', 'utf8').split(' ').map(Number);
  return { onCoreMs: onCore! / 1e6, keptOffMs: keptOff! / 1e6 };
}

/** Which part of the time others had the cores. */
export function keptOffBetween(from: CoreTime, to: CoreTime): number {
  const keptOffMs = to.keptOffMs - from.keptOffMs;
  return keptOffMs / (keptOffMs + to.onCoreMs - from.onCoreMs);
}
