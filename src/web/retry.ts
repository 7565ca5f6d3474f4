import type { Failure } from '../model/failure.ts';
import type { RetryOn, WebRequest } from '../model/web.ts';

/** Attempts in all, whatever a flow asks for. */
const ATTEMPTS_MAX = 10;
/** The longest pause between two attempts; a server that asks for more gets no further attempt. */
const PAUSE_MS_MAX = 30_000;

/** How one attempt ended. */
export type Ended =
  | { readonly ok: true; readonly status: number; readonly retryAfter: string | undefined }
  | { readonly ok: false; readonly failure: Failure };

/**
 * After how many ms the next attempt is made; undefined: there is none. Exponential with full jitter, so that those who failed
 * together do not come back together (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). What the
 * server says by Retry-After (RFC 9110, 10.2.3) is the least. `random` is 0 to 1, `madeAttempts` at least 1.
 */
export function pauseMs(
  retry: WebRequest['retry'],
  ended: Ended,
  madeAttempts: number,
  nowMs: number,
  random: number,
): number | undefined {
  const reason = reasonOf(ended);
  if (reason === undefined || !retry.on.includes(reason)) return undefined;
  if (madeAttempts >= Math.min(retry.attempts, ATTEMPTS_MAX)) return undefined;
  const limitMs = Math.min(PAUSE_MS_MAX, Math.max(0, retry.backoffMs) * 2 ** (madeAttempts - 1));
  const askedMs = (ended.ok && retryAfterMs(ended.retryAfter, nowMs)) || 0;
  if (askedMs > PAUSE_MS_MAX) return undefined;
  return Math.max(askedMs, Math.round(random * limitMs));
}

function reasonOf(ended: Ended): RetryOn | undefined {
  if (ended.ok) {
    if (ended.status === 429) return '429';
    return ended.status >= 500 && ended.status <= 599 ? '5xx' : undefined;
  }
  if (ended.failure.code === 'web.network') return 'network';
  return ended.failure.code === 'web.timeout' ? 'timeout' : undefined;
}

/** Seconds, or a date; undefined for anything else. */
function retryAfterMs(text: string | undefined, nowMs: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^[0-9]{1,9}$/.test(text)) return Number(text) * 1000;
  const dateMs = Date.parse(text);
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}
