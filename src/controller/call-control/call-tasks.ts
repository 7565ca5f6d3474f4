import { whisperOf } from '../../calls/dialling.ts';
import { isPaused } from '../../calls/recording/state.ts';
import { type Call, callOf } from '../../calls/state.ts';
import type { Event, EventOf } from '../../model/event.ts';
import type { ContactId } from '../../model/ids.ts';
import type { Task } from '../commands.ts';
import type { State } from '../state.ts';
import { watchTasks } from '../watch/watch-tasks.ts';
import { dialTone, ringTone, seatTasks } from './seat-tasks.ts';

/**
 * What the door to the telephone has to do about calls of more than two, because of one event and in the state after the whole
 * batch. Pure. Where everybody is to be is worked out from the state (calls/seating.ts), so it may be said twice and does no harm.
 */
export function callTasks(state: State, event: Event): Task[] {
  if (!('contactId' in event) || event.contactId === undefined) return lineTasks(event);
  const call = callOf(state.calls, event.contactId);
  return [
    ...legTasks(event),
    ...(call ? aboutCall(state, call, event) : []),
    ...overTasks(state, call, event),
    ...watchTasks(state, event),
  ];
}

/** A line that was never opened may be closed without harm. */
function lineTasks(event: Event): Task[] {
  if (event.kind === 'line.asked') return [{ do: 'open_line', agentId: event.agentId }];
  return event.kind === 'agent.logged_out' ? [{ do: 'close_line', agentId: event.agentId }] : [];
}

/** Said even when the call is over: a leg that was asked for in the same moment is taken back. */
function legTasks(event: Event): Task[] {
  switch (event.kind) {
    case 'leg.asked': {
      const { kind: _, atMs: __, ...leg } = event;
      return [{ do: 'dial', ...leg }];
    }
    case 'leg.given_up':
      return [{ do: 'drop_leg', contactId: event.contactId, legId: event.legId }];
    case 'dtmf.sent':
      return [{ do: 'send_dtmf', contactId: event.contactId, digits: event.digits, toneMs: event.toneMs }];
    case 'detection.asked': {
      const { kind: _, atMs: __, ...asked } = event;
      return [{ do: 'detect_machine', ...asked }];
    }
    case 'recording.started': {
      const { contactId, recordingId, sides, message } = event;
      return [{ do: 'record', contactId, recordingId, sides, ...(message ? { message } : {}) }];
    }
    case 'recording.stopped': {
      const { contactId, recordingId, discard = false } = event;
      return [{ do: 'stop_recording', contactId, recordingId, discard }];
    }
    default:
      return [];
  }
}

function aboutCall(state: State, call: Call, event: Event): Task[] {
  const { contactId } = call;
  switch (event.kind) {
    case 'recording.paused':
    case 'recording.resumed': {
      // Several may have paused it; it goes on when all of them let it.
      const paused = isPaused(state.calls.recordings, contactId);
      return [{ do: 'pause_recording', contactId, recordingId: event.recordingId, paused }];
    }
    case 'call.muted':
    case 'call.unmuted':
      return [{ do: 'mute', contactId, legId: event.legId, muted: event.kind === 'call.muted' }];
    case 'whisper.started':
      return whisper(event);
    case 'whisper.ended':
      return [{ do: 'stop_prompt', contactId, promptId: event.promptId }, ...firstJoin(state, call)];
    case 'contact.connected':
      return event.contactId === contactId ? firstJoin(state, call) : [];
    case 'leg.answered':
      return toBeHeard(call, event);
    default:
      return seatsChange(state, call, event);
  }
}

function whisper({ contactId, offerId, promptId, parts }: EventOf<'whisper.started'>): Task[] {
  return [{ do: 'speak_to', contactId, legId: offerId, promptId, parts }];
}

/** Customer and agent come together for the first time; the customer is answered by that where that was not done yet. */
export function firstJoin(state: State, call: Call): Task[] {
  const { contactId, customer, talk, consult } = call;
  if (!talk || customer !== 'here' || talk.whisper) return [];
  if (consult || talk.held) return seatTasks(state.calls, call);
  return [{ do: 'connect', contactId, offerId: talk.offerId }];
}

