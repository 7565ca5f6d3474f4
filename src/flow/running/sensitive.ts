import type { Event, EventOf } from '../../model/event.ts';
import type { FlowState } from '../session.ts';
import { place } from './place.ts';

/** What a customer enters while the step that asks for it is a sensitive one is marked before anybody sees it. */
export function marked(state: FlowState, event: Event): Event {
  if (event.kind !== 'digit.received' && event.kind !== 'speech.heard' && event.kind !== 'message.received')
    return event;
  const session = state.sessions.get(event.contactId);
  const here = session && place(state, session);
  return here?.kind.sensitive?.(here.step.with) ? { ...event, sensitive: true } : event;
}

/** The event as it may be written down and shown: without what is sensitive. */
export function withoutSecrets(event: Event): Event {
  switch (event.kind) {
    case 'digit.received':
      return event.sensitive ? { ...event, digit: '' } : event;
    case 'speech.heard':
      return event.sensitive ? withoutWords(event) : event;
    case 'message.received':
      return event.sensitive ? { ...event, text: '' } : event;
    // A code that opens something, as like as not.
    case 'dtmf.sent':
      return { ...event, digits: '' };
    case 'step.left': {
      if (event.secrets === undefined) return event;
      const { secrets: _, ...rest } = event;
      return rest;
    }
    default:
      return event;
  }
}

function withoutWords({ alternatives: _, ...event }: EventOf<'speech.heard'>): EventOf<'speech.heard'> {
  return { ...event, text: '' };
}
