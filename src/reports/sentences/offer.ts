import type { EventOf } from '../../model/event.ts';
import { type About, CAUSES, type Sentences, seconds } from './sentence.ts';

type Kind = `offer.${'made' | 'rang' | 'answered' | 'expired' | 'withdrawn' | 'failed' | 'ended'}`;

const WITHDRAWN: Readonly<Record<EventOf<'offer.withdrawn'>['reason'], string>> = {
  customer_gone: 'the caller was gone',
  answered_elsewhere: 'somebody else answered first',
  queue_timeout: 'the longest wait of the flow was over',
  agent_gone: 'the agent was gone',
  leg_failed: 'the phone did not take the call',
  phone_unreachable: 'the phone was no longer reachable',
};

/** Offers of calls, which ring phones; of contacts in writing see QUIET_OFFER. */
export const OFFER: Sentences<Kind> = {
  'offer.made': (event, about) => `${phone(event, about)} was asked to ring.`,
  'offer.rang': (event, about) => `${phone(event, about)} began to ring.`,
  'offer.answered': (event, about) => `${rang(event, about)} and was answered.`,
  'offer.expired': (event, about) => `${rang(event, about)}; nobody answered.`,
  'offer.withdrawn': (event, about) => `${phone(event, about)} stopped ringing: ${WITHDRAWN[event.reason]}.`,
  'offer.failed': (event, about) => `${phone(event, about)} did not take the call (${CAUSES[event.cause]}).`,
  'offer.ended': (event, about) => `${phone(event, about)} left the call (${CAUSES[event.cause]}).`,
};

/** The same where nothing rings. */
export const QUIET_OFFER: Sentences<Kind> = {
  ...OFFER,
  'offer.made': ({ offerId }, { offered }) => `${offered(offerId)} was offered the contact.`,
  'offer.answered': (event, about) => `${about.offered(event.offerId)} accepted the offer${after(about)}.`,
  'offer.expired': (event, about) =>
    `${about.offered(event.offerId)} did not accept the offer in time; it was taken back${after(about)}.`,
  'offer.failed': (event, about) => `${about.offered(event.offerId)} rejected the offer${after(about)}.`,
  'offer.withdrawn': (event, about) => `The offer to ${about.offered(event.offerId)} was taken back${after(about)}.`,
};

type Offer = { readonly offerId: string };

function phone({ offerId }: Offer, { offered }: About): string {
  return `${offered(offerId)}'s phone`;
}

function rang(event: Offer, about: About): string {
  return about.openMs === undefined
    ? `${phone(event, about)} rang`
    : `${phone(event, about)} rang for ${seconds(about.openMs)}`;
}

function after({ openMs }: About): string {
  return openMs === undefined ? '' : ` after ${seconds(openMs)}`;
}
