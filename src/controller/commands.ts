import type { Item } from '../acd/state.ts';
import { queueMusic } from '../calls/queue-music.ts';
import { type DoorName, PHONE_CHANNELS } from '../model/channel.ts';
import type { Command, CommandOf } from '../model/command.ts';
import type { Event, EventOf } from '../model/event.ts';
import type { ContactId, LegId, OfferId } from '../model/ids.ts';
import type { PromptPart } from '../model/prompt.ts';
import { callTasks, firstJoin } from './call-control/call-tasks.ts';
import { ringTone } from './call-control/seat-tasks.ts';
import { textTasks } from './chat/text-tasks.ts';
import type { State } from './state.ts';

/** A command for a door, or a prompt that must be spoken into files before the door can play it. */
export type Task =
  | Command
  | { do: 'speak'; contactId: ContactId; promptId: string; parts: readonly PromptPart[]; offsetMs?: number }
  /** The same for a leg that is not the customer's. */
  | { do: 'speak_to'; contactId: ContactId; legId: LegId; promptId: string; parts: readonly PromptPart[] };

/** What has to be made into sound first. */
export type Spoken = Extract<Task, { do: 'speak' | 'speak_to' }>;

/**
 * What the doors have to do because of one event, in the state after the whole batch. Pure.
 * To take back or to end is said for every contact that is not known to be written: it is harmless for a leg that the door
 * never had, and by then the contact, and with it the knowledge of its channel, may be gone.
 */
export function tasksFor(state: State, event: Event): Task[] {
  if ('contactId' in event && event.contactId !== undefined && state.transcripts.has(event.contactId)) {
    return textTasks(event.contactId, event);
  }
  return [...contactTasks(state, event), ...callTasks(state, event)];
}

function contactTasks(state: State, event: Event): Task[] {
  switch (event.kind) {
    case 'contact.answered':
      return reachedTasks(state, event.contactId);
    case 'answer.requested':
      return [{ do: 'answer', contactId: event.contactId }];
    case 'prompt.started':
      return [
        ...(isUnserved(state, event.contactId) ? [{ do: 'stop_music', contactId: event.contactId } as const] : []),
        speakTask(event),
      ];
    case 'prompt.stopped':
      return [{ do: 'stop_prompt', contactId: event.contactId, promptId: event.promptId }];
    case 'prompt.finished':
      return musicAgain(state, event);
    case 'music.started':
      return [{ do: 'start_music', contactId: event.contactId, music: event.music }];
    case 'music.stopped':
      return [{ do: 'stop_music', contactId: event.contactId }];
    case 'flow.resumed':
      return waitsAgain(state, event.contactId);
    case 'ringing.requested':
      return [{ do: 'indicate_ringing', contactId: event.contactId }];
    case 'hangup.requested':
      return [{ do: 'hangup', contactId: event.contactId, cause: event.cause }];
    default:
      return queueTasks(state, event);
  }
}

function speakTask({ contactId, promptId, parts, offsetMs }: EventOf<'prompt.started'>): Task {
  return { do: 'speak', contactId, promptId, parts, ...(offsetMs === undefined ? {} : { offsetMs }) };
}

/** Who waited while we were away: an announcement that was being made then took the place of the music. */
function waitsAgain(state: State, contactId: ContactId): Task[] {
  const session = state.flow.sessions.get(contactId);
  const music = session?.promptId == null ? waitingTasks(state, contactId) : [];
  if (!session || music.length === 0) return [];
  return [{ do: 'stop_prompt', contactId, promptId: `${contactId}.p${session.promptCount}` }, ...music];
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
    case 'contact.requeued':
      return [
        { do: 'release', contactId: event.contactId, offerId: event.offerId },
        ...waitingTasks(state, event.contactId),
      ];
    case 'contact.handled': {
      const { contactId, offerId, transferred } = event;
      // The talk goes on with somebody else, and so does its place: one that is taken away and made anew at once loses who comes to it.
      const stays = transferred?.to === 'agent' || state.calls.calls.get(contactId)?.farTalk != null;
      if (stays) return [{ do: 'drop_leg', contactId, legId: offerId }];
      return [{ do: 'release', contactId, offerId }];
    }
    default:
      return [];
  }
}

/** An offer's id begins with the contact's (see acd/offers.ts); the offer itself is forgotten by now. */
function contactOfOffer(offerId: OfferId): ContactId {
  return offerId.slice(0, offerId.lastIndexOf('.'));
}

/** The customer is on the line: one who called, or whom we have reached. */
function isHere(state: State, contactId: ContactId): boolean {
  return state.calls.calls.get(contactId)?.customer === 'here';
}

