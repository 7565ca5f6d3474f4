import type { RecognitionFailureCode } from './recognition-failure.ts';

/** So many failures in a row, and the engine is left alone. */
const FAILURES_MAX = 3;
/** For how long: the first time, and at most, doubled each time it fails again. */
const REST_MS = 30_000;
const REST_MS_MAX = 300_000;
/** Nothing of these says that the engine is broken. */
const HARMLESS: ReadonlySet<RecognitionFailureCode> = new Set([
  'recognition.busy',
  'recognition.bad_grammar',
  'recognition.too_much_sound',
  'recognition.closed',
]);
/** There is no use in asking twice more. */
const LASTING: ReadonlySet<RecognitionFailureCode> = new Set(['recognition.engine_missing', 'recognition.refused']);

/** A circuit breaker (Nygard, Release It): an engine that keeps failing costs each caller the time of its failure. */
export type Breaker = {
  /** False while the engine rests. After the rest, one utterance is let through to try it. */
  mayTry(): boolean;
  /** As `mayTry`, without taking the one try. */
  readonly ready: boolean;
  succeeded(): void;
  failed(code: RecognitionFailureCode): void;
  /** The engine was let alone before it could show anything. */
  untried(): void;
  /** What it failed with last, and since when it rests; null: it does not. */
  resting(): { readonly code: RecognitionFailureCode; readonly sinceMs: number } | null;
};

/** @param now A clock in ms that nobody sets. */
export function openBreaker(now: () => number): Breaker {
  let inARow = 0;
  let rests = 0;
  let rest: { code: RecognitionFailureCode; sinceMs: number; untilMs: number; tried: boolean } | null = null;
  const isReady = (): boolean => rest === null || (now() >= rest.untilMs && !rest.tried);
  return {
    get ready() {
      return isReady();
    },
    mayTry() {
      if (!isReady()) return false;
      if (rest) rest.tried = true;
      return true;
    },
    succeeded() {
      [inARow, rests, rest] = [0, 0, null];
    },
    failed(code) {
      if (HARMLESS.has(code)) {
        if (rest) rest.tried = false;
        return;
      }
      inARow += 1;
      if (inARow < FAILURES_MAX && !LASTING.has(code) && rest === null) return;
      const restMs = Math.min(REST_MS * 2 ** rests, REST_MS_MAX);
      rests += 1;
      rest = { code, sinceMs: rest?.sinceMs ?? now(), untilMs: now() + restMs, tried: false };
    },
    untried() {
      if (rest) rest.tried = false;
    },
    resting: () => rest && { code: rest.code, sinceMs: rest.sinceMs },
  };
}
