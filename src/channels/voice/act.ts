import type { Command, CommandOf, Media } from '../../model/command.ts';
import type { AtMs } from '../../model/ids.ts';
import type { DoorHost } from '../channel.ts';
import type { AriClient } from './ari/client.ts';
import { AriError, type AriErrorCode } from './ari/error.ts';
import { q850Of } from './causes.ts';
import type { Legs } from './legs.ts';
import { ROLE, talkBridge } from './names.ts';
import { phoneAddress } from './phones.ts';

/** What is needed to carry out commands. */
export type Hand = {
  readonly ari: AriClient;
  readonly app: string;
  readonly host: DoorHost;
  readonly legs: Legs;
  /** Told of each request that failed in a way that nobody expected; for the log. */
  readonly onTrouble: (command: Command['do'], error: AriError) => void;
};

/** How long Asterisk lets a phone ring beyond our own deadline: it only matters when this program is gone. */
const RING_MARGIN_MS = 10_000;
/** The thing that the command is about is gone already: nothing is left to do. */
const GONE: readonly AriErrorCode[] = ['ari.not_found', 'ari.conflict', 'ari.precondition', 'ari.unprocessable'];

/**
 * Carries out one command. All its requests are given to the socket before this returns, and Asterisk handles a
 * socket's requests one after another: so commands are carried out in the order given, without waiting for answers.
 */
export function act(hand: Hand, command: Command): void {
  switch (command.do) {
    case 'answer':
      return send(hand, command, hand.ari.request('channels.answer', { channelId: command.contactId }));
    case 'indicate_ringing':
      return send(hand, command, hand.ari.request('channels.ring', { channelId: command.contactId }));
    case 'play':
      return play(hand, command);
    case 'stop_prompt':
      return send(hand, command, hand.ari.request('playbacks.stop', { playbackId: command.promptId }));
    case 'start_music':
      return send(
        hand,
        command,
        hand.ari.request('channels.startMoh', { channelId: command.contactId, mohClass: command.music }),
      );
    case 'stop_music':
      return send(hand, command, hand.ari.request('channels.stopMoh', { channelId: command.contactId }));
    case 'ring':
      return ring(hand, command);
    case 'withdraw':
      return hangUpAgent(hand, command);
    case 'connect':
      return connect(hand, command);
    case 'release':
      return release(hand, command);
    case 'hangup':
      return hangup(hand, command);
    case 'refuse':
      return refuse(hand, command);
    case 'show':
    case 'show_status':
    case 'show_typing':
    case 'send_message':
      // Nothing can be read on a telephone.
      return;
  }
}

/** Lets the request run; a failure because the thing is gone is no news, its end is told by an event. */
function send(hand: Hand, command: Command, request: Promise<unknown>, onFailure?: (error: AriError) => void): void {
  request.catch((error: unknown) => {
    if (!(error instanceof AriError)) throw error;
    onFailure?.(error);
    if (GONE.includes(error.code)) return;
    const legId = 'contactId' in command ? command.contactId : command.offerId;
    whenStillThere(hand, [legId], () => hand.onTrouble(command.do, error));
  });
}

/**
 * A leg that ends while a request about it is under way makes Asterisk answer with almost any status. The answer to
 * this question comes after the leg's own end, so what is called back for is real trouble.
 */
function whenStillThere(hand: Hand, legIds: readonly string[], onTrouble: () => void): void {
  Promise.all(legIds.map((channelId) => hand.ari.request('channels.get', { channelId }))).then(
    onTrouble,
    () => undefined,
  );
}

function play(hand: Hand, command: CommandOf<'play'>): void {
  const { contactId, promptId } = command;
  const media = command.media.map(mediaUri);
  const request = hand.ari.request('channels.playWithId', { channelId: contactId, playbackId: promptId, media });
  send(hand, command, request, () => {
    const atMs = hand.host.now();
    hand.host.take({ kind: 'prompt.finished', atMs, contactId, promptId, result: 'failed' });
  });
}

