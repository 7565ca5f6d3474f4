import type { Emit, EndCause } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import type { Call, Leg } from './state.ts';

/** The customer talks to somebody outside from now on. */
export function startFarTalk(call: Call, { legId, target }: Leg, atMs: AtMs, emit: Emit): void {
  emit({ kind: 'far_talk.started', atMs, contactId: call.contactId, legId, target });
}

/** The other side is gone; the customer goes on with the flow, if there is one. */
export function farTalkOver(call: Call, cause: EndCause, atMs: AtMs, emit: Emit): void {
  const { contactId, farTalk } = call;
  if (!farTalk) return;
  const { legId, sinceMs, by } = farTalk;
  emit({ kind: 'far_talk.ended', atMs, contactId, legId, talkMs: atMs - sinceMs, cause });
  if (by === 'dial') emit({ kind: 'dial.ended', atMs, contactId, outcome: 'completed' });
  else if (!call.inFlow) emit({ kind: 'hangup.requested', atMs, contactId, cause: 'normal' });
}
