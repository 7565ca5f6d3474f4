import type { Event, EventOf } from '../model/event.ts';
import { type Call, type CallsState, isAlone } from './state.ts';

/** What an event means for those outside whom the customer is to talk to, or talks to. */
export function applyToFarTalks(state: CallsState, call: Call, event: Event): void {
  switch (event.kind) {
    case 'dial.asked': {
      if (!isAlone(call)) return;
      const { kind: _, atMs: __, contactId: ___, ...dial } = event;
      call.dial ??= { ...dial, failures: [], hearing: [] };
      call.over = null;
      return;
    }
    case 'dial.ended':
      call.dial = null;
      return;
    case 'far_talk.started':
      return started(state, call, event);
    case 'far_talk.ended':
      if (call.farTalk?.legId !== event.legId) return;
      call.farTalk = null;
      call.transfer = null;
      state.deadlines.clear('far_talk', call.contactId);
      return;
    case 'leg.refused':
      if (event.purpose === 'dial' && call.dial) call.dial.failures = [...call.dial.failures, 'refused'];
      return;
    default:
      return;
  }
}

function started(state: CallsState, call: Call, { legId, atMs }: EventOf<'far_talk.started'>): void {
  const by = call.transfer ? 'transfer' : 'dial';
  const limitMs = by === 'dial' ? (call.dial?.talkMs ?? null) : null;
  const untilMs = limitMs === null ? null : atMs + limitMs;
  call.farTalk = { legId, sinceMs: atMs, untilMs, by };
  if (call.dial) call.dial.hearing = [];
  const leg = call.legs.get(legId);
  if (leg) leg.dueAtMs = null;
  state.deadlines.clear('leg', legId);
  if (untilMs !== null) state.deadlines.set('far_talk', call.contactId, untilMs);
}
