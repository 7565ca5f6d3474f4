import type { Command, CommandOf } from '../model/command.ts';
import type { Event, EventOf } from '../model/event.ts';
import type { ContactId } from '../model/ids.ts';
import type { PromptPart } from '../model/prompt.ts';
import type { State } from './state.ts';

/** A command for a door, or a prompt that must be spoken into files before the door can play it. */
export type Task = Command | { do: 'speak'; contactId: ContactId; promptId: string; parts: readonly PromptPart[] };

/** What the doors have to do because of one event, in the state after the whole batch. Pure. */
export function tasksFor(state: State, event: Event): Task[] {
  switch (event.kind) {
    case 'answer.requested':
      return [{ do: 'answer', contactId: event.contactId }];
    case 'prompt.started':
      return [{ do: 'speak', contactId: event.contactId, promptId: event.promptId, parts: event.parts }];
    case 'prompt.stopped':
      return [{ do: 'stop_prompt', contactId: event.contactId, promptId: event.promptId }];
    case 'hangup.requested':
      return [{ do: 'hangup', contactId: event.contactId, cause: event.cause }];
    case 'contact.queued':
      return waitingTasks(state, event.contactId);
    case 'offer.made':
      return offerTasks(state, event);
    case 'offer.expired':
    case 'offer.withdrawn':
      return [{ do: 'withdraw', offerId: event.offerId }];
    case 'contact.connected':
      return [{ do: 'connect', contactId: event.contactId, offerId: event.offerId }];
    case 'contact.requeued':
      return [
        { do: 'release', contactId: event.contactId, offerId: event.offerId },
        ...waitingTasks(state, event.contactId),
      ];
    case 'contact.handled':
      return [{ do: 'release', contactId: event.contactId, offerId: event.offerId }];
    case 'contact.dequeued':
      return event.reason === 'timeout' ? [{ do: 'stop_music', contactId: event.contactId }] : [];
    default:
      return [];
  }
}

/** A contact that has to wait hears music, and is answered for it: before answer most networks let nothing through. */
export function waitingTasks(state: State, contactId: ContactId): Task[] {
  const item = state.acd.items.get(contactId);
  if (item?.stage !== 'waiting') return [];
  const tasks: Task[] = [];
  if (state.contacts.get(contactId)?.answeredAtMs == null) tasks.push({ do: 'answer', contactId });
  tasks.push({ do: 'start_music', contactId, music: state.acd.site.queues[item.queueId]?.music ?? 'default' });
  return tasks;
}

function offerTasks(state: State, event: EventOf<'offer.made'>): Task[] {
  if (!state.acd.offers.has(event.offerId)) return [];
  const { contactId } = event;
  const tasks: Task[] = [ringTask(state, event)];
  const contact = state.contacts.get(contactId);
  const item = state.acd.items.get(contactId);
  // Offered in the moment it was queued: the caller has not been told to wait yet.
  if (item?.queuedAtMs !== event.atMs) return tasks;
  if (contact?.answeredAtMs == null) tasks.push({ do: 'indicate_ringing', contactId });
  else tasks.push({ do: 'start_music', contactId, music: state.acd.site.queues[item.queueId]?.music ?? 'default' });
  return tasks;
}

function ringTask(state: State, offer: EventOf<'offer.made'>): CommandOf<'ring'> {
  const { offerId, contactId, agentId, deadlineMs } = offer;
  return { do: 'ring', offerId, contactId, agentId, from: state.contacts.get(contactId)?.from ?? '', deadlineMs };
}
