import type { Event, EventOf, FlowValues } from '../../model/event.ts';
import type { AtMs, QueueId } from '../../model/ids.ts';
import { bothNeeds, type Needs, NO_NEEDS } from '../../model/needs.ts';
import type { Session } from '../session.ts';

/**
 * The place that a contact has or had in a queue, until an agent has talked with it. Who leaves the queue to be called back
 * takes it along, and who then will not be called back returns to it.
 */
export type QueuePlace = {
  readonly queueId: QueueId;
  readonly virtualStartMs: AtMs;
  readonly priority: number;
  readonly needs: Needs;
  readonly label: string | null;
  readonly attributes: FlowValues;
  /** Who comes to the same queue again takes the place up: a callback was offered since, or the customer was called for it. */
  readonly kept: boolean;
};

/** What an event says of the place of its contact. */
export function applyToQueuePlace(session: Session, event: Event): void {
  const { queuePlace } = session;
  switch (event.kind) {
    case 'contact.queued':
      session.queuePlace = { ...placeBy(event), kept: session.placed && session.flowId === null };
      break;
    case 'contact.handled':
      if (event.transferred?.to !== 'queue') session.queuePlace = null;
      break;
    case 'step.entered':
      if (queuePlace && event.type === 'callback') session.queuePlace = { ...queuePlace, kept: true };
      break;
    case 'order.placed':
      session.orderId = event.order.id;
      break;
  }
}

function placeBy({
  queueId,
  virtualStartMs,
  priority,
  skills,
  needs,
  label,
  attributes,
}: EventOf<'contact.queued'>): Omit<QueuePlace, 'kept'> {
  const named = { ...NO_NEEDS, required: Object.fromEntries(skills.map((skill) => [skill, 1])) };
  return {
    queueId,
    virtualStartMs,
    priority,
    needs: bothNeeds(needs ?? NO_NEEDS, named),
    label: label ?? null,
    attributes: attributes ?? {},
  };
}
