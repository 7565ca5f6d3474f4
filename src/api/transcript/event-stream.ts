import { PassThrough } from 'node:stream';

/** How often something is sent when there is nothing to tell: proxies close what is silent for a minute. */
const PING_MS = 15_000;
/** After this the program on the other side connects again by itself. */
const RETRY_MS = 2_000;
/** What may wait for one reader; who is slower is let go and may come again with the last number. */
export const UNSENT_BYTES_MAX = 262_144;

/** One reader of server-sent events (HTML standard, section 9.2). */
export type EventStream = {
  /** What is to be sent as the answer. */
  readonly body: PassThrough;
  /** `seq`: what the reader names to go on after it; left out: for the moment only. Harmless after the end. */
  send(event: string, data: object, seq?: number): void;
  /** Ends it when what was sent has been taken. May be called twice. */
  end(): void;
};

/** `gone`: told once when it is over, whoever ended it. */
export function openEventStream(gone: () => void): EventStream {
  const body = new PassThrough();
  const write = (text: string): void => {
    if (body.destroyed || body.writableEnded) return;
    body.write(text);
    if (body.readableLength + body.writableLength > UNSENT_BYTES_MAX) body.destroy();
  };
  const ping = setInterval(() => write(':\n\n'), PING_MS).unref();
  body.once('close', () => {
    clearInterval(ping);
    gone();
  });
  write(`retry: ${RETRY_MS}\n\n`);
  return {
    body,
    send(event, data, seq) {
      const id = seq === undefined ? '' : `id: ${seq}\n`;
      write(`${id}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    end() {
      if (!body.writableEnded) body.end();
    },
  };
}
