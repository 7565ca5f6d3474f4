import type { Channel } from '../ari/generated.ts';
import { isCustomer } from '../legs.ts';
import type { Ear } from './ear.ts';

export function stateChanged(ear: Ear, channel: Channel): void {
  const { host, legs } = ear;
  const leg = legs.ofChannel(channel.id);
  if (!leg) return;
  const { contactId, legId } = leg;
  if (leg.role === 'caller') {
    if (channel.state !== 'Up' || leg.up) return;
    leg.up = true;
    host.take({ kind: 'contact.answered', atMs: host.now(), contactId });
  } else if (channel.state === 'Ringing' && !leg.rang) {
    leg.rang = true;
    if (leg.role === 'agent') host.take({ kind: 'offer.rang', atMs: host.now(), offerId: legId });
    else host.take({ kind: 'leg.rang', atMs: host.now(), contactId, legId });
  }
}

export function digit({ host, legs }: Ear, channelId: string, pressed: string): void {
  const leg = legs.ofChannel(channelId);
  if (!leg) return;
  const { contactId, legId } = leg;
  const atMs = host.now();
  if (isCustomer(leg)) host.take({ kind: 'digit.received', atMs, contactId, digit: pressed });
  else host.take({ kind: 'leg.pressed', atMs, contactId, legId, digit: pressed });
}

/** The hold button. A customer who puts us on hold is no concern of anybody's: Asterisk plays music to the others. */
export function held({ host, legs }: Ear, channelId: string): void {
  const leg = legs.ofChannel(channelId);
  if (!leg || isCustomer(leg)) return;
  leg.held = true;
  host.take({ kind: 'leg.held', atMs: host.now(), contactId: leg.contactId, legId: leg.legId });
}

/** Asterisk says so of every leg that leaves a bridge by a transfer, too; only one that was held can be retrieved. */
export function retrieved({ host, legs }: Ear, channelId: string): void {
  const leg = legs.ofChannel(channelId);
  if (!leg || isCustomer(leg) || leg.held === false) return;
  leg.held = false;
  host.take({ kind: 'leg.retrieved', atMs: host.now(), contactId: leg.contactId, legId: leg.legId });
}
