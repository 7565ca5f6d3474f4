import type { CommandOf } from '../../../model/command.ts';
import type { ContactId } from '../../../model/ids.ts';
import type { AriError } from '../ari/error.ts';
import { phoneAddress } from '../equipment/phones.ts';
import { CONTEXT, ROLE, talkBridge } from '../names.ts';
import { type Hand, send, whenStillThere } from './hand.ts';
import { freeLine, offerOnLine } from './lines.ts';
import { bring, destroy } from './places.ts';
import { stopPlaying } from './prompts.ts';

/** How long Asterisk lets a phone ring beyond our own deadline: it only matters when this program is gone. */
const RING_MARGIN_MS = 10_000;

/** Where Asterisk sends whom a phone transfers (SIP REFER), see listen/refer.ts. */
export const TRANSFERS = { TRANSFER_CONTEXT: CONTEXT.referred };

/** @returns seconds for ARI's `timeout`, which means 30 when it is 0. */
export function ringSeconds(hand: Hand, deadlineMs: number): number {
  return Math.max(1, Math.ceil((deadlineMs - hand.host.now() + RING_MARGIN_MS) / 1000));
}

/**
 * Who is asked for is offered the pictures that the customer has, where its endpoint may have them. By default Asterisk
 * offers sound alone, and would ask a second time when both are joined. `slin` stands for any sound: that which the endpoint has.
 */
export function formatsFor({ legs }: Hand, contactId: ContactId): { formats?: string } {
  const customer = legs.caller(contactId);
  return customer?.pictures?.length ? { formats: ['slin', ...customer.pictures].join() } : {};
}

export function ring(hand: Hand, command: CommandOf<'ring'>): void {
  const { ari, app, host, legs } = hand;
  const { offerId, agentId, contactId } = command;
  const line = hand.lines.free(agentId);
  if (line) return offerOnLine(hand, command, line);
  legs.add({
    role: 'agent',
    legId: offerId,
    channelId: offerId,
    contactId,
    agentId,
    rang: false,
    up: false,
    held: false,
  });
  const request = ari.request('channels.originateWithId', {
    channelId: offerId,
    endpoint: phoneAddress(agentId),
    app,
    appArgs: ROLE.agent,
    callerId: callerIdOf(command.from),
    timeout: ringSeconds(hand, command.deadlineMs),
    ...formatsFor(hand, contactId),
    variables: TRANSFERS,
  });
  legs.asked(offerId, request);
  send(hand, command, request, (error) => {
    // A request that was cut off may still ring the phone: hang up whatever became of it.
    ari.request('channels.hangup', { channelId: offerId }).catch(() => undefined);
    if (!legs.remove(offerId)) return;
    const cause = error.code === 'ari.failed' ? 'unavailable' : 'failed';
    host.take({ kind: 'offer.failed', atMs: host.now(), offerId, cause });
  });
}

/** What may stand in a caller id; anything else would end it or begin a name. */
export function callerIdOf(from: string): string {
  const number = from.replace(/[^0-9A-Za-z+*#._-]/g, '');
  return number === '' ? 'unknown' : number;
}

export function withdraw(hand: Hand, command: CommandOf<'withdraw'> | CommandOf<'release'>): void {
  const leg = hand.legs.agent(command.offerId);
  if (leg?.onLine) return freeLine(hand, leg);
  const channelId = hand.legs.channel(command.offerId);
  send(hand, command, hand.ari.request('channels.hangup', { channelId, reason_code: '16' }));
}

export function connect(hand: Hand, command: CommandOf<'connect'>): void {
  const { ari, host, legs } = hand;
  const { contactId, offerId } = command;
  const customer = legs.customer(contactId);
  const channelId = legs.channel(contactId);
  if (customer && !customer.up) send(hand, command, ari.request('channels.answer', { channelId }));
  else send(hand, command, ari.request('channels.stopMoh', { channelId }));
  const channels = [channelId, legs.channel(offerId)];
  for (const channel of channels) stopPlaying(hand, channel);
  bring(hand, talkBridge(contactId), channels).catch((error: AriError) => {
    whenStillThere(hand, [contactId, offerId], () => {
      if (!legs.customer(contactId) || !legs.agent(offerId)) return;
      hand.onTrouble(command.do, error);
      host.take({ kind: 'connection.failed', atMs: host.now(), contactId, offerId });
    });
  });
}

/** An agent who hung up has no leg any more; one of which we only think so belongs to nobody, and the next look hangs it up. */
export function release(hand: Hand, command: CommandOf<'release'>): void {
  if (hand.legs.get(command.offerId)) withdraw(hand, command);
  destroy(hand, command, talkBridge(command.contactId));
}
