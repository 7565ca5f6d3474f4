import { queueOf } from '../acd/routing/tables.ts';
import type { DoorName } from '../model/channel.ts';
import type { Command, CommandOf } from '../model/command.ts';
import type { Event, EventOf } from '../model/event.ts';
import type { ContactId, OfferId, QueueId } from '../model/ids.ts';
import type { PromptPart } from '../model/prompt.ts';
import { textTasks } from './chat/text-tasks.ts';
import type { State } from './state.ts';

/** A command for a door, or a prompt that must be spoken into files before the door can play it. */
export type Task = Command | { do: 'speak'; contactId: ContactId; promptId: string; parts: readonly PromptPart[] };

/**
 * What the doors have to do because of one event, in the state after the whole batch. Pure.
 * To take back or to end is said for every contact that is not known to be written: it is harmless for a leg that the door
 * never had, and by then the contact, and with it the knowledge of its channel, may be gone.
 */
export function tasksFor(state: State, event: Event): Task[] {
  if ('contactId' in event && event.contactId !== undefined && state.transcripts.has(event.contactId)) {
    return textTasks(event.contactId, event);
  }
  switch (event.kind) {
    case 'answer.requested':
      return [{ do: 'answer', contactId: event.contactId }];
    case 'prompt.started':
      return [
        ...(isUnserved(state, event.contactId) ? [{ do: 'stop_music', contactId: event.contactId } as const] : []),
        { do: 'speak', contactId: event.contactId, promptId: event.promptId, parts: event.parts },
      ];
    case 'prompt.stopped':
      return [{ do: 'stop_prompt', contactId: event.contactId, promptId: event.promptId }];
    case 'prompt.finished':
      return musicAgain(state, event);
    case 'music.started':
      return [{ do: 'start_music', contactId: event.contactId, music: event.music }];
    case 'music.stopped':
      return [{ do: 'stop_music', contactId: event.contactId }];
    case 'ringing.requested':
      return [{ do: 'indicate_ringing', contactId: event.contactId }];
    case 'hangup.requested':
      return [{ do: 'hangup', contactId: event.contactId, cause: event.cause }];
    default:
      return queueTasks(state, event);
  }
}

function queueTasks(state: State, event: Event): Task[] {
  switch (event.kind) {
    case 'contact.queued':
      return waitingTasks(state, event.contactId);
    case 'contact.dequeued':
      return leavingTasks(state, event);
    case 'offer.made':
      return offerTasks(state, event);
    case 'offer.expired':
    case 'offer.withdrawn':
      return state.transcripts.has(contactOfOffer(event.offerId)) ? [] : [{ do: 'withdraw', offerId: event.offerId }];
    case 'contact.connected':
      return isCall(state, event.contactId)
        ? [{ do: 'connect', contactId: event.contactId, offerId: event.offerId }]
        : [];
    case 'contact.requeued':
      return [
        { do: 'release', contactId: event.contactId, offerId: event.offerId },
        ...waitingTasks(state, event.contactId),
      ];
    case 'contact.handled':
      return [{ do: 'release', contactId: event.contactId, offerId: event.offerId }];
    default:
      return [];
  }
}

/** An offer's id begins with the contact's (see acd/offers.ts); the offer itself is forgotten by now. */
function contactOfOffer(offerId: OfferId): ContactId {
  return offerId.slice(0, offerId.lastIndexOf('.'));
}

function isCall(state: State, contactId: ContactId): boolean {
  return state.acd.items.get(contactId)?.channel === 'voice';
}

/** A caller who has to wait hears music, and is answered for it: before answer most networks let nothing through. */
export function waitingTasks(state: State, contactId: ContactId): Task[] {
  const item = state.acd.items.get(contactId);
  if (item?.stage !== 'waiting' || item.channel !== 'voice') return [];
  const tasks: Task[] = [];
  if (state.contacts.get(contactId)?.answeredAtMs == null) tasks.push({ do: 'answer', contactId });
  tasks.push({ do: 'start_music', contactId, music: musicOf(state, item.queueId) });
  return tasks;
}

function isUnserved(state: State, contactId: ContactId): boolean {
  const item = state.acd.items.get(contactId);
  return item?.channel === 'voice' && item.stage !== 'talking';
}

/** Music and announcements take turns: who still waits when one is over hears music again. */
function musicAgain(state: State, { contactId, atMs }: EventOf<'prompt.finished'>): Task[] {
  const item = state.acd.items.get(contactId);
  const speaks = state.flow.sessions.get(contactId)?.promptId != null;
  // Who came to the queue in this moment heard the end of something else, and music begins by that.
  if (!item || speaks || item.queuedAtMs === atMs || !isUnserved(state, contactId)) return [];
  return [{ do: 'start_music', contactId, music: musicOf(state, item.queueId) }];
}

/** Music ends with the wait, but not on the way from one queue to the next. */
function leavingTasks(state: State, event: EventOf<'contact.dequeued'>): Task[] {
  const { reason, contactId, overflow } = event;
  const stays = reason === 'overflow' ? overflow?.target.to === 'queue' : reason !== 'timeout' && reason !== 'exit';
  if (stays) return [];
  return state.contacts.has(contactId) ? [{ do: 'stop_music', contactId }] : [];
}

function offerTasks(state: State, event: EventOf<'offer.made'>): Task[] {
  const { contactId, offerId, atMs } = event;
  const item = state.acd.items.get(contactId);
  if (!state.acd.offers.has(offerId) || item?.channel !== 'voice') return [];
  const tasks: Task[] = [ringTask(state, event)];
  // Offered in the moment it was queued: the caller has not been told to wait yet. Once, however many phones ring.
  if (item.queuedAtMs !== atMs || item.offers[0] !== offerId) return tasks;
  if (state.contacts.get(contactId)?.answeredAtMs == null) tasks.push({ do: 'indicate_ringing', contactId });
  else tasks.push({ do: 'start_music', contactId, music: musicOf(state, item.queueId) });
  return tasks;
}

function ringTask(state: State, offer: EventOf<'offer.made'>): CommandOf<'ring'> {
  const { offerId, contactId, agentId, deadlineMs } = offer;
  return { do: 'ring', offerId, contactId, agentId, from: state.contacts.get(contactId)?.from ?? '', deadlineMs };
}

function musicOf(state: State, queueId: QueueId): string {
  return queueOf(state.acd, queueId)?.music ?? 'default';
}

/** The door that a task is for. What belongs to an offer alone is a phone's. */
export function doorOf(state: State, task: Task): DoorName {
  switch (task.do) {
    case 'show':
    case 'show_status':
    case 'show_typing':
    case 'send_message':
      return 'chat';
    default: {
      if (!('contactId' in task)) return 'voice';
      return state.transcripts.has(task.contactId) ? 'chat' : 'voice';
    }
  }
}
