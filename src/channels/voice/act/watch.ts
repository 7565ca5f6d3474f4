import type { CommandOf } from '../../../model/command.ts';
import { ROLE, talkBridge, watchSnoop } from '../names.ts';
import { snoopsOf, type Watch } from '../watches.ts';
import { type Hand, send, tidy } from './hand.ts';
import { bring } from './places.ts';
import { silence } from './prompts.ts';
import { unwatch } from './unwatch.ts';
import { hearCompany } from './watch-others.ts';

const NOBODY: Watch['others'] = new Map();

/**
 * Lets a supervisor hear what an agent's leg hears and says. The supervisor is joined with snoop channels: in mode `listen` with
 * one of each who is heard (watch-others.ts), and muted; in mode `whisper` with one that hears both sides and is heard by the
 * agent. In mode `barge` the supervisor is in the talk itself.
 */
export function watch(hand: Hand, command: CommandOf<'watch'>): void {
  const { ari, legs, watches } = hand;
  const { legId, mode } = command;
  const channelId = legs.channel(legId);
  const before = watches.get(legId);
  silence(hand, command, [legId]);
  const direction = 'in';
  if (mode === 'listen') send(hand, command, ari.request('channels.mute', { channelId, direction }));
  else send(hand, command, ari.request('channels.unmute', { channelId, direction }));
  if (mode === 'barge') return barge(hand, command, before);
  if (before?.snoopId === undefined || !isSame(before, command)) snoop(hand, command, before);
}

function isSame(before: Watch, { targetLegId, mode }: CommandOf<'watch'>): boolean {
  return before.targetLegId === targetLegId && before.mode === mode;
}

function barge(hand: Hand, command: CommandOf<'watch'>, before: Watch | undefined): void {
  const { contactId, legId, targetLegId, mode } = command;
  hand.watches.set({ contactId, legId, targetLegId, mode, snoopId: undefined, others: NOBODY });
  const joined = bring(hand, talkBridge(contactId), [hand.legs.channel(legId)]);
  send(hand, command, joined);
  if (before) unwatch(hand, before);
}

/**
 * A snoop channel that is there while a sound is played to the same channel hears one side only from then on, and its whisper
 * is not heard (measured with Asterisk 22.10.1). So the watch rests while an agent hears a sound, and goes on by `watchOn`.
 */
export function restWatch({ ari, legs, watches }: Hand, { legId }: CommandOf<'play_to'>): void {
  for (const watch of watches.all()) {
    if (watch.snoopId === undefined || legs.channel(watch.targetLegId) !== legs.channel(legId)) continue;
    watches.set({ ...watch, snoopId: undefined });
    tidy(ari.request('channels.hangup', { channelId: watch.snoopId }));
  }
}

export function watchOn(hand: Hand, channelId: string): void {
  for (const watch of hand.watches.all()) {
    const { contactId, legId, targetLegId, mode, snoopId } = watch;
    if (snoopId !== undefined || mode === 'barge' || hand.legs.channel(targetLegId) !== channelId) continue;
    snoop(hand, { do: 'watch', contactId, legId, targetLegId, mode }, watch);
  }
}

/** When the new channel is there, `watching` (listen/start.ts) joins the supervisor with it. */
function snoop(hand: Hand, command: CommandOf<'watch'>, before: Watch | undefined): void {
  const { ari, app, host, legs, watches } = hand;
  const { contactId, legId, targetLegId, mode } = command;
  const listens = mode === 'listen';
  const snoopId = watchSnoop(legId, host.now(), listens ? 0 : undefined);
  const goesOn = before !== undefined && isSame(before, command);
  watches.set({ contactId, legId, targetLegId, mode, snoopId, others: goesOn ? before.others : NOBODY });
  const over = goesOn ? { ...before, others: NOBODY } : before;
  for (const channelId of over ? snoopsOf(over) : []) tidy(ari.request('channels.hangup', { channelId }));
  const request = ari.request('channels.snoopChannelWithId', {
    channelId: legs.channel(targetLegId),
    snoopId,
    // Whispered to the agent alone: what the customer hears is not touched.
    ...(listens ? { spy: 'in' } : { spy: 'both', whisper: 'out' }),
    app,
    appArgs: [ROLE.watch, legId].join(),
  });
  send(hand, command, request, () => {
    const watch = watches.get(legId);
    if (watch?.snoopId !== snoopId) return;
    watches.remove(legId);
    unwatch(hand, watch);
  });
  if (listens && !goesOn) hearCompany(hand, legId);
}
