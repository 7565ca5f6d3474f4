import type { EventOf } from '../model/event.ts';
import type { AtMs, QueueId } from '../model/ids.ts';
import type { Item } from './state.ts';

/** How an item comes to another queue: as what it is, and as urgent as it was. What it asks for there, the caller adds. */
export function queuedAgain(
  { contactId, channel, label, attributes, customer, priority, consult }: Item,
  queueId: QueueId,
  atMs: AtMs,
): Omit<EventOf<'contact.queued'>, 'needs' | 'virtualStartMs'> {
  return {
    kind: 'contact.queued',
    atMs,
    contactId,
    queueId,
    channel,
    ...(label === null ? {} : { label }),
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    ...(customer === null ? {} : { customer }),
    priority,
    skills: [],
    ...(consult ? { consult } : {}),
  };
}
