import type { EventEmitter } from 'node:events';
import { type AriEvent, type AriParameters, type Client, connect } from 'ari-client';

export const ARI_APP = 'far-end';
export const ARI_USER = 'far-end';

/** ari-client itself waits for ever. */
const REQUEST_MS_MAX = 5_000;
/** The events that the far end lives by. Asterisk sends no others, so none can be unknown to ari-client and crash it. */
const EVENTS = [
  'StasisStart',
  'ChannelStateChange',
  'ChannelDtmfReceived',
  'ChannelDestroyed',
  'RecordingStarted',
  'RecordingFinished',
  'RecordingFailed',
  'PlaybackStarted',
  'PlaybackFinished',
];

type Resource = 'asterisk' | 'channels' | 'recordings' | 'playbacks';

/** The far end's one connection to its Asterisk. */
export type Ari = {
  /** Rejects with Asterisk's own words, after 5 s at the latest. */
  request<R extends Resource>(
    resource: R,
    operation: keyof Client[R] & string,
    parameters: AriParameters,
  ): Promise<void>;
  close(): void;
};

/** Connects with ari-client, on purpose not with the client of the program under test. */
export async function connectAri(url: string, password: string, onEvent: (event: AriEvent) => void): Promise<Ari> {
  const client = await withoutNotice(() => bounded('connect', connect(url, ARI_USER, password)));
  client.on('*', onEvent);
  // Without subscribeAll, the end of a channel that left the application would not be told.
  await bounded('start', client.start(ARI_APP, true));
  guardSocket(client._ws);
  const allowed = EVENTS.map((type) => ({ type }));
  await bounded('filter', client.applications.filter({ applicationName: ARI_APP, filter: { allowed } }));
  let closed = false;
  return {
    request: async (resource, operation, parameters) => {
      const operations: Readonly<Record<string, (parameters: AriParameters) => PromiseLike<unknown>>> =
        client[resource];
      const call = operations[operation];
      if (!call) throw new Error(`ari-client has no ${resource}.${operation}.`);
      await bounded(`${resource}.${operation}`, call(parameters));
    },
    close: () => {
      if (!closed) client.stop();
      closed = true;
    },
  };
}

/**
 * An exception in ari-client's own listener (an event type that it does not know, a frame that is not JSON) would end
 * the process, and leave the socket deaf where it is caught globally. Here it costs that one frame.
 */
export function guardSocket(socket: EventEmitter): void {
  const listeners = socket.listeners('message');
  socket.removeAllListeners('message');
  socket.on('message', (...frame: unknown[]) => {
    for (const listener of listeners) {
      try {
        Reflect.apply(listener, socket, frame);
      } catch (error) {
        process.emitWarning(`The far end could not read an event: ${String(error)}`);
      }
    }
  });
}

/** A native promise for one of Bluebird's, with a bound. */
async function bounded<T>(what: string, promise: PromiseLike<T>): Promise<T> {
  const error = new Error();
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => fail(`no answer within ${REQUEST_MS_MAX} ms`), REQUEST_MS_MAX);
    const fail = (why: string): void => {
      clearTimeout(timer);
      error.message = `far end's ARI, ${what}: ${why}`;
      reject(error);
    };
    promise.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (reason: unknown) => fail(reason instanceof Error ? reason.message : JSON.stringify(reason)),
    );
  });
}

/** swagger-client prints a notice about its own age at each connect; it would stand amid the tests' output. */
async function withoutNotice<T>(run: () => Promise<T>): Promise<T> {
  const { log } = console;
  console.log = (...words: unknown[]) => {
    if (!String(words[0]).startsWith('This API is using a deprecated version')) log(...words);
  };
  try {
    return await run();
  } finally {
    console.log = log;
  }
}