/** The customer whom we called is on the line: with the agent who waits for that, or to wait for one, whose phone rings now. */
function reachedTasks(state: State, contactId: ContactId): Task[] {
  const call = state.calls.calls.get(contactId);
  const item = state.acd.items.get(contactId);
  if (!call?.placed || !item || call.customer !== 'here') return [];
  if (item.stage === 'waiting') return waitingTasks(state, contactId);
  if (item.stage === 'offered')
    return [startMusic(state, contactId), ...item.offers.flatMap((id) => ringTask(state, id))];
  const stopRinging = item.offers.map((id) => ({ do: 'stop_prompt', contactId, promptId: ringTone(id) }) as const);
  return [...stopRinging, ...firstJoin(state, call)];
}

/** A caller who has to wait hears music, and is answered for it: before answer most networks let nothing through. */
export function waitingTasks(state: State, contactId: ContactId): Task[] {
  const item = state.acd.items.get(contactId);
  if (item?.stage !== 'waiting' || !isHere(state, contactId)) return [];
  const tasks: Task[] = [];
  if (state.contacts.get(contactId)?.answeredAtMs == null) tasks.push({ do: 'answer', contactId });
  tasks.push(startMusic(state, contactId));
  return tasks;
}

function isUnserved(state: State, contactId: ContactId): boolean {
  const item = state.acd.items.get(contactId);
  return item !== undefined && item.stage !== 'talking' && isHere(state, contactId);
}

/** Music and announcements take turns: who still waits when one is over hears music again. */
function musicAgain(state: State, { contactId, atMs }: EventOf<'prompt.finished'>): Task[] {
  const item = state.acd.items.get(contactId);
  const speaks = state.flow.sessions.get(contactId)?.promptId != null;
  // Who came to the queue in this moment heard the end of something else, and music begins by that.
  if (!item || speaks || item.queuedAtMs === atMs || !isUnserved(state, contactId)) return [];
  return [startMusic(state, contactId)];
}

/** Music ends with the wait, but not on the way from one queue to the next. */
function leavingTasks(state: State, event: EventOf<'contact.dequeued'>): Task[] {
  const { reason, contactId, overflow } = event;
  const goesOn = reason === 'timeout' || reason === 'exit' || reason === 'emergency';
  const stays = reason === 'overflow' ? overflow?.target.to === 'queue' : !goesOn;
  if (stays) return [];
  return state.contacts.has(contactId) ? [{ do: 'stop_music', contactId }] : [];
}

function offerTasks(state: State, event: EventOf<'offer.made'>): Task[] {
  const { contactId, offerId, atMs } = event;
  const item = state.acd.items.get(contactId);
  if (!item || !ringsNow(state, item)) return [];
  const tasks: Task[] = ringTask(state, offerId);
  if (!isHere(state, contactId)) return tasks;
  // Offered in the moment it was queued: the caller has not been told to wait yet. Once, however many phones ring.
  if (item.queuedAtMs !== atMs || item.offers[0] !== offerId) return tasks;
  if (state.contacts.get(contactId)?.answeredAtMs == null) tasks.push({ do: 'indicate_ringing', contactId });
  else tasks.push(startMusic(state, contactId));
  return tasks;
}

/** Where the customer is dialled first, the agent's phone is left alone until there is somebody to talk to. */
export function ringsNow(state: State, { contactId, channel }: Item): boolean {
  const call = state.calls.calls.get(contactId);
  if (call?.placed?.mode === 'customer_first' && call.customer === 'away') return false;
  return PHONE_CHANNELS.has(channel);
}

function ringTask(state: State, offerId: OfferId): CommandOf<'ring'>[] {
  const offer = state.acd.offers.get(offerId);
  if (!offer) return [];
  const { contactId, agentId, deadlineMs } = offer;
  return [{ do: 'ring', offerId, contactId, agentId, from: shownTo(state, contactId), deadlineMs }];
}

/** The number that the agent's phone shows: the customer's, or that of the colleague who asks. */
export function shownTo(state: State, contactId: ContactId): string {
  const asking = state.calls.consults.get(contactId);
  if (asking === undefined) return state.contacts.get(contactId)?.from ?? '';
  const agentId = state.calls.calls.get(asking)?.talk?.agentId ?? '';
  return state.acd.site.agents[agentId]?.extension ?? '';
}

function startMusic(state: State, contactId: ContactId): CommandOf<'start_music'> {
  const call = state.calls.calls.get(contactId);
  return { do: 'start_music', contactId, music: call ? queueMusic(state.calls, call) : 'default' };
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