/** ARI's media addresses (POST /channels/{id}/play): sound files, digits read out, and the silent files that Asterisk brings. */
function mediaUri(media: Media): string {
  if ('sound' in media) return `sound:${media.sound}`;
  if ('digits' in media) return `digits:${media.digits}`;
  if ('recording' in media) return `recording:${media.recording}`;
  if ('tone' in media) return `tone:${media.tone}`;
  return `sound:silence/${Math.min(10, Math.max(1, Math.round(media.silenceMs / 1000)))}`;
}

function ring(hand: Hand, command: CommandOf<'ring'>): void {
  const { ari, app, host, legs } = hand;
  const { offerId, agentId } = command;
  legs.add({ role: 'agent', legId: offerId, agentId, rang: false, up: false });
  const timeout = Math.ceil((command.deadlineMs - host.now() + RING_MARGIN_MS) / 1000);
  const request = ari.request('channels.originateWithId', {
    channelId: offerId,
    endpoint: phoneAddress(agentId),
    app,
    appArgs: ROLE.agent,
    callerId: callerIdOf(command.from),
    timeout: Math.max(1, timeout),
  });
  send(hand, command, request, (error) => {
    // A request that was cut off may still ring the phone: hang up whatever became of it.
    ari.request('channels.hangup', { channelId: offerId }).catch(() => undefined);
    if (!legs.remove(offerId)) return;
    const cause = error.code === 'ari.failed' ? 'unavailable' : 'failed';
    host.take({ kind: 'offer.failed', atMs: host.now(), offerId, cause });
  });
}

function callerIdOf(from: string): string {
  const number = from.replace(/[^0-9A-Za-z+*#._-]/g, '');
  return number === '' ? 'unknown' : number;
}

function hangUpAgent(hand: Hand, command: CommandOf<'withdraw'> | CommandOf<'release'>): void {
  send(hand, command, hand.ari.request('channels.hangup', { channelId: command.offerId, reason_code: '16' }));
}

function connect(hand: Hand, command: CommandOf<'connect'>): void {
  const { ari, host, legs } = hand;
  const { contactId, offerId } = command;
  const caller = legs.caller(contactId);
  if (caller && !caller.up) send(hand, command, ari.request('channels.answer', { channelId: contactId }));
  else send(hand, command, ari.request('channels.stopMoh', { channelId: contactId }));
  const bridgeId = talkBridge(contactId);
  send(hand, command, ari.request('bridges.createWithId', { bridgeId, type: 'mixing' }));
  ari.request('bridges.addChannel', { bridgeId, channel: [contactId, offerId] }).catch((error: AriError) => {
    whenStillThere(hand, [contactId, offerId], () => {
      if (!legs.caller(contactId) || !legs.agent(offerId)) return;
      hand.onTrouble(command.do, error);
      host.take({ kind: 'connection.failed', atMs: host.now(), contactId, offerId });
    });
  });
}

function release(hand: Hand, command: CommandOf<'release'>): void {
  hangUpAgent(hand, command);
  send(hand, command, hand.ari.request('bridges.destroy', { bridgeId: talkBridge(command.contactId) }));
}

function hangup(hand: Hand, command: CommandOf<'hangup'>): void {
  const { ari, legs, host } = hand;
  const { contactId } = command;
  const leg = legs.caller(contactId);
  if (leg) leg.endedByUs = true;
  const request = ari.request('channels.hangup', { channelId: contactId, reason_code: q850Of(command.cause) });
  send(hand, command, request, (error) => {
    if (error.code === 'ari.not_found' && legs.remove(contactId)) ended(host, contactId, host.now());
  });
}

function ended(host: DoorHost, contactId: string, atMs: AtMs): void {
  host.take({ kind: 'contact.ended', atMs, contactId, cause: 'lost', endedBy: 'system' });
}

/** Gives the call back to the dialplan's own words of regret. */
function refuse(hand: Hand, command: CommandOf<'refuse'>): void {
  const { contactId } = command;
  hand.legs.remove(contactId);
  const request = hand.ari.request('channels.continueInDialplan', {
    channelId: contactId,
    context: 'controller-absent',
    extension: 's',
    label: 'sorry',
  });
  send(hand, command, request);
}
