import { eventSocketUrl, parseAriAddress } from './address.ts';
import { type AriCall, encodeCall } from './call.ts';
import { AriError } from './error.ts';
import {
  type AriEvent,
  type AriOperation,
  type AriParameters,
  type AriResults,
  ariEventTypes,
  type RESTResponse,
} from './generated.ts';
import { createHttpRequests, type HttpRequests, type OpenAnswer } from './http.ts';
import { createSocketRequests, type SocketRequests } from './requests.ts';
import { type AriState, createEventSocket } from './socket.ts';

const REQUEST_TIMEOUT_MS = 5_000;

/** An event of a type that Asterisk's files did not name when generated.ts was made. */
export type UnknownAriEvent = { readonly type: 'unknown'; readonly received: Readonly<Record<string, unknown>> };

export type AriClientOptions = {
  /** `http://user:password@host:8088/ari`. */
  readonly url: string;
  /** Name of the Stasis application. */
  readonly app: string;
  /** Called at once for every event, in Asterisk's order. What it throws reaches the process as an uncaught exception. */
  readonly onEvent: (event: AriEvent | UnknownAriEvent) => void;
  readonly onState: (state: AriState) => void;
  /** How long a request may take; 5 s unless given. */
  readonly requestTimeoutMs?: number;
};

export type AriCounters = {
  readonly inFlight: number;
  readonly events: number;
  readonly unknownEvents: number;
  /** Answers that no request waited for: too late, or without a request id. */
  readonly strayAnswers: number;
  /** Messages that were no JSON object with a type. */
  readonly unreadable: number;
};

/** Asks for one operation. */
export type Ask = <O extends AriOperation>(operation: O, parameters: AriParameters[O]) => Promise<AriResults[O]>;

export type AriClient = {
  /**
   * Resolves when the socket is open; waits for Asterisk without end, so watch onState for the reason.
   * Rejects with `ari.closed`. After `replaced` it takes the application's name back.
   */
  connect(): Promise<void>;
  /**
   * One ARI operation, for instance `request('channels.answer', { channelId })`. Rejects with AriError.
   * Goes over the event socket, in order; listings and binary answers go over HTTP and keep no order with the rest: Asterisk
   * handles a socket's requests one after another, and a long one would keep calls waiting.
   * `ari.conflict` from originate and create proves nothing on Asterisk 22.10.1: after one real conflict on a
   * connection, it answers 409 for every endpoint that it cannot reach. Ask `channels.get` for the id to know.
   */
  request: Ask;
  /** A listing that is known to be short, over the event socket: it costs this process a fourth of what it does over HTTP. */
  requestShort: Ask;
  /** The file of a stored recording as it comes. Rejects with AriError, such as `ari.not_found`. */
  openStored(recordingName: string): Promise<OpenAnswer>;
  /**
   * Asks Asterisk not to send these events (PUT /applications/{app}/eventFilter). To be repeated after each connect.
   * It empties the list of allowed events, which outlives a connection and would also hold back the answers to our
   * requests, since they pass the same filter.
   */
  setEventFilter(disallowed: readonly AriEvent['type'][]): Promise<void>;
  counters(): AriCounters;
  /** Fails what is in flight with `ari.closed`. May be called twice. */
  close(): Promise<void>;
};

/** A client of one Asterisk and one Stasis application. It does nothing before connect(). */
export function createAriClient(options: AriClientOptions): AriClient {
  const address = parseAriAddress(options.url);
  const timeoutMs = options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  const count = { events: 0, unknownEvents: 0, strayAnswers: 0, unreadable: 0 };
  const connecting = new Set<{ resolve: () => void; reject: (error: AriError) => void }>();
  let connected = false;
  let closed = false;

  const socket = createEventSocket({
    url: eventSocketUrl(address, options.app),
    authorization: address.authorization,
    onText: (text) => runApart(() => take(text)),
    onState: (state) => runApart(() => changeState(state)),
  });
  const overSocket = createSocketRequests(socket.write, timeoutMs);
  const overHttp = createHttpRequests(address, timeoutMs);

  function changeState(state: AriState): void {
    connected = state.kind === 'connected';
    if (connected) {
      for (const waiting of connecting) waiting.resolve();
      connecting.clear();
    } else {
      overSocket.failAll(state.kind === 'replaced' ? 'ari.replaced' : 'ari.disconnected');
    }
    options.onState(state);
  }

  function take(text: string): void {
    const message = parseMessage(text);
    if (message === undefined) {
      count.unreadable += 1;
    } else if (message.type === 'RESTResponse') {
      if (!overSocket.answer(message as RESTResponse & { type: 'RESTResponse' })) count.strayAnswers += 1;
    } else {
      takeEvent(message);
    }
  }

  function takeEvent(event: { type: string }): void {
    count.events += 1;
    if (event.type === 'ApplicationReplaced') socket.giveWay();
    if (ariEventTypes.has(event.type)) {
      options.onEvent(event as AriEvent);
    } else {
      count.unknownEvents += 1;
      options.onEvent({ type: 'unknown', received: event });
    }
  }

  return {
    connect() {
      return new Promise((resolve, reject) => {
        if (closed) return reject(new AriError('ari.closed', 'connect'));
        if (connected) return resolve();
        connecting.add({ resolve, reject });
        socket.open();
      });
    },
    request: asking(overSocket, overHttp, ['list', 'binary']),
    requestShort: asking(overSocket, overHttp, ['binary']),
    openStored: (recordingName) => overHttp.open(encodeCall('recordings.getStoredFile', { recordingName })),
    async setEventFilter(disallowed) {
      const filter = { allowed: [], disallowed: disallowed.map((type) => ({ type })) };
      // Over HTTP, because a left-over list of allowed events would hold back the answer over the socket.
      await overHttp.send(encodeCall('applications.filter', { applicationName: options.app, filter }));
    },
    counters: () => ({ inFlight: overSocket.inFlight() + overHttp.inFlight(), ...count }),
    async close() {
      closed = true;
      connected = false;
      overSocket.failAll('ari.closed');
      overSocket.close();
      overHttp.close();
      for (const waiting of connecting) waiting.reject(new AriError('ari.closed', 'connect'));
      connecting.clear();
      await socket.close();
    },
  };
}

/** Lists go `apart` over HTTP unless they are short; binary answers always, for a socket refuses them (406). */
function asking(overSocket: SocketRequests, overHttp: HttpRequests, apart: readonly AriCall['answer'][]): Ask {
  return (operation, parameters) =>
    new Promise<unknown>((resolve, reject) => {
      const call = encodeCall(operation, parameters);
      if (apart.includes(call.answer)) resolve(overHttp.send(call));
      else overSocket.send(call, resolve, reject);
    }) as Promise<never>;
}

function parseMessage(text: string): { type: string } | undefined {
  try {
    const message: unknown = JSON.parse(text);
    if (typeof message !== 'object' || message === null) return undefined;
    return 'type' in message && typeof message.type === 'string' ? (message as { type: string }) : undefined;
  } catch {
    return undefined;
  }
}

/** A mistake of a listener must reach the process, but not through the socket, which it would leave half read and deaf. */
function runApart(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
