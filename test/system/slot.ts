import { createServer } from 'node:net';

/** Ports of one exchange under test and of its far end; no two slots share any. */
export type Slot = {
  readonly sip: number;
  readonly tls: number;
  readonly wss: number;
  readonly carrier: { readonly sip: number; readonly tls: number; readonly ari: number };
  readonly ari: number;
  readonly http: number;
  readonly database: number;
  readonly rtp: { readonly first: number; readonly last: number };
  readonly farSip: number;
  readonly farAri: number;
  readonly farRtp: { readonly first: number; readonly last: number };
  release(): void;
};

const SLOTS = 20;
const LOCK_PORT = 42_000;

/** For one exchange at a time, with more calls than a slot has ports for: 1,500 legs on either side. */
const WIDE_RTP = { rtp: { first: 10_000, last: 12_999 }, farRtp: { first: 13_000, last: 15_999 } };

/** Takes the first free slot; a listening socket is the lock, so that it goes with the process. */
export async function takeSlot(options: { wide?: boolean } = {}): Promise<Slot> {
  for (let slot = 0; slot < SLOTS; slot++) {
    const server = createServer();
    const taken = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(true));
      server.listen(LOCK_PORT + slot, '127.0.0.1', () => resolve(false));
    });
    if (taken) continue;
    const ari = 8300 + slot * 10;
    // Below what the system gives to outgoing connections (32768 and up): one of them might have it already.
    const database = 9500 + slot;
    // What a run that was killed has left behind may still have the ports.
    if (!(await isFree(ari)) || !(await isFree(database))) {
      server.close();
      continue;
    }
    server.unref();
    const rtp = 20_000 + slot * 1000;
    return {
      sip: 5300 + slot * 10,
      tls: 5301 + slot * 10,
      wss: 8303 + slot * 10,
      carrier: { sip: 5302 + slot * 10, tls: 5303 + slot * 10, ari: 8304 + slot * 10 },
      farSip: 5305 + slot * 10,
      ari,
      farAri: 8301 + slot * 10,
      http: 8302 + slot * 10,
      database,
      rtp: { first: rtp, last: rtp + 499 },
      farRtp: { first: rtp + 500, last: rtp + 999 },
      ...(options.wide ? WIDE_RTP : {}),
      release: () => server.close(),
    };
  }
  throw new Error(`all ${SLOTS} slots are taken`);
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