/** Who answered a flow's call hears what is to be heard before the customer. */
function toBeHeard({ contactId, dial }: Call, { legId }: EventOf<'leg.answered'>): Task[] {
  if (!dial?.hearing.includes(legId) || dial.whisper.length === 0) return [];
  return [{ do: 'speak_to', contactId, legId, promptId: whisperOf(legId), parts: dial.whisper }];
}

function seatsChange(state: State, call: Call, event: Event): Task[] {
  const { contactId, talk } = call;
  const seats = (): Task[] => seatTasks(state.calls, call);
  switch (event.kind) {
    case 'leg.asked':
      return event.purpose === 'contact' || event.purpose === 'dial' ? seats() : [];
    case 'leg.ended':
      // The agent may be alone again: whose customer could not be reached hears it ring no longer.
      return talk && call.customer === 'away'
        ? [{ do: 'stop_prompt', contactId, promptId: ringTone(talk.offerId) }]
        : [];
    case 'call.held':
    case 'call.retrieved':
    case 'consult.started':
    case 'consult.joined':
    case 'talk.handed_over':
      return seats();
    case 'consult.answered':
      return [...(talk ? [stopped(contactId, ringTone(talk.offerId))] : []), ...seats()];
    case 'far_talk.started':
      return [
        ...(call.answered ? [] : [{ do: 'answer', contactId } as const]),
        stopped(contactId, dialTone(contactId)),
        ...seats(),
      ];
    case 'contact.handled':
      return call.transfer && !call.farTalk ? seats() : [];
    default:
      return [];
  }
}

/** What has to be cleared away, also when the call is over by now. */
function overTasks(state: State, call: Call | undefined, event: Event): Task[] {
  switch (event.kind) {
    case 'consult.ended':
      return consultEnded(state, call, event);
    case 'far_talk.ended':
      return [{ do: 'dissolve', contactId: event.contactId, place: 'talk' }];
    case 'dial.ended': {
      const { contactId } = event;
      if (!call) return [];
      return [stopped(contactId, dialTone(contactId)), { do: 'stop_leg_music', contactId, legId: contactId }];
    }
    case 'room.entered':
    case 'room.left':
      return roomTasks(state, event);
    default:
      return [];
  }
}

function stopped(contactId: ContactId, promptId: string): Task {
  return { do: 'stop_prompt', contactId, promptId };
}

/** Whoever took the customer over has been joined already. */
function consultEnded(state: State, call: Call | undefined, event: EventOf<'consult.ended'>): Task[] {
  const { contactId, reason } = event;
  const over: Task[] = call?.talk ? [stopped(contactId, ringTone(call.talk.offerId))] : [];
  if (call && reason !== 'completed') over.push(...seatTasks(state.calls, call));
  return [...over, { do: 'dissolve', contactId, place: 'aside' }];
}

/** Who is alone in a conference hears music, and those who come together hear each other. */
function roomTasks(state: State, event: EventOf<'room.entered'> | EventOf<'room.left'>): Task[] {
  const { contactId } = event;
  if (event.kind === 'room.left' && event.reason === 'full') return [];
  const place = `room.${event.room}` as const;
  const members = [...(state.calls.rooms.get(event.room)?.members.keys() ?? [])];
  const others = members.length > 2 ? members.filter((one) => one === contactId) : members;
  const seats = others.flatMap((one) => {
    const other = state.calls.calls.get(one);
    return other ? seatTasks(state.calls, other) : [];
  });
  if (event.kind === 'room.entered') return seats;
  const gone: Task[] = [
    { do: 'part', contactId, place, legIds: [contactId] },
    { do: 'stop_leg_music', contactId, legId: contactId },
  ];
  if (members.length === 0) gone.push({ do: 'dissolve', contactId, place });
  return [...gone, ...seats];
}
