import type { ConsultEnd } from '../model/call/call-event.ts';
import type { Emit, EndCause, Event, EventOf } from '../model/event.ts';
import type { AtMs, QueueId } from '../model/ids.ts';
import { askByNextTrunk, askLeg, giveUp } from './ask-leg.ts';
import type { Call, CallsState, Consult, Leg, Talk } from './state.ts';

/** How long an agent waits for a colleague or a queue to answer. */
export const CONSULT_WAIT_MS = 120_000;
/** How long a number rings. */
export const CONSULT_RING_MS = 45_000;

/** An agent's question to somebody while the customer waits. */
export function decideConsults(state: CallsState, call: Call, event: Event, emit: Emit): void {
  const { consult } = call;
  if (!consult) return;
  switch (event.kind) {
    case 'consult.started':
      if (event.consultId === consult.consultId) begin(state, call, consult, event, emit);
      return;
    case 'consult.completed':
      if (event.consultId === consult.consultId) complete(call, consult, event.atMs, emit);
      return;
    case 'consult.returned':
      if (event.consultId === consult.consultId) endConsult(call, 'returned', event.atMs, emit);
      return;
    case 'party.dropped':
      if (event.legId === consult.legId) endConsult(call, 'returned', event.atMs, emit);
      return;
    default:
      return;
  }
}

/** To a colleague or a queue it is an item of the dispatcher, as urgent as the customer who waits for the answer. */
function begin(
  state: CallsState,
  call: Call,
  { consultId, target }: Consult,
  { atMs }: EventOf<'consult.started'>,
  emit: Emit,
): void {
  if (target.to === 'number') {
    const wish = { purpose: 'consult', target, callerId: null, ringMs: CONSULT_RING_MS } as const;
    if (!askLeg(state, call, wish, atMs, emit).ok) endConsult(call, 'not_allowed', atMs, emit);
    return;
  }
  emit({
    kind: 'contact.queued',
    atMs,
    contactId: consultId,
    queueId: target.queueId,
    channel: 'voice',
    priority: call.queued?.priority ?? 0,
    skills: [],
    virtualStartMs: atMs,
    giveUpAtMs: atMs + CONSULT_WAIT_MS,
    consult: true,
  });
}

/** The customer goes to whom the agent consulted. A talk that belongs to a real queue stays with it when one colleague has it. */
function complete(call: Call, consult: Consult, atMs: AtMs, emit: Emit): void {
  const { contactId, talk } = call;
  const { consultId, legId, agentId, target } = consult;
  if (!talk || legId === null || consult.stage === 'asked') return;
  if (target.to === 'number') {
    const { offerId, agentId: by } = talk;
    emit({ kind: 'contact.transferred', atMs, contactId, offerId, agentId: by, target });
  } else if (agentId !== null) {
    const queueId = queueAfter(talk, consult);
    const fromOfferId = talk.offerId;
    emit({ kind: 'talk.handed_over', atMs, contactId, fromOfferId, offerId: legId, agentId, queueId, consultId });
  }
  emit({ kind: 'consult.ended', atMs, contactId, consultId, reason: 'completed' });
}

function queueAfter(talk: Talk, { queueId }: Consult): QueueId {
  return queueId === null || queueId.startsWith('@') ? talk.queueId : queueId;
}

/** The question is over; what is open of it is taken back. The dispatcher does so with its item. */
export function endConsult(call: Call, reason: ConsultEnd, atMs: AtMs, emit: Emit): void {
  const { contactId, consult } = call;
  if (!consult) return;
  const { consultId, legId } = consult;
  emit({ kind: 'consult.ended', atMs, contactId, consultId, reason });
  giveUp(call, legId, atMs, emit);
}

/** A number that was consulted is gone. */
export function consultLegOver(state: CallsState, call: Call, leg: Leg, cause: EndCause, atMs: AtMs, emit: Emit): void {
  if (call.consult?.legId !== leg.legId) return;
  if (askByNextTrunk(state, call, leg, cause, atMs, emit)) return;
  endConsult(call, leg.answeredAtMs === null ? whyNot(cause) : 'hung_up', atMs, emit);
}

function whyNot(cause: EndCause): ConsultEnd {
  return cause === 'busy' || cause === 'no_answer' ? cause : 'failed';
}

/** Nobody took the question: its item left the queue, but not for another one. */
export function consultItemGone(call: Call, event: EventOf<'contact.dequeued'>, emit: Emit): void {
  if (call.consult?.consultId !== event.contactId || event.reason === 'answered') return;
  if (event.reason === 'overflow' && event.overflow?.target.to === 'queue') return;
  endConsult(call, 'no_answer', event.atMs, emit);
}

/**
 * An agent's leg is gone. A colleague who was consulted has hung up; or the agent has, and then the customer belongs to who was
 * consulted, or goes to wait for whom was still rung: nobody is left waiting for one who is gone.
 */
export function talkLost(call: Call, { offerId, atMs }: EventOf<'offer.ended'>, emit: Emit): void {
  const { consult, contactId, talk } = call;
  if (!consult || call.customer !== 'here') return;
  if (consult.legId === offerId) return endConsult(call, 'hung_up', atMs, emit);
  if (talk?.offerId !== offerId) return;
  if (consult.stage !== 'asked') {
    emit({ kind: 'consult.completed', atMs, contactId, consultId: consult.consultId, by: 'system' });
    // At once, for the dispatcher looks at the end of this leg next.
    return complete(call, consult, atMs, emit);
  }
  const { agentId } = talk;
  const { target } = consult;
  endConsult(call, 'hung_up', atMs, emit);
  emit({ kind: 'contact.transferred', atMs, contactId, offerId, agentId, target });
}
