import type { Result } from '../model/failure.ts';
import type { WebRequest } from '../model/web.ts';
import type { RawAnswer } from './answer.ts';
import { type Outgoing, whereTo } from './outgoing.ts';
import type { Reach } from './reach.ts';
import { redirectOf } from './redirect.ts';
import type { Turns } from './turns.ts';
import { type WebFailed, webFailed } from './web-failure.ts';
import type { Wire } from './wire.ts';

const REDIRECTS_MAX = 10;
/** No caller waits longer for one answer. */
const TIMEOUT_MS_MAX = 120_000;

export type AttemptLimits = Pick<WebRequest, 'timeoutMs' | 'connectTimeoutMs' | 'redirects'>;

/** What all attempts share. */
export type Means = { readonly wire: Wire; readonly turns: Turns; readonly reach: () => Reach };

/**
 * One attempt with its redirects, each of which is checked and waits for its turn as any request. The time-out runs from the
 * beginning, so that nobody waits longer because others wait, too: who has no turn by then gets `web.busy`. Never rejects.
 * The reason of `stop` is the WebFailed with which the attempt ends when it is called off.
 */
export async function attempt(
  means: Means,
  first: Outgoing,
  limits: AttemptLimits,
  stop: AbortSignal,
): Promise<Result<RawAnswer>> {
  if (stop.aborted) return stop.reason as WebFailed;
  const limit = new AbortController();
  let hadTurn = false;
  const timer = setTimeout(
    () => limit.abort(hadTurn ? timedOut(first) : busy(first)),
    Math.min(limits.timeoutMs, TIMEOUT_MS_MAX),
  );
  const callOff = (): void => limit.abort(stop.reason);
  stop.addEventListener('abort', callOff, { once: true });
  try {
    let outgoing = first;
    for (let followed = 0; ; followed++) {
      const answer = await inTurn(means, outgoing, limits.connectTimeoutMs, limit.signal, () => {
        hadTurn = true;
      });
      if (!answer.ok || followed >= Math.min(limits.redirects, REDIRECTS_MAX)) return answer;
      const next = redirectOf(outgoing, answer.value);
      if (!next) return answer;
      if (!next.ok) return next;
      outgoing = next.value;
    }
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', callOff);
  }
}

async function inTurn(
  { wire, turns, reach }: Means,
  outgoing: Outgoing,
  connectTimeoutMs: number,
  signal: AbortSignal,
  onTurn: () => void,
): Promise<Result<RawAnswer>> {
  const { origin } = outgoing.url;
  const turn = await turns.enter(origin, signal);
  if (turn === 'full') return busy(outgoing);
  if (turn === 'gone') return signal.reason as WebFailed;
  onTurn();
  try {
    return await wire.send(outgoing, { reach: reach(), connectTimeoutMs, signal });
  } finally {
    turns.leave(origin);
  }
}

function busy({ url }: Outgoing): WebFailed {
  return webFailed('web.busy', 'Too many requests are under way.', { host: whereTo(url).host });
}

function timedOut({ url }: Outgoing): WebFailed {
  return webFailed('web.timeout', 'No answer came in time.', { host: whereTo(url).host });
}
