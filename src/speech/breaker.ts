/** Keeps away from an engine that fails again and again (circuit breaker). */
export type Breaker = {
  /** False while the engine rests. After the rest it is asked again, and one more failure lets it rest anew. */
  ready(): boolean;
  note(spoke: boolean): void;
};

/** So many failures without a success between them let an engine rest. */
export const FAILURES_MAX = 5;
export const REST_MS = 30_000;

export function openBreaker(now: () => number): Breaker {
  let failures = 0;
  let untilMs = 0;
  return {
    ready: () => failures < FAILURES_MAX || now() >= untilMs,
    note(spoke) {
      failures = spoke ? 0 : failures + 1;
      if (failures >= FAILURES_MAX) untilMs = now() + REST_MS;
    },
  };
}
