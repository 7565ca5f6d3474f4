import type { Command, CommandOf } from '../../../model/command.ts';
import type { AtMs } from '../../../model/ids.ts';
import type { DoorHost } from '../../channel.ts';
import { q850Of } from '../causes.ts';
import { CONTEXT } from '../names.ts';
import { type Hand, send } from './hand.ts';

export function answer(hand: Hand, command: CommandOf<'answer'>): void {
  send(hand, command, hand.ari.request('channels.answer', { channelId: hand.legs.channel(command.contactId) }));
}

export function indicateRinging(hand: Hand, command: CommandOf<'indicate_ringing'>): void {
  send(hand, command, hand.ari.request('channels.ring', { channelId: hand.legs.channel(command.contactId) }));
}

/** Music for the customer or for another leg. */
export function startMusic(hand: Hand, command: CommandOf<'start_music'> | CommandOf<'start_leg_music'>): void {
  const channelId = hand.legs.channel(musicLeg(command));
  hand.live.silence(channelId);
  send(hand, command, hand.ari.request('channels.startMoh', { channelId, mohClass: command.music }));
}

export function stopMusic(hand: Hand, command: CommandOf<'stop_music'> | CommandOf<'stop_leg_music'>): void {
  send(hand, command, hand.ari.request('channels.stopMoh', { channelId: hand.legs.channel(musicLeg(command)) }));
}

function musicLeg(
  command: Extract<Command, { do: 'start_music' | 'start_leg_music' | 'stop_music' | 'stop_leg_music' }>,
) {
  return 'legId' in command ? command.legId : command.contactId;
}

/** What the leg says is not heard by the others; it hears them. */
export function mute(hand: Hand, command: CommandOf<'mute'>): void {
  const parameters = { channelId: hand.legs.channel(command.legId), direction: 'in' } as const;
  const { ari } = hand;
  send(
    hand,
    command,
    command.muted ? ari.request('channels.mute', parameters) : ari.request('channels.unmute', parameters),
  );
}

export function sendDtmf(hand: Hand, command: CommandOf<'send_dtmf'>): void {
  const { contactId, digits, toneMs } = command;
  const channelId = hand.legs.channel(contactId);
  // The pause between two keys is as long as a key, which every decoder can tell apart (ITU-T Q.24: 40 ms and more).
  const parameters = { channelId, dtmf: digits, duration: toneMs, between: toneMs };
  send(hand, command, hand.ari.request('channels.sendDTMF', parameters));
}

export function hangup(hand: Hand, command: CommandOf<'hangup'>): void {
  const { ari, legs, host } = hand;
  const { contactId } = command;
  const leg = legs.customer(contactId);
  if (leg?.role === 'caller') leg.endedByUs = true;
  const channelId = legs.channel(contactId);
  const request = ari.request('channels.hangup', { channelId, reason_code: q850Of(command.cause) });
  send(hand, command, request, (error) => {
    if (error.code !== 'ari.not_found' || !leg || !legs.remove(leg.legId)) return;
    if (leg.role === 'caller') ended(host, contactId, host.now());
    else host.take({ kind: 'leg.ended', atMs: host.now(), contactId, legId: leg.legId, cause: 'lost' });
  });
}

function ended(host: DoorHost, contactId: string, atMs: AtMs): void {
  host.take({ kind: 'contact.ended', atMs, contactId, cause: 'lost', endedBy: 'system' });
}

/** Gives the call back to the dialplan's own words of regret. */
export function refuse(hand: Hand, command: CommandOf<'refuse'>): void {
  const { contactId } = command;
  const channelId = hand.legs.channel(contactId);
  hand.legs.remove(contactId);
  const place = { context: CONTEXT.absent, extension: 's', label: 'sorry' };
  send(hand, command, hand.ari.request('channels.continueInDialplan', { channelId, ...place }));
}
