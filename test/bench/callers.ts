import { BENCH_PORTS, NUMBERS, type NumberName, type QueueName, type System } from './bench-ports.ts';
import { type CallTimes, callsOf, failedCalls, type Places } from './call-times.ts';
import type { Capture } from './capture.ts';
import type { SipPacket } from './sip-packet.ts';
import { runSipp } from './sipp.ts';

/** More callers at one time than any round has. */
const CALLERS_MAX = 2_000;

export type Load = {
  readonly system: System;
  /** Whose phones ring first. */
  readonly queue: QueueName;
  /** What is dialled, where it is not the number of that queue. */
  readonly number?: NumberName;
  /** The callers speak all the time. */
  readonly speaking?: boolean;
  readonly callsPerSecond: number;
  readonly calls: number;
  /** After this the round is ended, and what is left counts as failed. */
  readonly timeoutMs: number;
};

export type Round = {
  readonly packets: readonly SipPacket[];
  readonly calls: ReadonlyMap<string, CallTimes>;
  readonly places: Places;
  /** Calls that did not reach a phone, an answer and an end, and those that never left SIPp. */
  readonly failed: number;
};

/** Places the calls of one round, one number for both systems' callers, and reads from the wire what became of them. */
export function createCallers(dir: string, capture: Capture, signal: AbortSignal): (load: Load) => Promise<Round> {
  let rounds = 0;
  return async ({ system, queue, number = queue, speaking = false, callsPerSecond, calls: wanted, timeoutMs }) => {
    rounds += 1;
    const { callers: localPort, sip: exchange, phones, sippMedia: mediaPort } = BENCH_PORTS;
    // Each round has caller's numbers of its own, all of them as long as real ones.
    const numbers = String(7_000 + rounds);
    const options = [
      ...['-s', NUMBERS[system][number], '-key', 'caller', numbers],
      ...['-r', String(callsPerSecond), '-m', String(wanted), '-l', String(CALLERS_MAX), '-timeout', `${timeoutMs}ms`],
    ];
    const scenario = speaking ? 'speaker' : 'caller';
    await runSipp({ scenario, dir, localPort, exchangePort: exchange, mediaPort, options }, signal);
    const packets = await capture.take();
    const places = { exchange, callers: localPort, phones: phones[system][queue] };
    const calls = callsOf(packets, places);
    return { packets, calls, places, failed: failedCalls(calls) + Math.max(0, wanted - calls.size) };
  };
}
