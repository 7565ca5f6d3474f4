import type { Emit, Event, EventOf } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import { type Call, type CallsState, isAlone, type Room } from './state.ts';

/** Most conferences at once; whoever would open one more finds it full. */
export const ROOMS_MAX = 1000;

/** What an event means for conferences. */
export function applyToRooms(state: CallsState, call: Call, event: Event): void {
  if (event.kind === 'room.entered') return entered(state, call, event);
  if (event.kind !== 'room.left' || call.room !== event.room) return;
  call.room = null;
  const room = state.rooms.get(event.room);
  room?.members.delete(call.contactId);
  if (room?.members.size === 0) state.rooms.delete(room.name);
}

function entered(state: CallsState, call: Call, event: EventOf<'room.entered'>): void {
  const { room: name, moderator, max, music } = event;
  if (!isAlone(call) || call.dial) return;
  const open = state.rooms.get(name);
  if (open ? open.members.size >= open.max : state.rooms.size >= ROOMS_MAX) return;
  const room: Room = open ?? { name, members: new Map(), max, music, moderated: false };
  if (!open) state.rooms.set(name, room);
  room.members.set(call.contactId, { moderator });
  room.moderated ||= moderator;
  call.room = name;
}

/** What follows: who found it full is told so, and with the last moderator it is over for all. */
export function decideRooms(state: CallsState, call: Call | undefined, event: Event, emit: Emit): void {
  if (event.kind === 'room.entered' && call && call.room !== event.room) {
    const { contactId, room, atMs } = event;
    return emit({ kind: 'room.left', atMs, contactId, room, reason: 'full' });
  }
  if (event.kind === 'room.left' && event.reason === 'left') close(state.rooms.get(event.room), event.atMs, emit);
}

/** The customer is gone, or wanted elsewhere. */
export function leaveRoom(call: Call, atMs: AtMs, emit: Emit): void {
  if (call.room === null) return;
  const { contactId, room } = call;
  emit({ kind: 'room.left', atMs, contactId, room, reason: 'left' });
}

function close(room: Room | undefined, atMs: AtMs, emit: Emit): void {
  if (!room?.moderated || [...room.members.values()].some(({ moderator }) => moderator)) return;
  for (const contactId of [...room.members.keys()]) {
    emit({ kind: 'room.left', atMs, contactId, room: room.name, reason: 'ended' });
  }
}
