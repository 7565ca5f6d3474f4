import type { Emit, EventOf } from '../model/event.ts';
import { giveUp } from './ask-leg.ts';
import { endConsult } from './consult.ts';
import { leaveRoom } from './rooms.ts';
import type { Call } from './state.ts';

/** The customer is gone: everybody who was called for them is let go, and nothing is left that would wait for somebody. */
export function customerGone(call: Call, event: EventOf<'contact.ended'>, emit: Emit): void {
  const { atMs, contactId, cause } = event;
  if (call.consult) endConsult(call, 'customer_gone', atMs, emit);
  if (call.farTalk) {
    const { legId, sinceMs } = call.farTalk;
    emit({ kind: 'far_talk.ended', atMs, contactId, legId, talkMs: atMs - sinceMs, cause });
    if (call.dial) emit({ kind: 'dial.ended', atMs, contactId, outcome: 'completed' });
  }
  if (call.dial) emit({ kind: 'dial.ended', atMs, contactId, outcome: 'cancelled' });
  leaveRoom(call, atMs, emit);
  for (const legId of [...call.legs.keys()]) giveUp(call, legId, atMs, emit);
}
