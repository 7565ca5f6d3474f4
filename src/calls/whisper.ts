import type { Emit, EventOf } from '../model/event.ts';
import { letGo } from './let-go.ts';
import { agentReady } from './placed.ts';
import { promptOf } from './play-message.ts';
import type { Call, CallsState } from './state.ts';

/** An agent is on the line: of the customer's contact, or of a question to a colleague. */
export function connected(state: CallsState, call: Call, event: EventOf<'contact.connected'>, emit: Emit): void {
  const { atMs, contactId, offerId } = event;
  if (contactId !== call.contactId) return consultConnected(call, event, emit);
  if (call.talk?.offerId !== offerId) return;
  // A flow that goes on while the customer waits may have dialled somebody.
  letGo(call, 'hung_up', atMs, emit);
  // What is whispered to one whom a customer is transferred to was meant for the first one.
  const parts = call.queued?.whisper ?? (call.customer === 'away' ? call.placed?.whisper : undefined) ?? [];
  if (parts.length === 0) return agentReady(state, call, atMs, emit);
  emit({ kind: 'whisper.started', atMs, contactId, offerId, promptId: promptOf(call, call.talk), parts });
}

function consultConnected(call: Call, event: EventOf<'contact.connected'>, emit: Emit): void {
  const { consult, contactId } = call;
  const { atMs, offerId: legId } = event;
  if (consult?.consultId !== event.contactId || consult.stage !== 'asked') return;
  emit({ kind: 'consult.answered', atMs, contactId, consultId: consult.consultId, legId });
}

/** The agent has heard it, or it could not be played: either way the customer waits no longer. */
export function whisperHeard(call: Call, { promptId, atMs }: EventOf<'prompt.finished'>, emit: Emit): void {
  const { contactId, talk } = call;
  if (talk?.whisper?.promptId !== promptId) return;
  emit({ kind: 'whisper.ended', atMs, contactId, offerId: talk.offerId, promptId });
}
