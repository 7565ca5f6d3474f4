import type { Channel } from '../../model/channel.ts';
import type { OverflowRule } from '../../model/queue.ts';

/**
 * Whether a rule of overflow is for contacts of a channel. Whom we call back, or whose message is to be heard, has no flow that
 * could take them on: another queue is all that there is for them.
 */
export function isFor(channel: Channel, { target }: OverflowRule): boolean {
  return target.to === 'queue' || !isOursToCall(channel);
}

export function isOursToCall(channel: Channel): boolean {
  return channel === 'callback' || channel === 'voicemail';
}
