import type { Orphan } from '../../channel.ts';
import { placeBridge, talkBridge, watchBridge } from '../names.ts';
import { type Hand, tidy } from './hand.ts';
import { freeLine } from './lines.ts';
import { discardRecording } from './recording-end.ts';
import { unwatch } from './unwatch.ts';

/** Removes what belongs to nobody. */
export function removeOrphan(hand: Hand, orphan: Orphan): void {
  const { ari, legs, watches } = hand;
  if ('leg' in orphan) {
    const leg = legs.agent(orphan.leg);
    if (leg?.onLine) return freeLine(hand, leg);
    const channelId = legs.channel(orphan.leg);
    legs.remove(orphan.leg);
    tidy(ari.request('channels.hangup', { channelId }));
  } else if ('talk' in orphan) {
    tidy(ari.request('bridges.destroy', { bridgeId: talkBridge(orphan.talk) }));
  } else if ('place' in orphan) {
    tidy(ari.request('bridges.destroy', { bridgeId: placeBridge(orphan.place, orphan.contactId ?? '') }));
  } else if ('watch' in orphan) {
    const watch = watches.remove(orphan.watch);
    if (watch) unwatch(hand, watch);
    else tidy(ari.request('bridges.destroy', { bridgeId: watchBridge(orphan.watch) }));
  } else {
    hand.recordings.remove(orphan.recording);
    discardRecording(hand, orphan.recording);
  }
}
