import type { CommandOf } from '../../../model/command.ts';
import { phoneAddress } from '../equipment/phones.ts';
import type { AgentLeg } from '../legs.ts';
import type { AgentLine } from '../lines.ts';
import { lineChannel, lineTone, markText, placeBridge, ROLE } from '../names.ts';
import { type Hand, send, tidy } from './hand.ts';
import { stopPlaying } from './prompts.ts';

/** How long a phone rings for its line to be opened. */
const OPEN_S = 30;
/** What an agent hears before a contact: a file that comes with Asterisk's core sounds. */
const TONE = 'sound:beep';

/** Rings an agent's phone once, for a line that stays. One that is there already is told anew. */
export function openLine(hand: Hand, command: CommandOf<'open_line'>): void {
  const { ari, app, host, lines } = hand;
  const { agentId } = command;
  const known = lines.of(agentId);
  if (known) {
    if (known.up) host.take({ kind: 'line.opened', atMs: host.now(), agentId });
    return;
  }
  const channelId = lineChannel(agentId, host.now());
  lines.add({ agentId, channelId, up: false });
  const request = ari.request('channels.originateWithId', {
    channelId,
    endpoint: phoneAddress(agentId),
    app,
    appArgs: [ROLE.line, agentId].join(),
    timeout: OPEN_S,
  });
  send(hand, command, request, (error) => {
    ari.request('channels.hangup', { channelId }).catch(() => undefined);
    if (!lines.remove(channelId)) return;
    const cause = error.code === 'ari.failed' ? 'unavailable' : 'failed';
    host.take({ kind: 'line.closed', atMs: host.now(), agentId, cause });
  });
}

export function closeLine(hand: Hand, command: CommandOf<'close_line'>): void {
  const line = hand.lines.of(command.agentId);
  if (!line) return;
  send(hand, command, hand.ari.request('channels.hangup', { channelId: line.channelId, reason_code: '16' }));
}

/**
 * Makes the line the offer's leg. Nothing rings: the agent hears a tone, and has answered when it is over (`toneOver`),
 * because a channel that is being played to cannot be joined with the customer's.
 */
export function offerOnLine(hand: Hand, command: CommandOf<'ring'>, line: AgentLine): void {
  const { ari, host, legs } = hand;
  const { offerId, contactId, agentId } = command;
  const { channelId } = line;
  line.offerId = offerId;
  const state = { rang: true, up: false, held: false, onLine: true };
  legs.add({ role: 'agent', legId: offerId, channelId, contactId, agentId, ...state });
  write(hand, channelId, markText({ role: 'agent', legId: offerId }, channelId));
  host.take({ kind: 'offer.rang', atMs: host.now(), offerId });
  const playback = { channelId, playbackId: lineTone(offerId), media: TONE };
  ari.request('channels.playWithId', playback).catch(() => {
    // A line whose end was not told is none; the leg of the next offer is a call of its own.
    if (!legs.remove(offerId)) return;
    hand.lines.remove(channelId);
    ari.request('channels.hangup', { channelId }).catch(() => undefined);
    host.take({ kind: 'offer.failed', atMs: host.now(), offerId, cause: 'unavailable' });
    host.take({ kind: 'line.closed', atMs: host.now(), agentId, cause: 'lost' });
  });
}

export function toneOver({ host, legs }: Hand, offerId: string): void {
  const leg = legs.agent(offerId);
  if (!leg || leg.up) return;
  leg.up = true;
  host.take({ kind: 'offer.answered', atMs: host.now(), offerId });
}

/** The offer is over, the line stays. It hears nothing until the next one. */
export function freeLine(hand: Hand, leg: AgentLeg): void {
  const { ari, host, legs, lines } = hand;
  const { legId: offerId, channelId, contactId } = leg;
  tidy(ari.request('playbacks.stop', { playbackId: lineTone(offerId) }));
  stopPlaying(hand, channelId);
  for (const place of ['talk', 'aside'] as const) {
    tidy(ari.request('bridges.removeChannel', { bridgeId: placeBridge(place, contactId), channel: channelId }));
  }
  tidy(ari.request('channels.unmute', { channelId, direction: 'in' }));
  tidy(ari.request('channels.stopMoh', { channelId }));
  write(hand, channelId, '');
  legs.remove(offerId);
  const line = lines.ofChannel(channelId);
  if (line) line.offerId = undefined;
  host.take({ kind: leg.up ? 'offer.ended' : 'offer.failed', atMs: host.now(), offerId, cause: 'hung_up' });
}

/** For a life after this one: whose leg the line is at the moment. */
function write({ ari }: Hand, channelId: string, value: string): void {
  tidy(ari.request('channels.setChannelVar', { channelId, variable: 'CHANNEL(accountcode)', value }));
}
