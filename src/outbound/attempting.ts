import type { OutgoingRefusal } from '../model/call/call-event.ts';
import type { AttemptResult, Order, OrderEnd } from '../model/call/order.ts';
import type { Emit, EndCause, EventOf } from '../model/event.ts';
import type { AtMs, ContactId } from '../model/ids.ts';
import { NO_NEEDS } from '../model/needs.ts';
import { isClosed } from './hours.ts';
import { mayBeTakenBack } from './moments.ts';
import type { CurrentAttempt, OpenOrder, OutboundState } from './state.ts';

/** Makes an order an item of the dispatcher, which finds the agent. What may have changed since it was placed is looked at again. */
export function beginAttempt(state: OutboundState, open: OpenOrder, atMs: AtMs, emit: Emit): void {
  const { order } = open;
  if (order.kind !== 'voicemail' && state.doNotCall.has(order.number)) {
    emit({ kind: 'order.closed', atMs, orderId: order.id, reason: 'not_allowed', by: 'system' });
    return;
  }
  const attempt = open.contactCount + 1;
  const contactId = `${order.id}.a${attempt}`;
  emit(contactPlaced(order, contactId, attempt, atMs));
  emit(contactQueued(order, contactId, atMs));
}

function contactPlaced(order: Order, contactId: ContactId, attempt: number, atMs: AtMs): EventOf<'contact.placed'> {
  return {
    kind: 'contact.placed',
    atMs,
    contactId,
    orderId: order.id,
    attempt,
    channel: order.kind === 'voicemail' ? 'voicemail' : 'callback',
    to: order.number,
    from: order.callerId ?? '',
    mode: order.mode,
    language: order.language,
    ...(order.recordingId === null ? {} : { recordingId: order.recordingId }),
    ...(order.whisper === undefined ? {} : { whisper: order.whisper }),
    ...(order.flowId === undefined ? {} : { flowId: order.flowId }),
    ...(order.onMachine === undefined ? {} : { onMachine: order.onMachine }),
    ringMs: order.rules.ringMs,
    detectMachine: order.detectMachine,
  };
}

/** The place in the queue is that of the customer, however many attempts it takes. */
function contactQueued(order: Order, contactId: ContactId, atMs: AtMs): EventOf<'contact.queued'> {
  return {
    kind: 'contact.queued',
    atMs,
    contactId,
    queueId: order.queueId,
    channel: order.kind === 'voicemail' ? 'voicemail' : 'callback',
    ...(order.label === null ? {} : { label: order.label }),
    ...(Object.keys(order.attributes).length === 0 ? {} : { attributes: order.attributes }),
    ...(order.number === '' ? {} : { customer: order.number }),
    priority: order.priority,
    skills: [],
    ...(order.needs === NO_NEEDS ? {} : { needs: order.needs }),
    virtualStartMs: order.virtualStartMs,
    ...(order.mode === 'customer_first' ? { dialFirstMs: order.rules.ringMs } : {}),
  };
}

/** Takes an attempt back that has disturbed nobody yet; what follows from it is that it is over. */
export function takeBack(open: OpenOrder | undefined, atMs: AtMs, emit: Emit): void {
  if (!open?.current || !mayBeTakenBack(open)) return;
  emit({ kind: 'queue.exit_requested', atMs, contactId: open.current.contactId, digit: '' });
}

/** The contact of an attempt is over: what came of it, and whether there is to be another. */
export function attemptOver(state: OutboundState, open: OpenOrder, atMs: AtMs, emit: Emit): void {
  const { order, current } = open;
  if (!current || !state.orders.has(order.id)) return;
  const { contactId, attempt } = current;
  const result = resultOf(current, order);
  const end = { kind: 'order.attempted', atMs, orderId: order.id, contactId, attempt, result } as const;
  const used = open.attemptCount + (result === 'withdrawn' ? 0 : 1);
  const againAtMs = againAt(open, current, result, atMs);
  const reason = closedBy(order, result, used, againAtMs);
  if (!reason) return emit({ ...end, againAtMs });
  emit(end);
  emit({ kind: 'order.closed', atMs, orderId: order.id, reason, by: 'system' });
}

/** What an order was for. */
const DONE: ReadonlySet<AttemptResult> = new Set<AttemptResult>(['talked', 'answered', 'machine_message']);

/** Why there is to be no other attempt; undefined: there is. */
function closedBy(
  { rules, expiresAtMs }: Order,
  result: AttemptResult,
  used: number,
  againAtMs: AtMs,
): OrderEnd | undefined {
  if (DONE.has(result)) return 'done';
  if (result === 'not_allowed') return 'not_allowed';
  if (used >= rules.attemptsMax) return 'attempts_used';
  return againAtMs >= expiresAtMs ? 'expired' : undefined;
}

/** Who was taken back comes again when it is due anyway; who failed, or was let go by the queue itself, after a while. */
function againAt({ order, dueAtMs }: OpenOrder, current: CurrentAttempt, result: AttemptResult, atMs: AtMs): AtMs {
  if (result === 'withdrawn' && current.withdrawn) return Math.max(dueAtMs, atMs);
  return Math.max(dueAtMs, atMs + order.rules.retryMs);
}

const RESULTS: Readonly<Record<EndCause, AttemptResult>> = {
  hung_up: 'skipped',
  busy: 'busy',
  rejected: 'declined',
  no_answer: 'no_answer',
  unavailable: 'unavailable',
  failed: 'failed',
  lost: 'failed',
};

/** Refusals that another day does not change; the others are limits that were reached. */
const FOR_GOOD: ReadonlySet<OutgoingRefusal> = new Set<OutgoingRefusal>([
  'outgoing.number_invalid',
  'outgoing.not_allowed',
  'outgoing.caller_id_not_allowed',
]);

function resultOf(current: CurrentAttempt, { mode }: Order): AttemptResult {
  const { refused, machine, messageLeft, skipped, dialled, answeredAtMs, connectedAtMs, endCause } = current;
  if (refused) return FOR_GOOD.has(refused) ? 'not_allowed' : 'unavailable';
  if (machine) return messageLeft ? 'machine_message' : 'machine';
  if (skipped) return 'skipped';
  if (connectedAtMs !== null && (answeredAtMs !== null || mode === 'hear')) return 'talked';
  // The customer answered, and no agent was there in time, unless none was needed.
  if (answeredAtMs !== null) return current.flow === 'running' && !current.abandoned ? 'answered' : 'failed';
  if (connectedAtMs === null && !dialled) return 'withdrawn';
  return RESULTS[endCause ?? 'failed'];
}

/** True when calling hours or the life of an order are over while it waits. */
export function mustEnd(state: OutboundState, open: OpenOrder, nowMs: AtMs): boolean {
  return nowMs >= open.order.expiresAtMs || isClosed(state, open, nowMs);
}
