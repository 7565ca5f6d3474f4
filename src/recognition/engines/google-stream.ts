import type { GoogleClient } from './google-client.ts';
import type { GoogleRequest } from './google-request.ts';
import { type GoogleReading, readResponse } from './google-results.ts';

export type GoogleStreamTold = {
  heard(reading: GoogleReading): void;
  /** The last that is told. `status`: the gRPC code, 0 when the server ended it properly. */
  closed(status: number): void;
};

export type GoogleStream = {
  /** False when Google does not take the sound as fast as it comes, and too much of it waits. */
  send(chunk: Int16Array): boolean;
  /** No more sound: what was understood is owed. */
  halfClose(): void;
  /** Half-closed, because a stream that is only forgotten ends with an error of the service; nothing is told any more. */
  abandon(): void;
};

/** Messages of 100 ms that may wait to be sent. */
const WAITING_MESSAGES_MAX = 100;
/** What was abandoned and does not end by itself is cut. */
const ABANDONED_MS = 5_000;
const UNKNOWN = 2;

/**
 * One stream, framed by ourselves: `streamingRecognize` of the package is made for v1, and what it sends has no sound for
 * v2 (google-cloud-node issues 6313 and 3952).
 */
export function openGoogleStream(
  client: GoogleClient,
  first: GoogleRequest,
  language: string,
  deadlineMs: number,
  told: GoogleStreamTold,
): GoogleStream {
  const stream = client._streamingRecognize({ timeout: deadlineMs, retry: null });
  let over = false;
  const close = (status: number) => {
    if (over) return;
    over = true;
    told.closed(status);
  };
  stream.on('data', (response) => {
    if (!over) told.heard(readResponse(response, language));
  });
  // It stays when nobody listens any more: an error without a listener would end the process.
  stream.on('error', (error: unknown) => close(statusOf(error)));
  stream.on('end', () => close(0));
  stream.write(first);
  return {
    send(chunk) {
      if (over || stream.writableEnded) return true;
      stream.write({ audio: Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength) });
      return stream.writableLength <= WAITING_MESSAGES_MAX;
    },
    halfClose: () => stream.end(),
    abandon() {
      if (over) return;
      over = true;
      stream.end();
      const cut = setTimeout(() => stream.cancel(), ABANDONED_MS);
      cut.unref();
      stream.on('close', () => clearTimeout(cut));
      stream.on('end', () => clearTimeout(cut));
    },
  };
}

function statusOf(error: unknown): number {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : UNKNOWN;
}
