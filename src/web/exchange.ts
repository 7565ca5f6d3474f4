import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import type { Socket } from 'node:net';
import { ok, type Result } from '../model/failure.ts';
import type { RawAnswer } from './answer.ts';
import { NOT_PERMITTED } from './checked-lookup.ts';
import { type Outgoing, whereTo } from './outgoing.ts';
import type { Reach } from './reach.ts';
import { type WebFailed, webFailed } from './web-failure.ts';

const ANSWER_BYTES_MAX = 256 * 1024;
const ANSWER_HEADER_BYTES_MAX = 16 * 1024;
/** Asking a second time does what asking once does (RFC 9110, 9.2.2). */
const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'PUT', 'DELETE']);

export type Hop = {
  readonly reach: Reach;
  /** For look-up, connection and TLS. */
  readonly connectTimeoutMs: number;
  /** Its reason is the WebFailed with which the exchange then ends. */
  readonly signal: AbortSignal;
};

/**
 * One request and its answer. `stale`: the kept connection had just been closed by the other side, and the request may be
 * made again on a fresh one. Never rejects. Failures: `web.forbidden`, `web.network`, `web.timeout`, `web.too_large`,
 * `web.invalid`, or the signal's reason.
 */
export function exchange(
  outgoing: Outgoing,
  hop: Hop,
  open: (options: RequestOptions) => ClientRequest,
): Promise<Result<RawAnswer> | 'stale'> {
  const { host } = whereTo(outgoing.url);
  return new Promise((resolve) => {
    const { signal } = hop;
    if (signal.aborted) return resolve(signal.reason as WebFailed);
    const request = opened(outgoing, open);
    if (!request) return resolve(webFailed('web.invalid', 'The request cannot be written.', { host }));
    let connecting: NodeJS.Timeout | undefined;
    let answering = false;
    const end = (result: Result<RawAnswer> | 'stale'): void => {
      clearTimeout(connecting);
      signal.removeEventListener('abort', callOff);
      resolve(result);
    };
    const giveUp = (failure: WebFailed): void => {
      end(failure);
      request.destroy();
    };
    const callOff = (): void => giveUp(signal.reason as WebFailed);
    signal.addEventListener('abort', callOff, { once: true });
    request.on('socket', (socket) => {
      const check = (): void => {
        clearTimeout(connecting);
        if (!mayTalk(outgoing, hop.reach, socket)) giveUp(forbidden(host));
      };
      // A kept connection was made under the rules of its time.
      if (request.reusedSocket) return check();
      const late = webFailed('web.timeout', 'No connection was made in time.', { host });
      connecting = setTimeout(giveUp, hop.connectTimeoutMs, late);
      socket.once(outgoing.url.protocol === 'https:' ? 'secureConnect' : 'connect', check);
    });
    request.on('response', (incoming) => {
      answering = true;
      readAnswer(incoming, host).then(
        (result) => (result.ok ? end(result) : giveUp(result)),
        (error: NodeJS.ErrnoException) => giveUp(networkFailure(error, host)),
      );
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      const wasClosed = error.code === 'ECONNRESET' || error.code === 'EPIPE';
      const again = wasClosed && request.reusedSocket && !answering && IDEMPOTENT.has(outgoing.method);
      end(again ? 'stale' : networkFailure(error, host));
    });
    // Such as an answer that changes the protocol, for which Node has no error.
    request.on('close', () => {
      if (!answering) end(webFailed('web.network', 'The connection ended without an answer.', { host }));
    });
    request.end(outgoing.body);
  });
}

/** The failure when an address may not be reached. */
export function forbidden(host: string): WebFailed {
  return webFailed('web.forbidden', 'The address may not be reached from flows; see http.allow in site.yaml.', {
    host,
  });
}

/** Undefined for what Node refuses to write; all that is known of is refused before. */
function opened(outgoing: Outgoing, open: (options: RequestOptions) => ClientRequest): ClientRequest | undefined {
  const { host, port } = whereTo(outgoing.url);
  try {
    return open({
      protocol: outgoing.url.protocol,
      host,
      port,
      method: outgoing.method,
      path: `${outgoing.url.pathname}${outgoing.url.search}`,
      headers: Object.fromEntries(outgoing.headers),
      maxHeaderSize: ANSWER_HEADER_BYTES_MAX,
    });
  } catch {
    return undefined;
  }
}

/** Who is at the other end counts, whatever was asked for: before the first byte is sent. */
function mayTalk({ url }: Outgoing, reach: Reach, { remoteAddress }: Socket): boolean {
  const { host, port } = whereTo(url);
  // Without an address the connection is gone already, and ends by itself.
  return remoteAddress === undefined || reach.permits(host, port, remoteAddress);
}

async function readAnswer(incoming: IncomingMessage, host: string): Promise<Result<RawAnswer>> {
  const tooLarge = webFailed('web.too_large', `The answer has more than ${ANSWER_BYTES_MAX} bytes.`, { host });
  if (Number(incoming.headers['content-length']) > ANSWER_BYTES_MAX) return tooLarge;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > ANSWER_BYTES_MAX) return tooLarge;
    chunks.push(chunk);
  }
  return ok({ status: incoming.statusCode ?? 0, headers: incoming.headers, bytes: Buffer.concat(chunks) });
}

function networkFailure(error: NodeJS.ErrnoException, host: string): WebFailed {
  const reason = error.code ?? error.name;
  if (reason === NOT_PERMITTED) return forbidden(host);
  if (reason === 'HPE_HEADER_OVERFLOW') {
    return webFailed('web.too_large', `The headers of the answer have more than ${ANSWER_HEADER_BYTES_MAX} bytes.`, {
      host,
    });
  }
  if (reason.startsWith('HPE_')) return webFailed('web.invalid', 'The answer is no HTTP.', { host, reason });
  return webFailed('web.network', 'The other system could not be reached, or the connection broke.', { host, reason });
}
