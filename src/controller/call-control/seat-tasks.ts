import { type Seating, seatingOf } from '../../calls/seating.ts';
import type { Call, CallsState } from '../../calls/state.ts';
import type { Place } from '../../model/call/call-command.ts';
import type { ContactId, LegId, OfferId, PromptId } from '../../model/ids.ts';
import type { Task } from '../commands.ts';

/** The tone that an agent hears while somebody is rung for the agent; it goes on until it is stopped. */
const RINGING = [{ tone: 'ring' }];

export function ringTone(offerId: OfferId): PromptId {
  return `${offerId}.ring`;
}

/** The same for a customer for whom a flow dials. */
export function dialTone(contactId: ContactId): PromptId {
  return `${contactId}.dialling`;
}

/** Brings everybody of a call to where they are to be. Harmless for those who are there already. */
export function seatTasks(state: CallsState, call: Call): Task[] {
  return tasksOf(call, seatingOf(state, call));
}

function tasksOf(call: Call, seating: Seating): Task[] {
  const { contactId } = call;
  const waiting = [...seating.music.map(({ legId }) => legId), ...seating.ringing];
  const room: Place = call.room === null ? 'talk' : `room.${call.room}`;
  return [
    // Who is to hear something alone is taken out first: in a place all would hear it, or none.
    ...(waiting.length > 0 ? [{ do: 'part', contactId, place: room, legIds: waiting } as const] : []),
    ...seating.places.map(({ place, legIds }) => ({ do: 'join', contactId, place, legIds }) as const),
    ...seating.music.map(({ legId, music }) => ({ do: 'start_leg_music', contactId, legId, music }) as const),
    ...seating.ringing.flatMap((legId) => toneFor(call, legId)),
  ];
}

function toneFor({ contactId, answered }: Call, legId: LegId): Task[] {
  if (legId !== contactId) {
    return [{ do: 'play_to', contactId, legId, promptId: ringTone(legId), media: RINGING }];
  }
  if (!answered) return [{ do: 'indicate_ringing', contactId }];
  return [{ do: 'play', contactId, promptId: dialTone(contactId), media: RINGING }];
}
