import type { Event, EventOf } from '../model/event.ts';
import type { AtMs, ContactId, QueueId } from '../model/ids.ts';
import { countStay, type QueueCounters, type Stay } from './queue-counters.ts';
import { followWrapUps } from './wrap-ups.ts';

export type QueueStays = {
  take(event: Event): void;
  /** Stays and wrap-ups whose end was not seen yet. */
  unsettled(): number;
  /** Counts every stay that is still open as it stands at this moment. */
  finish(asOfMs: AtMs): void;
};

/**
 * Follows every contact from one queue to the next and counts each stay once, when nothing more can come of it.
 * `countersFor` says where a stay that begins now is to be counted; undefined: not in this report.
 */
export function followStays(
  countersFor: (queueId: QueueId, queuedAtMs: AtMs) => QueueCounters | undefined,
  shortAbandonMs: number,
): QueueStays {
  const stays = new Map<ContactId, Stay>();
  const wrapUps = followWrapUps();

  function settle(contactId: ContactId, atMs: AtMs): void {
    const stay = stays.get(contactId);
    if (!stay) return;
    // A contact that is gone, or queued anew, without having left this queue: something broke in between.
    stay.outcome ??= { reason: 'lost', waitMs: atMs - stay.queuedAtMs };
    countStay(stay, shortAbandonMs, atMs);
    stays.delete(contactId);
  }

  function queued({ contactId, queueId, atMs, consult }: EventOf<'contact.queued'>): void {
    // An agent's question to a colleague is no contact of the queue.
    if (consult) return;
    settle(contactId, atMs);
    const counters = countersFor(queueId, atMs);
    if (counters) stays.set(contactId, { counters, queueId, queuedAtMs: atMs });
  }

  function dequeued({ contactId, queueId, reason, waitedMs, atMs }: EventOf<'contact.dequeued'>): void {
    const stay = stays.get(contactId);
    if (!stay || stay.queueId !== queueId) return;
    stay.outcome = { reason, waitMs: waitedMs };
    // An answered contact may still come back to its place, and its talk is still to be counted.
    if (reason !== 'answered') settle(contactId, atMs);
  }

  function estimated({ contactId, queueId, p50Ms, p90Ms }: EventOf<'wait.estimated'>): void {
    const stay = stays.get(contactId);
    // The first one is what the caller was told; what is known later is no longer an estimate of the whole wait.
    if (stay?.queueId === queueId) stay.estimate ??= { p50Ms, p90Ms };
  }

  function requeued({ contactId }: EventOf<'contact.requeued'>): void {
    const stay = stays.get(contactId);
    if (stay) delete stay.outcome;
  }

  function handled({ contactId, queueId, agentId, talkMs, atMs, transferred }: EventOf<'contact.handled'>): void {
    const stay = stays.get(contactId);
    if (!stay || (stay.queueId !== queueId && !stay.handedOver)) return;
    stay.counters.talkMs += talkMs;
    wrapUps.expect(agentId, contactId, stay.counters);
    // The talk goes on with a colleague: it is one contact, handled when it is over.
    if (transferred?.to === 'agent') {
      stay.handedOver = true;
      return;
    }
    stay.counters.handled += 1;
    if (stay.outcome) settle(contactId, atMs);
  }

  return {
    take(event) {
      switch (event.kind) {
        case 'contact.queued':
          return queued(event);
        case 'contact.dequeued':
          return dequeued(event);
        case 'wait.estimated':
          return estimated(event);
        case 'contact.requeued':
          return requeued(event);
        case 'contact.handled':
          return handled(event);
        case 'contact.finished':
          return settle(event.contactId, event.atMs);
        default:
          return wrapUps.take(event);
      }
    },
    unsettled: () => stays.size + wrapUps.open(),
    finish(asOfMs) {
      for (const stay of stays.values()) countStay(stay, shortAbandonMs, asOfMs);
      stays.clear();
    },
  };
}
