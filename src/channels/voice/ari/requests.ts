import type { AriCall } from './call.ts';
import { AriError, type AriErrorCode, ariErrorOfStatus } from './error.ts';
import type { RESTResponse } from './generated.ts';

/** Requests that may wait for their answers at one time; the next one fails with `ari.busy`. */
export const REQUESTS_IN_FLIGHT_MAX = 2_000;
/** How often the one timer looks for requests whose time is over; a time-out comes up to this much late. */
const SWEEP_MS = 250;
/** Asterisk closes the socket (1009) when a message is longer than 65,535 bytes; measured on 22.10.1. */
const MESSAGE_BYTES_MAX = 65_535;

type Pending = {
  readonly call: AriCall;
  readonly dueMs: number;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
};

/** Requests over the event socket and the book of those that wait for their answers. */
export type SocketRequests = {
  /** Resolves with the parsed answer, or undefined for an operation that has none. */
  send(call: AriCall, resolve: (result: unknown) => void, reject: (error: unknown) => void): void;
  /** Takes an answer; false when no request waits for it (late, or without an id). */
  answer(response: RESTResponse): boolean;
  /** Fails all that wait; they share the reason. */
  failAll(code: AriErrorCode): void;
  inFlight(): number;
  close(): void;
};

/**
 * ARI "REST over WebSocket" (Asterisk 22.4 and later): a RESTRequest message out, a RESTResponse with the same `request_id` back.
 * @param write gives the text to the socket; answers with a code when the socket cannot take it.
 */
export function createSocketRequests(
  write: (text: string) => AriErrorCode | undefined,
  timeoutMs: number,
): SocketRequests {
  // All requests have the same time-out, so the order of insertion is the order of the deadlines.
  const pending = new Map<string, Pending>();
  let lastId = 0;

  const sweep = setInterval(() => {
    const nowMs = performance.now();
    for (const [id, waiting] of pending) {
      if (waiting.dueMs > nowMs) return;
      pending.delete(id);
      waiting.reject(new AriError('ari.timeout', waiting.call.operation));
    }
  }, SWEEP_MS);
  // The socket keeps the process alive while it matters, not this timer.
  sweep.unref();

  return {
    send(call, resolve, reject) {
      const id = String(lastId + 1);
      const text = requestText(id, call);
      const failure =
        pending.size >= REQUESTS_IN_FLIGHT_MAX ? 'ari.busy' : tooLarge(text) ? 'ari.too_large' : write(text);
      if (failure === undefined) {
        lastId += 1;
        pending.set(id, { call, dueMs: performance.now() + timeoutMs, resolve, reject });
      } else {
        reject(new AriError(failure, call.operation));
      }
    },
    answer(response) {
      const waiting = pending.get(response.request_id);
      if (waiting === undefined) return false;
      pending.delete(response.request_id);
      settle(waiting, response);
      return true;
    },
    failAll(code) {
      const all = [...pending.values()];
      pending.clear();
      for (const waiting of all) waiting.reject(new AriError(code, waiting.call.operation));
    },
    inFlight: () => pending.size,
    close: () => clearInterval(sweep),
  };
}

function requestText(id: string, call: AriCall): string {
  const head = { type: 'RESTRequest', request_id: id, method: call.method, uri: call.uri };
  if (call.body === undefined) return JSON.stringify(head);
  return JSON.stringify({ ...head, content_type: 'application/json', message_body: call.body });
}

function tooLarge(text: string): boolean {
  // A UTF-16 unit takes at most three bytes of UTF-8, so most texts need not be measured.
  return text.length * 3 > MESSAGE_BYTES_MAX && Buffer.byteLength(text) > MESSAGE_BYTES_MAX;
}

function settle({ call, resolve, reject }: Pending, response: RESTResponse): void {
  const { status_code: status, message_body: body } = response;
  if (!(status >= 200 && status < 300)) {
    reject(ariErrorOfStatus(call.operation, status, body));
  } else if (call.answer === 'none' || body === undefined) {
    resolve(undefined);
  } else {
    try {
      resolve(JSON.parse(body));
    } catch {
      reject(new AriError('ari.unreadable', call.operation, status));
    }
  }
}
