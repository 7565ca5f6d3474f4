import type { Emit, EndCause, EventOf } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import { askByNextTrunk, askLeg } from './ask-leg.ts';
import { startFarTalk } from './far-talk.ts';
import type { Call, CallsState, Leg } from './state.ts';

/** How long a number rings to which an agent hands the customer on. */
export const TRANSFER_RING_MS = 45_000;

/** The agent's part is over and the customer is to go to a number: whom the agent consulted has it at once, others are dialled. */
export function decideTransfers(state: CallsState, call: Call, event: EventOf<'contact.handled'>, emit: Emit): void {
  const { transfer } = call;
  if (event.contactId !== call.contactId || event.transferred?.to !== 'number' || !transfer) return;
  const { atMs } = event;
  const consulted = transfer.legId === null ? undefined : call.legs.get(transfer.legId);
  if (consulted) return startFarTalk(call, consulted, atMs, emit);
  const target = { to: 'number', number: transfer.number } as const;
  const wish = { purpose: 'transfer', target, callerId: null, ringMs: TRANSFER_RING_MS } as const;
  if (!askLeg(state, call, wish, atMs, emit).ok) backToQueue(call, atMs, emit);
}

export function transferAnswered(call: Call, leg: Leg, atMs: AtMs, emit: Emit): void {
  if (call.transfer?.legId === leg.legId && !call.farTalk) startFarTalk(call, leg, atMs, emit);
}

export function transferLegOver(
  state: CallsState,
  call: Call,
  leg: Leg,
  cause: EndCause,
  atMs: AtMs,
  emit: Emit,
): void {
  if (call.transfer?.legId !== leg.legId) return;
  if (!askByNextTrunk(state, call, leg, cause, atMs, emit)) backToQueue(call, atMs, emit);
}

/**
 * Nobody was reached: the customer goes back to the queue, at the place that the wait had there, and may wait as long as the
 * flow allowed the first time. Nobody is preferred, for the last agent is the one who handed the call on.
 */
function backToQueue(call: Call, atMs: AtMs, emit: Emit): void {
  const { contactId, queued } = call;
  if (!queued) return emit({ kind: 'hangup.requested', atMs, contactId, cause: 'normal' });
  const { giveUpAtMs, atMs: queuedAtMs, preferred: _, ...how } = queued;
  emit({
    kind: 'contact.queued',
    ...how,
    atMs,
    contactId,
    preferred: { agentIds: [], untilMs: atMs },
    ...(giveUpAtMs === undefined ? {} : { giveUpAtMs: atMs + giveUpAtMs - queuedAtMs }),
  });
}
