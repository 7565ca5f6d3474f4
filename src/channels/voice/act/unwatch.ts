import type { LegId } from '../../../model/ids.ts';
import { watchBridge } from '../names.ts';
import { snoopsOf, type Watch } from '../watches.ts';
import { type Hand, tidy } from './hand.ts';

/** Lets go of a watch's snoop channels and bridge; the supervisor's leg stays. */
export function unwatch({ ari }: Pick<Hand, 'ari'>, watch: Watch): void {
  const snoops = snoopsOf(watch);
  if (snoops.length === 0) return;
  for (const channelId of snoops) tidy(ari.request('channels.hangup', { channelId }));
  tidy(ari.request('bridges.destroy', { bridgeId: watchBridge(watch.legId) }));
}

/** A supervisor who is joined with others watches no more, and is heard: who takes a talk over does so from listening. */
export function endWatch(hand: Hand, legId: LegId): void {
  const watch = hand.watches.remove(legId);
  if (!watch) return;
  tidy(hand.ari.request('channels.unmute', { channelId: hand.legs.channel(legId), direction: 'in' }));
  unwatch(hand, watch);
}
