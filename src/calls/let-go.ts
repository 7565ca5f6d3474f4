import type { Emit, EndCause } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import { giveUp } from './ask-leg.ts';
import { leaveRoom } from './rooms.ts';
import type { Call } from './state.ts';

/** Ends what the customer does without an agent: talks to somebody outside, is being connected there, or is in a conference. */
export function letGo(call: Call, cause: EndCause, atMs: AtMs, emit: Emit): void {
  const { contactId } = call;
  const legIds = [...call.legs.values()].flatMap(({ legId, purpose }) => (purpose === 'dial' ? [legId] : []));
  if (call.farTalk) {
    const { legId, sinceMs, by } = call.farTalk;
    legIds.push(legId);
    emit({ kind: 'far_talk.ended', atMs, contactId, legId, talkMs: atMs - sinceMs, cause });
    if (by === 'dial') emit({ kind: 'dial.ended', atMs, contactId, outcome: 'completed' });
  }
  if (call.dial) emit({ kind: 'dial.ended', atMs, contactId, outcome: 'cancelled' });
  leaveRoom(call, atMs, emit);
  for (const legId of legIds) giveUp(call, legId, atMs, emit);
}
