import type { Socket } from 'node:net';
import WebSocket from 'ws';
import type { AriErrorCode } from './error.ts';

const PING_EVERY_MS = 5_000;
/** The connection counts as dead when this many pings in a row brought nothing back. */
const PINGS_MISSED_MAX = 2;
const RETRY_FIRST_MS = 100;
/** Short, because what happened meanwhile is to be put right within 5 s of Asterisk's return. */
const RETRY_MAX_MS = 1_000;
const HANDSHAKE_MS = 5_000;
/** How long close() waits for Asterisk's half of the closing handshake. */
const CLOSE_MS = 1_000;
/** Longest message that is read; the longest event holds a few channels and their variables. */
const MESSAGE_BYTES_MAX = 16 * 1024 * 1024;

/** What the socket's connection is; each change is told once. */
export type AriState =
  | { readonly kind: 'connected' }
  /** Told when the connection goes, and again only when the reason changes (for instance to a wrong password). */
  | { readonly kind: 'lost'; readonly code: AriErrorCode }
  /** Another program connected with the same application name. No attempt follows: two would take it from each other for ever. */
  | { readonly kind: 'replaced' };

export type EventSocket = {
  /** Starts, or starts again after `replaced`. */
  open(): void;
  /** Answers with a code when the text could not be given to the socket. */
  write(text: string): AriErrorCode | undefined;
  /** Ends the connection for good because another program took its place. */
  giveWay(): void;
  /** Ends it and resolves when the connection is gone. May be called twice. */
  close(): Promise<void>;
};

export type EventSocketOptions = {
  readonly url: string;
  readonly authorization: string;
  readonly onText: (text: string) => void;
  readonly onState: (state: AriState) => void;
};

/** One WebSocket that is made again without end, after 100 ms doubling to 1 s, with full jitter so that many clients do not come at once. */
export function createEventSocket(options: EventSocketOptions): EventSocket {
  let socket: WebSocket | undefined;
  let retry: NodeJS.Timeout | undefined;
  let failures = 0;
  let told = '';
  let ended: AriErrorCode | undefined;

  function tell(state: AriState): void {
    const key = state.kind === 'lost' ? state.code : state.kind;
    if (key === told) return;
    told = key;
    options.onState(state);
  }

  function attempt(): void {
    retry = undefined;
    socket = connectOnce(options, {
      opened() {
        failures = 0;
        tell({ kind: 'connected' });
      },
      gone(code) {
        socket = undefined;
        if (ended !== undefined) return;
        const delayMs = Math.random() * Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** failures);
        // Beyond this the delay no longer grows, and the power must not overflow.
        failures = Math.min(failures + 1, 16);
        retry = setTimeout(attempt, delayMs);
        tell({ kind: 'lost', code });
      },
    });
  }

  async function end(code: AriErrorCode): Promise<void> {
    ended = code;
    clearTimeout(retry);
    retry = undefined;
    if (socket !== undefined) await closeOne(socket);
  }

  return {
    open() {
      if (ended === 'ari.closed') return;
      // A socket that still gives way after 'replaced' starts the next attempt when it is gone.
      ended = undefined;
      if (socket === undefined && retry === undefined) attempt();
    },
    write(text) {
      if (ended !== undefined) return ended;
      if (socket?.readyState !== WebSocket.OPEN) return 'ari.disconnected';
      corkForThisTick(socket);
      socket.send(text);
      return undefined;
    },
    giveWay() {
      tell({ kind: 'replaced' });
      void end('ari.replaced');
    },
    close: () => end('ari.closed'),
  };
}

/** The network socket below each WebSocket, for as long as that lives. */
const below = new WeakMap<WebSocket, Socket>();

/** What one event leads to (ring, music, join ...) leaves in one system call instead of one for each request. */
function corkForThisTick(socket: WebSocket): void {
  const net = below.get(socket);
  if (net === undefined || net.writableCorked > 0) return;
  net.cork();
  process.nextTick(() => net.uncork());
}

type Watch = { opened(): void; gone(code: AriErrorCode): void };

/** One connection from its start to its end; `gone` is called once, whatever the end was. */
function connectOnce(options: EventSocketOptions, watch: Watch): WebSocket {
  const socket = new WebSocket(options.url, {
    headers: { Authorization: options.authorization },
    handshakeTimeout: HANDSHAKE_MS,
    maxPayload: MESSAGE_BYTES_MAX,
    perMessageDeflate: false,
    // A caller's name in a broken encoding must not close the connection of all calls.
    skipUTF8Validation: true,
  });
  let code: AriErrorCode = 'ari.disconnected';
  let missed = 0;
  let pinger: NodeJS.Timeout | undefined;
  socket.on('upgrade', (response) => below.set(socket, response.socket));
  socket.on('open', () => {
    pinger = setInterval(() => {
      if (missed >= PINGS_MISSED_MAX) return socket.terminate();
      missed += 1;
      socket.ping();
    }, PING_EVERY_MS);
    watch.opened();
  });
  socket.on('pong', () => {
    missed = 0;
  });
  socket.on('message', (data) => {
    missed = 0;
    options.onText(data.toString());
  });
  socket.on('unexpected-response', (outgoing, incoming) => {
    if (incoming.statusCode === 401 || incoming.statusCode === 403) code = 'ari.unauthorized';
    else code = 'ari.refused';
    outgoing.destroy();
    // With this listener set, `ws` leaves it to us to end the attempt.
    socket.terminate();
  });
  // Each error is followed by `close`, which tells it; without a listener Node would end the process.
  socket.on('error', () => {});
  socket.on('close', () => {
    clearInterval(pinger);
    watch.gone(code);
  });
  return socket;
}

function closeOne(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), CLOSE_MS);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.close(1000);
  });
}
