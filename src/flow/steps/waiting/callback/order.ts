import { type Order, PLAIN_ORDER } from '../../../../model/call/order.ts';
import type { AtMs, OrderId } from '../../../../model/ids.ts';
import type { StepContext, Told } from '../../../step-kind.ts';
import type { CallbackParameters } from './fields.ts';

/** The order that this visit of the step asks for: asked again after a restart, it is the same one. */
export function ownOrderId({ contactId, stepsTaken }: StepContext): OrderId {
  return `${contactId}-k${stepsTaken}`;
}

/**
 * Asks for the callback. The customer keeps the place, the priority and the needs of the queue that was left; in another queue
 * only the place, for what was asked of agents was meant for the first one.
 */
export function orderAsked(given: CallbackParameters, context: StepContext): Told {
  const { atMs, notes } = context;
  const slotMs = notes['slot'] === undefined ? undefined : Number(notes['slot']);
  const queueId = context.fill(given.queue);
  const place = context.queuePlace;
  const same = place?.queueId === queueId ? place : undefined;
  const dueAtMs = (slotMs ?? atMs) + given.delayMs;
  const order: Order = {
    ...PLAIN_ORDER,
    id: ownOrderId(context),
    kind: 'callback',
    mode: given.first === 'agent' ? 'agent_first' : 'customer_first',
    number: String(notes['number'] ?? ''),
    queueId,
    language: given.language ?? context.language,
    fromContactId: context.contactId,
    attributes: same?.attributes ?? {},
    label: same?.label ?? null,
    priority: given.priority ?? place?.priority ?? 0,
    needs: same?.needs ?? PLAIN_ORDER.needs,
    virtualStartMs: virtualStart(place?.virtualStartMs, slotMs, atMs),
    dueAtMs,
    expiresAtMs: dueAtMs + given.expiresMs,
    calendarId: calendarOf(given, context) ?? null,
    rules: { attemptsMax: given.attempts, retryMs: given.retryMs, ringMs: given.ringMs },
    callerId: given.callerId ?? null,
    detectMachine: given.detectMachine,
    ...(given.flow === undefined ? {} : { flowId: given.flow }),
    ...(given.onMachine === undefined ? {} : { onMachine: given.onMachine }),
    ...whispered(given, context),
  };
  return { kind: 'order.asked', order, by: 'flow', duplicates: given.duplicates };
}

function whispered({ whisper }: CallbackParameters, context: StepContext): Pick<Order, 'whisper'> {
  const parts = context.prompt(whisper);
  return parts.length === 0 ? {} : { whisper: parts };
}

/** At a time of one's own choice one has waited since that time; else since one came to wait. */
function virtualStart(sinceMs: AtMs | undefined, slotMs: AtMs | undefined, nowMs: AtMs): AtMs {
  return slotMs ?? sinceMs ?? nowMs;
}

/** Calling hours: those of the step, else those of its queue; undefined: at any time. */
export function calendarOf({ calendar, queue }: CallbackParameters, context: StepContext): string | undefined {
  const { queues } = context.site;
  const queueId = context.fill(queue);
  return calendar ?? (Object.hasOwn(queues, queueId) ? (queues[queueId]!.calendar ?? undefined) : undefined);
}
