import { WebSocket } from 'ws';
import { ok, type Result } from '../../model/failure.ts';
import { recognitionFailed } from '../recognition-failure.ts';
import { type FromRecogniser, readMessage, type ToRecogniser } from './websocket-messages.ts';

const CONNECT_MS_MAX = 2_000;
/** An answer of a recogniser is some words. */
const ANSWER_BYTES_MAX = 65_536;
/** Ten seconds of sound that the network has not taken. */
const UNSENT_BYTES_MAX = 160_000;
/** A connection that died without a word is found by this, and not by the next caller. */
const PING_MS = 15_000;
const ON_THIS_MACHINE = /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

export type ConnectionTold = {
  heard(message: FromRecogniser): void;
  /** The last that is told. `broken`: it sent what is no message of the protocol. */
  closed(why: 'gone' | 'broken'): void;
};

/** A connection to a recogniser. It carries one utterance at a time, and any number one after the other. */
export type Connection = {
  /** Who is told from now on: its present utterance. */
  serve(told: ConnectionTold): void;
  send(message: ToRecogniser): void;
  /** False when the network does not take it as fast as it comes. */
  sendSound(chunk: Int16Array): boolean;
  isOpen(): boolean;
  close(): void;
};

/**
 * Failures: `recognition.refused` (401, 403, or a secret that would be sent in the clear to another machine),
 * `recognition.unreachable`.
 */
export async function connect(url: string, secret: string | undefined): Promise<Result<Connection>> {
  if (!URL.canParse(url)) return recognitionFailed('recognition.unreachable', { reason: 'no address' });
  const { protocol, hostname } = new URL(url);
  if (!/^wss?:$/.test(protocol))
    return recognitionFailed('recognition.unreachable', { reason: 'neither ws: nor wss:' });
  if (secret !== undefined && protocol === 'ws:' && !ON_THIS_MACHINE.test(hostname)) {
    return recognitionFailed('recognition.refused', { reason: 'a secret is sent by wss: only' });
  }
  const socket = new WebSocket(url, {
    handshakeTimeout: CONNECT_MS_MAX,
    maxPayload: ANSWER_BYTES_MAX,
    perMessageDeflate: false,
    ...(secret !== undefined && { headers: { authorization: `Bearer ${secret}` } }),
  });
  return new Promise((resolve) => {
    socket.once('open', () => resolve(ok(connectionOf(socket))));
    socket.once('unexpected-response', (request, { statusCode }) => {
      const refused = statusCode === 401 || statusCode === 403;
      request.destroy();
      resolve(
        recognitionFailed(refused ? 'recognition.refused' : 'recognition.unreachable', { status: statusCode ?? 0 }),
      );
    });
    // It stays after the opening: an error without a listener would end the process, and `close` follows each.
    socket.on('error', () => resolve(recognitionFailed('recognition.unreachable')));
  });
}

function connectionOf(socket: WebSocket): Connection {
  let told: ConnectionTold | undefined;
  let answered = true;
  const end = (why: 'gone' | 'broken') => {
    clearInterval(pings);
    socket.terminate();
    const last = told;
    told = undefined;
    last?.closed(why);
  };
  const pings = setInterval(() => {
    if (!answered) return end('gone');
    answered = false;
    socket.ping();
  }, PING_MS);
  pings.unref();
  socket.on('pong', () => {
    answered = true;
  });
  socket.on('message', (data, isBinary) => {
    const message = isBinary ? null : readMessage(String(data));
    if (message === null) end('broken');
    else if (message !== 'unknown') told?.heard(message);
  });
  socket.on('close', () => end('gone'));
  return {
    serve(next) {
      told = next;
      if (socket.readyState !== socket.OPEN) queueMicrotask(() => end('gone'));
    },
    send: (message) => socket.send(JSON.stringify(message), () => {}),
    sendSound(chunk) {
      socket.send(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength), () => {});
      return socket.bufferedAmount <= UNSENT_BYTES_MAX;
    },
    isOpen: () => socket.readyState === socket.OPEN,
    close() {
      clearInterval(pings);
      told = undefined;
      socket.close();
    },
  };
}
