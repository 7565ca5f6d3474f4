import {
  Agent,
  type ClientRequest,
  type IncomingMessage,
  request as plainRequest,
  type RequestOptions,
} from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { Readable } from 'node:stream';
import type { AriAddress } from './address.ts';
import type { AriCall } from './call.ts';
import { AriError, type AriErrorCode, ariErrorOfStatus } from './error.ts';

/** Connections to one Asterisk, whose own limit (http.conf, sessionlimit) is 100 unless raised. */
const SOCKETS_MAX = 32;
/** Idle connections go before Asterisk closes them (http.conf, session_keep_alive, 15 s unless changed): no request meets a closing one. */
const IDLE_MS = 10_000;
/** Requests that may run or wait for a connection at one time; the next one fails with `ari.busy`. */
const REQUESTS_IN_FLIGHT_MAX = 500;
/** Longest answer that is read; a recording of an hour in slin16 has 115 MB. */
const ANSWER_BYTES_MAX = 128 * 1024 * 1024;

export type OpenAnswer = { readonly bytes: number; readonly stream: Readable };

export type HttpRequests = {
  /** Resolves with the parsed answer, a Uint8Array for a binary one, or undefined for an operation that has none. */
  send(call: AriCall): Promise<unknown>;
  /** The answer as it comes, for one that is too long to hold; `bytes` is its length as announced. Whoever takes it reads it to its end or destroys it. */
  open(call: AriCall): Promise<OpenAnswer>;
  inFlight(): number;
  close(): void;
};

/** ARI requests over a pool of kept HTTP connections: for what the socket cannot carry (binary) or should not (long listings). */
export function createHttpRequests(address: AriAddress, timeoutMs: number): HttpRequests {
  const agent = new (address.secure ? SecureAgent : Agent)({
    keepAlive: true,
    maxSockets: SOCKETS_MAX,
    timeout: IDLE_MS,
  });
  const open = address.secure ? secureRequest : plainRequest;
  // Ends a request with a reason; one entry for each that runs or waits for a connection.
  const running = new Set<(code: AriErrorCode) => void>();
  let closed = false;

  /** Lets `take` have the answer; the time-out and the bound of what runs at one time hold until it has done with it. */
  async function exchange<T>(
    call: AriCall,
    take: (outgoing: ClientRequest, stop: (code: AriErrorCode) => void) => Promise<T>,
  ): Promise<T> {
    if (closed) throw new AriError('ari.closed', call.operation);
    if (running.size >= REQUESTS_IN_FLIGHT_MAX) throw new AriError('ari.busy', call.operation);
    const outgoing = open({ ...requestOptions(address, call), agent });
    // Node's own errors (ECONNREFUSED, ECONNRESET) name the address; all mean that the connection is not there.
    let reason: AriErrorCode = 'ari.disconnected';
    const stop = (code: AriErrorCode): void => {
      reason = code;
      outgoing.destroy();
    };
    const timer = setTimeout(stop, timeoutMs, 'ari.timeout');
    running.add(stop);
    try {
      return await take(outgoing, stop);
    } catch (error) {
      throw error instanceof AriError ? error : new AriError(reason, call.operation);
    } finally {
      clearTimeout(timer);
      running.delete(stop);
    }
  }

  return {
    send: (call) =>
      exchange(call, async (outgoing, stop) => {
        const [incoming, bytes] = await answerTo(outgoing, call.body, stop);
        return resultOf(call, incoming.statusCode ?? 0, bytes);
      }),
    open: (call) =>
      exchange(call, async (outgoing) => {
        const incoming = await headOf(outgoing, call.body);
        const status = incoming.statusCode ?? 0;
        if (status < 200 || status >= 300) {
          incoming.destroy();
          throw ariErrorOfStatus(call.operation, status, undefined);
        }
        incoming.setTimeout(timeoutMs, () => incoming.destroy(new AriError('ari.timeout', call.operation)));
        return { bytes: Number(incoming.headers['content-length'] ?? 0), stream: incoming };
      }),
    inFlight: () => running.size,
    close() {
      closed = true;
      for (const stop of running) stop('ari.closed');
      agent.destroy();
    },
  };
}

function requestOptions(address: AriAddress, call: AriCall): RequestOptions {
  const headers: Record<string, string | number> = { Authorization: address.authorization };
  if (call.body !== undefined) {
    headers['Content-Type'] = 'application/json';
    headers['Content-Length'] = Buffer.byteLength(call.body);
  }
  const path = `${address.basePath}/${call.uri}`;
  return { host: address.host, port: address.port, method: call.method, path, headers };
}

function headOf(outgoing: ClientRequest, body: string | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    outgoing.on('error', reject);
    outgoing.on('response', resolve);
    outgoing.end(body);
  });
}

function answerTo(
  outgoing: ClientRequest,
  body: string | undefined,
  stop: (code: AriErrorCode) => void,
): Promise<[IncomingMessage, Buffer]> {
  return new Promise((resolve, reject) => {
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      let length = 0;
      incoming.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length > ANSWER_BYTES_MAX) stop('ari.too_large');
      });
      incoming.on('end', () => resolve([incoming, Buffer.concat(chunks)]));
      incoming.on('error', reject);
    });
    outgoing.end(body);
  });
}

function resultOf(call: AriCall, status: number, bytes: Buffer): unknown {
  if (status < 200 || status >= 300) throw ariErrorOfStatus(call.operation, status, bytes.toString('utf8'));
  if (call.answer === 'none') return undefined;
  if (call.answer === 'binary') return bytes;
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new AriError('ari.unreadable', call.operation, status);
  }
}
