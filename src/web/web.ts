import { setTimeout as pause } from 'node:timers/promises';
import { failed, ok, type Result } from '../model/failure.ts';
import type { WebAnswer, WebRequest } from '../model/web.ts';
import { answerOf, type RawAnswer } from './answer.ts';
import { attempt, type Means } from './attempt.ts';
import type { LookUp } from './checked-lookup.ts';
import { outgoingOf } from './outgoing.ts';
import { type Reach, reachOf } from './reach.ts';
import { type Ended, pauseMs } from './retry.ts';
import { createTurns } from './turns.ts';
import { type WebFailed, webFailed } from './web-failure.ts';
import { openWire } from './wire.ts';

/** Requests that run at once, in all and to one origin, and those that wait for their turn. */
export const RUNNING_MAX = 200;
export const PER_ORIGIN_MAX = 50;
export const WAITING_MAX = 1_000;

/** What the room says to the program's log: marked fields and a fixed sentence. */
export type WebLog = { warn(fields: object, message: string): void };

export type WebOptions = {
  /** The site's `http.allow` as it is now; rules count from the next request on, also for connections that are kept. */
  readonly allow: () => readonly string[];
  readonly secret: (name: string) => string | undefined;
  readonly now: () => number;
  readonly log: WebLog;
  /** The system's look-up of names, when left out. */
  readonly lookUp?: LookUp;
  /** Certificates (PEM) that are trusted in the place of Node's own. */
  readonly certificates?: string;
};

/** Asks other systems over HTTP for flows. */
export type Web = {
  /**
   * Never rejects. An answer of any status is an answer. Failures: the codes of WEB_FAILURES; `details` have the host, the
   * attempts made and the system's reason, such as ECONNREFUSED.
   */
  send(request: WebRequest, signal?: AbortSignal): Promise<Result<WebAnswer>>;
  /** Calls off what is under way, and waits until it has ended. May be called twice. */
  close(): Promise<void>;
};

export function openWeb(options: WebOptions): Web {
  const { lookUp, certificates } = options;
  const wire = openWire({ socketsMax: PER_ORIGIN_MAX, lookUp, certificates });
  const turns = createTurns({ runningMax: RUNNING_MAX, perOriginMax: PER_ORIGIN_MAX, waitingMax: WAITING_MAX });
  const means = { wire, turns, reach: createReach(options.allow) };
  const underWay = new Map<AbortController, Promise<unknown>>();
  let closed = false;

  return {
    async send(request, signal) {
      if (closed || signal?.aborted) return cancelled();
      const stop = new AbortController();
      const callOff = (): void => stop.abort(cancelled());
      signal?.addEventListener('abort', callOff, { once: true });
      const result = attempts(options, means, request, stop.signal);
      underWay.set(stop, result);
      try {
        return await result;
      } finally {
        underWay.delete(stop);
        signal?.removeEventListener('abort', callOff);
      }
    },
    async close() {
      closed = true;
      for (const stop of underWay.keys()) stop.abort(cancelled());
      await Promise.all(underWay.values());
      wire.close();
    },
  };
}

async function attempts(
  { secret, now, log }: WebOptions,
  means: Means,
  request: WebRequest,
  stop: AbortSignal,
): Promise<Result<WebAnswer>> {
  const startedMs = now();
  const outgoing = outgoingOf(request, secret);
  if (!outgoing.ok) return told(log, outgoing, 0);
  for (let made = 1; ; made++) {
    const answer = await attempt(means, outgoing.value, request, stop);
    const againMs = pauseMs(request.retry, endedAs(answer), made, now(), Math.random());
    if (againMs === undefined || stop.aborted) {
      const seen = answer.ok ? answerOf(answer.value) : answer;
      if (!seen.ok) return told(log, seen, made);
      return ok({ ...seen.value, tookMs: Math.max(0, now() - startedMs), attempts: made });
    }
    // It rejects when the request is called off; the next attempt then ends before it has begun.
    await pause(againMs, undefined, { signal: stop }).catch(() => undefined);
  }
}

/** A failure, told in the log: host and reason only, for paths and queries hold customers' data. */
function told(log: WebLog, { failure }: WebFailed, made: number): WebFailed {
  const { code, message } = failure;
  const details = { ...failure.details, attempts: made };
  if (code !== 'web.cancelled') log.warn({ code, ...details }, 'A request of a flow to another system failed.');
  return failed(code, message, details);
}

/** The rules are read anew only when the site has others. */
function createReach(allow: () => readonly string[]): () => Reach {
  let rules = allow();
  let reach = reachOf(rules);
  return () => {
    const newest = allow();
    if (newest !== rules) {
      rules = newest;
      reach = reachOf(rules);
    }
    return reach;
  };
}

function endedAs(answer: Result<RawAnswer>): Ended {
  if (!answer.ok) return answer;
  const { status, headers } = answer.value;
  return { ok: true, status, retryAfter: headers['retry-after'] };
}

function cancelled(): WebFailed {
  return webFailed('web.cancelled', 'The request was called off.');
}
