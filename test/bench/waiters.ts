import { setTimeout as pause } from 'node:timers/promises';
import { parseAriAddress } from '../../src/channels/voice/ari/address.ts';
import { encodeCall } from '../../src/channels/voice/ari/call.ts';
import { createHttpRequests } from '../../src/channels/voice/ari/http.ts';
import { BENCH_PORTS, NUMBERS, type NumberName, type System } from './bench-ports.ts';
import { type Sipp, startSipp } from './sipp.ts';

const CALLS_PER_SECOND = 50;
const REQUEST_MS_MAX = 15_000;
/** Longer than any measurement; who waits is hung up before. */
const STAYS_MS = 900_000;
/** A packet every 20 ms. */
const PACKETS_PER_MS = 1 / 20;

/** Callers who wait, and are looked at through ARI: how much of their music is sent. */
export type Waiters = {
  /** Lets so many more come and waits until they are all there; false when they are not within a bound. */
  add(system: System, number: NumberName, count: number): Promise<boolean>;
  /** The part of the packets of sound that is sent, for each of some callers chosen evenly. */
  soundSent(ms: number): Promise<number[]>;
  /** Everybody is hung up. */
  clear(): Promise<void>;
};

export function createWaiters(dir: string, ariUrl: string): Waiters {
  const http = (): ReturnType<typeof createHttpRequests> => createHttpRequests(parseAriAddress(ariUrl), REQUEST_MS_MAX);
  const running: Sipp[] = [];
  let there = 0;
  let groups = 0;

  async function channels(): Promise<{ id: string }[]> {
    const ari = http();
    try {
      return (await ari.send(encodeCall('channels.list', {}))) as { id: string }[];
    } finally {
      ari.close();
    }
  }

  /** Packets sent so far, by channel; one that has just ended is left out. */
  async function sent(ids: readonly string[]): Promise<Map<string, number>> {
    const ari = http();
    try {
      const asked = ids.map(async (channelId) => {
        const { txcount } = (await ari.send(encodeCall('channels.rtpstatistics', { channelId }))) as {
          txcount: number;
        };
        return [channelId, txcount] as const;
      });
      const told = await Promise.allSettled(asked);
      return new Map(told.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
    } finally {
      ari.close();
    }
  }

  return {
    async add(system, number, count) {
      groups += 1;
      const options = [
        ...['-s', NUMBERS[system][number], '-key', 'caller', String(6_000 + groups), '-d', String(STAYS_MS)],
        ...['-r', String(CALLS_PER_SECOND), '-m', String(count), '-l', String(count)],
      ];
      const { waiters, sip: exchangePort, waitersMedia } = BENCH_PORTS;
      const place = { localPort: waiters + running.length, mediaPort: waitersMedia + running.length * 4, exchangePort };
      running.push(await startSipp({ scenario: 'waiter', dir, ...place, options }));
      there += count;
      const deadline = performance.now() + (count / CALLS_PER_SECOND) * 1000 + 5_000;
      while (performance.now() < deadline) {
        if ((await channels()).length >= there) return true;
        await pause(500);
      }
      return false;
    },
    async soundSent(ms) {
      const all = await channels();
      const chosen = all.filter((_, place) => place % Math.max(1, Math.floor(all.length / 20)) === 0);
      const ids = chosen.map(({ id }) => id);
      const before = await sent(ids);
      const beganAtMs = performance.now();
      await pause(ms);
      const passedMs = performance.now() - beganAtMs;
      const after = await sent(ids);
      return [...after].flatMap(([id, count]) => {
        const earlier = before.get(id);
        return earlier === undefined ? [] : [(count - earlier) / (passedMs * PACKETS_PER_MS)];
      });
    },
    async clear() {
      const ari = http();
      const ended = (await channels()).map(({ id: channelId }) =>
        ari.send(encodeCall('channels.hangup', { channelId })),
      );
      await Promise.allSettled(ended);
      ari.close();
      await Promise.all(running.splice(0).map((sipp) => sipp.stop()));
      there = 0;
      const deadline = performance.now() + REQUEST_MS_MAX;
      while ((await channels()).length > 0 && performance.now() < deadline) await pause(500);
    },
  };
}
