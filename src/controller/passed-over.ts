import type { Event } from '../model/event.ts';
import type { State } from './state.ts';

/**
 * True for what a door tells of a contact or an offer that we know nothing of (any more): it came late, or twice, or belongs to
 * a leg that is being taken down. It changes nothing; how often it happens says how well the door and we keep in step.
 */
export function isPassedOver({ acd, contacts, over }: State, event: Event): boolean {
  switch (event.kind) {
    case 'contact.arrived':
      return contacts.has(event.contactId) || over.has(event.contactId);
    case 'offer.rang':
    case 'offer.answered':
    case 'offer.failed':
    case 'offer.ended':
      return !acd.offers.has(event.offerId);
    case 'contact.answered':
    case 'contact.ended':
    case 'prompt.finished':
    case 'digit.received':
    case 'speech.started':
    case 'speech.heard':
    case 'speech.missed':
    case 'speech.failed':
    case 'message.received':
    case 'connection.failed':
      return !contacts.has(event.contactId);
    default:
      return false;
  }
}
