import { CHANNELS, type Channel } from '../../model/channel.ts';
import type { AgentRecord } from '../state.ts';

/**
 * What each agent has in hand, by slot, for the usual case of one contact at a time: an estimated wait looks at a dozen
 * agents, and following each to its contact, queue and capacity would cost most of the time.
 */
export type InHand = {
  /** Place in CHANNELS of the one contact in hand, without a label and not in wrap-up; NOTHING, or ELSE: see the agent's record. */
  readonly channels: Int8Array;
  /** Number of the queue that it came from. */
  readonly queues: Int32Array;
  readonly headStartsMs: Float64Array;
  /** 1 for whom no phone can be rung now: away, or left alone for a while. */
  readonly away: Uint8Array;
};

export const NOTHING = -1;
export const ELSE = -2;

export function inHandFor(agents: number): InHand {
  return {
    channels: new Int8Array(agents).fill(NOTHING),
    queues: new Int32Array(agents),
    headStartsMs: new Float64Array(agents),
    away: new Uint8Array(agents),
  };
}

/** To be called after every change of the agent, with the number of the queue of the first contact in hand, as far as there is one. */
export function noteInHand(inHand: InHand, agent: AgentRecord, queueNumber: number | undefined): void {
  const { slot, work } = agent;
  inHand.away[slot] = agent.phone === 'unreachable' || agent.restUntilMs !== null ? 1 : 0;
  const one = work[0];
  if (!one) inHand.channels[slot] = NOTHING;
  else if (work.length > 1 || queueNumber === undefined || one.label !== null || one.stage === 'wrap_up')
    inHand.channels[slot] = ELSE;
  else {
    inHand.channels[slot] = placeOf(one.channel);
    inHand.queues[slot] = queueNumber;
    inHand.headStartsMs[slot] = one.headStartMs;
  }
}

export function placeOf(channel: Channel): number {
  return CHANNELS.indexOf(channel);
}
