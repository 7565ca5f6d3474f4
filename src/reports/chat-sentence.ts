import type { Event } from '../model/event.ts';
import type { AgentId } from '../model/ids.ts';

/** How long a line is, which is all that is told of it: what people write is private. */
function lineOf(text: string): string {
  return text.length === 1 ? 'a line of 1 character' : `a line of ${text.length} characters`;
}

/** A sentence about a line that was written, or a choice that was taken. */
export function aboutLine(event: Event, nameOf: (id: AgentId) => string): string | undefined {
  switch (event.kind) {
    case 'message.received':
      return event.sensitive
        ? 'The customer wrote a line that is not kept.'
        : `The customer wrote ${lineOf(event.text)}.`;
    case 'message.sent':
      return `${nameOf(event.agentId)} wrote ${lineOf(event.text)}.`;
    case 'digit.received':
      return event.messageId === undefined ? undefined : 'The customer took one of the choices.';
    default:
      return undefined;
  }
}

/** A sentence about an offer that rings no phone. */
export function aboutQuietOffer(event: Event, agent: string, openMs: number | undefined): string | undefined {
  const after = openMs === undefined ? '' : ` after ${(openMs / 1000).toFixed(1)} s`;
  switch (event.kind) {
    case 'offer.made':
      return `${agent} was offered the contact.`;
    case 'offer.answered':
      return `${agent} accepted the offer${after}.`;
    case 'offer.expired':
      return `${agent} did not accept the offer in time; it was taken back${after}.`;
    case 'offer.failed':
      return `${agent} rejected the offer${after}.`;
    case 'offer.withdrawn':
      return `The offer to ${agent} was taken back${after}.`;
    default:
      return undefined;
  }
}

/** The words of a call as they are for a chat. */
export function inChatWords(sentence: string): string {
  return sentence.replace(/\bcaller\b/g, 'customer').replace(/\bcall\b/g, 'chat');
}
