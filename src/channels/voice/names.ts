import type { ContactId, LegId, OfferId } from '../../model/ids.ts';

/**
 * The names that this door gives to Asterisk's things, so that each can be told from its name alone, also after a
 * restart: a caller's leg is the contact's id, an agent's leg the offer's id, a talk is a bridge named after its contact.
 */

const TALK = 'talk-';

export function talkBridge(contactId: ContactId): string {
  return `${TALK}${contactId}`;
}

export function contactOfBridge(bridgeId: string): ContactId | undefined {
  return bridgeId.startsWith(TALK) ? bridgeId.slice(TALK.length) : undefined;
}

/** Offer ids end in `.o` with a count and a time (see acd/offers.ts); Asterisk's own channel ids never do. */
export function isOfferLeg(legId: LegId): legId is OfferId {
  return /\.o\d+-[0-9a-z]+$/.test(legId);
}

/** Roles that the dialplan and our own originate give to Stasis as its first argument. */
export const ROLE = { caller: 'caller', phone: 'phone', agent: 'agent' } as const;

/** `PJSIP/anna-0000001f` is a leg of the phone anna. */
export function phoneOfChannel(channelName: string): string | undefined {
  return /^PJSIP\/(.+)-[0-9a-f]{8}$/.exec(channelName)?.[1];
}
