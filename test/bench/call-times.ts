import type { SipPacket } from './sip-packet.ts';

/** Where the parties of a call are, by UDP port on 127.0.0.1. */
export type Places = {
  /** Asterisk, which both systems share. */
  readonly exchange: number;
  readonly callers: number;
  /** The phones of the system that is measured. */
  readonly phones: number;
};

/** One call as the wire saw it; each time is that of the first packet of its kind, in ms since 1970. */
export type CallTimes = {
  readonly invitedAtMs: number;
  /** The INVITE to an agent's phone left Asterisk. */
  agentInvitedAtMs?: number;
  /** The 200 to the caller's INVITE left Asterisk: at the latest when an agent answered, earlier for one who waits. */
  answeredAtMs?: number;
  /** The agent answered: Asterisk's ACK to the phone left. */
  agentAnsweredAtMs?: number;
  /** The caller's leg was ended by Asterisk. */
  endedAtMs?: number;
};

/** The calls of one round by caller's number. The agent's leg has a Call-ID of its own, so both legs are matched by the number. */
export function callsOf(packets: readonly SipPacket[], places: Places): Map<string, CallTimes> {
  const calls = new Map<string, CallTimes>();
  for (const packet of packets) {
    const { atMs, method, status, cseqMethod, fromPort, toPort } = packet;
    if (fromPort === places.callers && method === 'INVITE' && !calls.has(packet.from)) {
      calls.set(packet.from, { invitedAtMs: atMs });
    }
    const call = calls.get(packet.from);
    if (fromPort !== places.exchange || !call) continue;
    if (toPort === places.phones && method === 'INVITE') call.agentInvitedAtMs ??= atMs;
    if (toPort === places.phones && method === 'ACK') call.agentAnsweredAtMs ??= atMs;
    if (toPort === places.callers && status === 200 && cseqMethod === 'INVITE') call.answeredAtMs ??= atMs;
  }
  markEnds(calls, packets, places);
  return calls;
}

/** A BYE to a caller has the exchange's side in From; the caller is known by the Call-ID. */
function markEnds(calls: Map<string, CallTimes>, packets: readonly SipPacket[], places: Places): void {
  const numberOf = new Map<string, string>();
  for (const { fromPort, toPort, method, callId, from, atMs } of packets) {
    if (fromPort === places.callers && method === 'INVITE') numberOf.set(callId, from);
    if (fromPort !== places.exchange || toPort !== places.callers || method !== 'BYE') continue;
    const call = calls.get(numberOf.get(callId) ?? '');
    if (call) call.endedAtMs ??= atMs;
  }
}

/** Caller's INVITE in to agent's INVITE out, in ms. */
export function offerTimes(calls: ReadonlyMap<string, CallTimes>): number[] {
  return differences(calls, ({ agentInvitedAtMs }) => agentInvitedAtMs);
}

/** Caller's INVITE in until both sides are answered, in ms: the set-up of a call whose agent's phone answers at once. */
export function setUpTimes(calls: ReadonlyMap<string, CallTimes>): number[] {
  return differences(calls, ({ answeredAtMs, agentAnsweredAtMs }) =>
    answeredAtMs === undefined || agentAnsweredAtMs === undefined
      ? undefined
      : Math.max(answeredAtMs, agentAnsweredAtMs),
  );
}

function differences(calls: ReadonlyMap<string, CallTimes>, end: (call: CallTimes) => number | undefined): number[] {
  return [...calls.values()].flatMap((call) => {
    const endMs = end(call);
    return endMs === undefined ? [] : [endMs - call.invitedAtMs];
  });
}

/** Calls in which not both sides were answered, or that Asterisk did not end after the agent hung up. */
export function failedCalls(calls: ReadonlyMap<string, CallTimes>): number {
  const whole = ({ agentAnsweredAtMs, answeredAtMs, endedAtMs }: CallTimes): boolean =>
    agentAnsweredAtMs !== undefined && answeredAtMs !== undefined && endedAtMs !== undefined;
  return [...calls.values()].filter((call) => !whole(call)).length;
}

/**
 * Agent's BYE in to the next INVITE out to the same agent's phone, in ms, wherever a caller was waiting when the agent
 * hung up. All other agents are busy then, so the freed one gets the caller who is next.
 */
export function refillTimes(packets: readonly SipPacket[], places: Places): number[] {
  const calls = [...callsOf(packets, places).values()];
  const waitedAt = (atMs: number): boolean =>
    calls.some(({ invitedAtMs, agentInvitedAtMs }) => invitedAtMs < atMs && (agentInvitedAtMs ?? Infinity) > atMs);
  const agentOf = new Map<string, string>();
  const freedAtMs = new Map<string, number>();
  const hungUp = new Set<string>();
  const times: number[] = [];
  for (const { fromPort, toPort, method, callId, user, atMs } of packets) {
    if (fromPort === places.exchange && toPort === places.phones && method === 'INVITE' && !agentOf.has(callId)) {
      agentOf.set(callId, user);
      const freed = freedAtMs.get(user);
      if (freed !== undefined) times.push(atMs - freed);
      freedAtMs.delete(user);
    }
    const agent = agentOf.get(callId);
    if (fromPort !== places.phones || method !== 'BYE' || agent === undefined || hungUp.has(callId)) continue;
    hungUp.add(callId);
    if (waitedAt(atMs)) freedAtMs.set(agent, atMs);
  }
  return times;
}
