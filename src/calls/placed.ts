import type { Emit, EndCause, EventOf } from '../model/event.ts';
import type { AtMs, FlowId } from '../model/ids.ts';
import { askByNextTrunk, askLeg, giveUp } from './ask-leg.ts';
import { playMessage } from './play-message.ts';
import type { Call, CallsState, Leg, Placed } from './state.ts';

/**
 * Contacts that are made by us. `customer_first` is dialled when an agent is reserved; the others when the agent is on the
 * line, has heard what there is to hear, and wants it.
 */
export function decidePlaced(state: CallsState, call: Call, event: EventOf<'offer.made'>, emit: Emit): void {
  const { placed } = call;
  if (placed?.mode !== 'customer_first' || event.contactId !== call.contactId) return;
  dialCustomer(state, call, event.atMs, emit);
}

/** Dials the customer, unless that is under way or done. */
export function dialCustomer(state: CallsState, call: Call, atMs: AtMs, emit: Emit): void {
  const { placed, contactId } = call;
  if (!placed || call.customer !== 'away' || isDialled(call)) return;
  const { to: number, from: callerId, ringMs, detectMachine } = placed;
  const target = { to: 'number', number } as const;
  const wish = { purpose: 'contact', target, callerId, lenient: true, ringMs, detectMachine } as const;
  const asked = askLeg(state, call, wish, atMs, emit);
  // Nobody was dialled, and nobody will be.
  if (!asked.ok) emit({ kind: 'contact.ended', atMs, contactId, cause: 'rejected', endedBy: 'system' });
}

function isDialled(call: Call): boolean {
  return call.customerLegId !== null && call.legs.has(call.customerLegId);
}

/** Its end was asked for: where nobody was dialled no leg will tell of it. */
export function hangupAsked(call: Call, { atMs, contactId }: EventOf<'hangup.requested'>, emit: Emit): void {
  if (!call.placed || call.customer !== 'away' || isDialled(call)) return;
  emit({ kind: 'contact.ended', atMs, contactId, cause: 'hung_up', endedBy: 'system' });
}

/** The agent is on the line and has heard what is whispered. */
export function agentReady(state: CallsState, call: Call, atMs: AtMs, emit: Emit): void {
  const { placed, talk } = call;
  if (!placed || !talk || call.customer !== 'away') return;
  if (placed.mode === 'agent_first' || placed.mode === 'customer_first') return dialCustomer(state, call, atMs, emit);
  // The message comes once by itself, after the whisper if there is one.
  if (placed.mode === 'hear' && !talk.heard) playMessage(call, atMs, emit);
}

/** What an agent presses who is asked whether to call (preview), or hears a message. True when it meant something. */
export function pressedToDecide(state: CallsState, call: Call, digit: string, atMs: AtMs, emit: Emit): boolean {
  const { placed, talk } = call;
  if (!placed || !talk || talk.decideByMs === null || call.customer !== 'away' || isDialled(call)) return false;
  const callKey = placed.mode === 'preview' ? '1' : '2';
  if (digit !== callKey && !(placed.mode === 'hear' && digit === '1')) return false;
  const { contactId } = call;
  const { offerId, whisper } = talk;
  if (whisper) emit({ kind: 'whisper.ended', atMs, contactId, offerId, promptId: whisper.promptId });
  if (digit === callKey) dialCustomer(state, call, atMs, emit);
  else playMessage(call, atMs, emit);
  return true;
}

/** A machine is nobody to talk to: a flow speaks to it, or it is let go, and the order says what becomes of it. */
export function customerAnswered(call: Call, event: EventOf<'leg.answered'>, emit: Emit): void {
  const { atMs, contactId, legId, verdict } = event;
  const { placed } = call;
  if (!placed || call.customerLegId !== legId || call.customer !== 'away') return;
  if (verdict === 'fax' || (verdict === 'machine' && placed.onMachine === null)) {
    giveUp(call, legId, atMs, emit);
    return emit({ kind: 'contact.ended', atMs, contactId, cause: 'no_answer', endedBy: 'system' });
  }
  emit({ kind: 'contact.answered', atMs, contactId });
  const flowId = verdict === 'machine' ? placed.onMachine : flowFirst(placed);
  if (flowId !== null) goToFlow(call, flowId, atMs, emit);
}

/** What the customer goes through before the agent; who has answered first has an agent already. */
function flowFirst({ mode, flowId }: Placed): FlowId | null {
  return mode === 'customer_first' ? flowId : null;
}

/** The agent is free again, whether on the line or still kept for it; the flow brings the customer back to the queue if it likes. */
function goToFlow({ contactId, talk }: Call, flowId: FlowId, atMs: AtMs, emit: Emit): void {
  if (!talk) return emit({ kind: 'queue.exit_requested', atMs, contactId, digit: '' });
  const { offerId, agentId } = talk;
  emit({ kind: 'contact.transferred', atMs, contactId, offerId, agentId, target: { to: 'flow', flowId } });
}

/** The customer's leg is over: who was not reached yet is tried by the next trunk, else the contact is over with it. */
export function customerLegOver(
  state: CallsState,
  call: Call,
  leg: Leg,
  cause: EndCause,
  atMs: AtMs,
  emit: Emit,
): void {
  const { contactId } = call;
  if (call.customerLegId !== leg.legId) return;
  const mayTry = call.customer === 'away' && !call.hangingUp;
  if (mayTry && askByNextTrunk(state, call, leg, cause, atMs, emit)) return;
  const endedBy = call.hangingUp ? 'system' : 'customer';
  emit({ kind: 'contact.ended', atMs, contactId, cause, endedBy });
}

/** The agent has done with a contact that no flow goes on with. */
export function talkOver(
  call: Call,
  event: EventOf<'contact.handled'> | EventOf<'contact.requeued'>,
  emit: Emit,
): void {
  const { contactId, atMs } = event;
  if (!call.placed || contactId !== call.contactId || call.talk || call.customer === 'gone') return;
  // The agent who was to call is gone, and with the agent whom we called for it.
  if (event.kind === 'contact.requeued') return;
  if (event.transferred || call.inFlow || call.transfer) return;
  if (call.customer === 'here') return emit({ kind: 'hangup.requested', atMs, contactId, cause: 'normal' });
  emit({ kind: 'contact.ended', atMs, contactId, cause: 'hung_up', endedBy: event.endedBy });
}
