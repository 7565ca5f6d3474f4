import { placeOfBridge, ROLE, watchSnoop } from '../names.ts';
import type { Watch } from '../watches.ts';
import { type Hand, tidy } from './hand.ts';

/**
 * Who listens to an agent hears those whom the agent hears by snoop channels of their own, each of what one of them says. A single
 * one on the agent's channel would do, but what is written to a channel often reaches no snoop channel any more once the channel
 * has been in another bridge (Asterisk 22.10.1), and nothing helps but the end of all that listen to it. In mode `whisper` it
 * has to do: there the agent hears all that is in the bridge of the watch. `channels` may hold the agent's own.
 */
function hearOnly({ ari, app, host, legs, watches }: Hand, watch: Watch, channels: readonly string[]): void {
  if (watch.mode !== 'listen') return;
  const agent = legs.channel(watch.targetLegId);
  const others = new Map<string, string>();
  for (const channelId of channels) {
    if (channelId === agent) continue;
    const before = watch.others.get(channelId);
    const snoopId = before ?? watchSnoop(watch.legId, host.now(), watches.count());
    others.set(channelId, snoopId);
    const request = { channelId, snoopId, spy: 'in', app, appArgs: [ROLE.watch, watch.legId].join() } as const;
    if (before === undefined) tidy(ari.request('channels.snoopChannelWithId', request));
  }
  for (const [channelId, snoopId] of watch.others) {
    if (!others.has(channelId)) tidy(ari.request('channels.hangup', { channelId: snoopId }));
  }
  watches.set({ ...watch, others });
}

/** Finds out who is with the agent. */
export function hearCompany(hand: Hand, legId: string): void {
  tidy(
    hand.ari.request('bridges.list', {}).then((bridges) => {
      const watch = hand.watches.get(legId);
      if (!watch) return;
      const agent = hand.legs.channel(watch.targetLegId);
      const place = bridges.find(({ id, channels }) => placeOfBridge(id) !== undefined && channels.includes(agent));
      hearOnly(hand, watch, place?.channels ?? []);
    }),
  );
}

/** These hear each other now, and nobody else. */
export function companyIs(hand: Hand, channels: readonly string[]): void {
  for (const watch of hand.watches.all()) {
    if (channels.includes(hand.legs.channel(watch.targetLegId))) hearOnly(hand, watch, channels);
  }
}

/** These have left where they were. */
export function companyLeaves(hand: Hand, gone: readonly string[]): void {
  for (const watch of hand.watches.all()) {
    const alone = gone.includes(hand.legs.channel(watch.targetLegId));
    hearOnly(hand, watch, alone ? [] : [...watch.others.keys()].filter((channelId) => !gone.includes(channelId)));
  }
}
