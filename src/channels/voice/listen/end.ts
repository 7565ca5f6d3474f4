import type { EndCause } from '../../../model/event.ts';
import { customerGone } from '../act/record.ts';
import { sideEnded } from '../act/recording-end.ts';
import { unwatch } from '../act/unwatch.ts';
import { AriError } from '../ari/error.ts';
import { endCause } from '../causes.ts';
import type { Leg } from '../legs.ts';
import { watcherOfSnoop } from '../names.ts';
import type { Ear } from './ear.ts';

/**
 * A channel left our hands. It ended where its end was asked for before (by its party or by us); else it may come back:
 * from the machine detector, or from a phone's transfer. StasisEnd also ends the subscription by which the channel's destruction
 * would be told (research: ARI trap 6), so that is asked for anew; where there is no channel any more, that was the end.
 */
export function leftStasis(ear: Ear, channelId: string): void {
  const leg = ear.legs.ofChannel(channelId);
  if (!leg) return otherEnded(ear, channelId, undefined);
  if (leg.hungUp || (leg.role === 'caller' && leg.endedByUs)) return ended(ear, leg, undefined);
  const subscription = { applicationName: ear.app, eventSource: `channel:${channelId}` };
  ear.ari.request('applications.subscribe', subscription).catch((error: unknown) => {
    if (!(error instanceof AriError)) throw error;
    // Meanwhile it may have been told as ended, or be somebody's else.
    if (ear.legs.ofChannel(channelId) === leg) ended(ear, leg, undefined);
  });
}

/** StasisEnd and ChannelDestroyed may both come, in either order; the first one that is an end counts. */
export function destroyed(ear: Ear, channelId: string, cause: number | undefined): void {
  const leg = ear.legs.ofChannel(channelId);
  if (leg) ended(ear, leg, cause);
  else otherEnded(ear, channelId, cause);
}

function ended(ear: Ear, leg: Leg, destroyedCause: number | undefined): void {
  const { host, legs, live, prompts } = ear;
  legs.remove(leg.legId);
  live.ended(leg.channelId);
  prompts.forget(leg.channelId, leg.contactId);
  customerGone(ear, leg.legId);
  const cause = endCause(leg.cause ?? destroyedCause);
  const atMs = host.now();
  const { legId, contactId } = leg;
  switch (leg.role) {
    case 'caller': {
      const endedBy = leg.endedByUs ? 'system' : 'customer';
      host.take({ kind: 'contact.ended', atMs, contactId, cause, endedBy });
      return;
    }
    case 'agent':
      host.take({ kind: leg.up ? 'offer.ended' : 'offer.failed', atMs, offerId: legId, cause });
      return lineEnded(ear, leg.channelId, cause);
    case 'asked': {
      host.take({ kind: 'leg.ended', atMs, contactId, legId, cause });
      const watch = ear.watches.remove(legId);
      if (watch) unwatch(ear, watch);
    }
  }
}

function otherEnded(ear: Ear, channelId: string, cause: number | undefined): void {
  ear.live.ended(channelId);
  if (ear.lines.ofChannel(channelId)) lineEnded(ear, channelId, endCause(cause));
  else snoopEnded(ear, channelId);
}

/** Nothing where the channel was no persistent line. */
function lineEnded({ host, lines }: Ear, channelId: string, cause: EndCause): void {
  const line = lines.remove(channelId);
  if (line) host.take({ kind: 'line.closed', atMs: host.now(), agentId: line.agentId, cause });
}

/** Snoop channels end with whom they listen to (research: ARI trap 18). */
function snoopEnded(ear: Ear, channelId: string): void {
  const side = ear.recordings.ofSide(channelId);
  // A side that runs is told as finished by its recording; one that had not begun has nothing more to tell.
  if (side?.side.stage === 'asked') return sideEnded(ear, side.recording, side.side, 'failed');
  const watch = ear.watches.get(watcherOfSnoop(channelId)?.legId ?? '');
  // The end of one that hears somebody else is no end of the watch.
  if (watch?.snoopId !== channelId) return;
  ear.watches.remove(watch.legId);
  unwatch(ear, watch);
}
