import { applyToWatches } from '../../../src/calls/watch/apply.ts';
import { decideWatches } from '../../../src/calls/watch/decide.ts';
import { emptyWatches, type WatchState } from '../../../src/calls/watch/state.ts';
import type { Event, EventKind, EventOf } from '../../../src/model/event.ts';

/** Supervision alone in a test: events in, decisions out. The talk of anna with contact `c` is watched by bea. */
export class Watching {
  readonly state: WatchState = emptyWatches();
  readonly journal: Event[] = [];
  nowMs = 1_000_000;

  /** Takes an event in with all that follows; returns what followed. */
  take(event: Event): Event[] {
    applyToWatches(this.state, event);
    const batch: Event[] = [event];
    for (let at = 0; at < batch.length; at++) {
      decideWatches(this.state, batch[at]!, (decision) => {
        applyToWatches(this.state, decision);
        batch.push(decision);
      });
    }
    this.journal.push(...batch);
    return batch.slice(1);
  }

  start(options: Partial<EventOf<'watch.started'>> = {}): Event[] {
    return this.take({
      kind: 'watch.started',
      atMs: this.nowMs,
      contactId: 'c',
      legId: 'c.l0-1',
      agentId: 'bea',
      offerId: 'c.o1-1',
      queueId: 'sales',
      watchedAgentId: 'anna',
      mode: 'listen',
      announced: false,
      by: 'api',
      ...options,
    });
  }

  answer(legId = 'c.l0-1'): Event[] {
    return this.take({ kind: 'leg.answered', atMs: this.nowMs, contactId: 'c', legId });
  }

  press(keys: string, legId = 'c.l0-1'): Event[] {
    return [...keys].flatMap((digit) =>
      this.take({ kind: 'leg.pressed', atMs: this.nowMs, contactId: 'c', legId, digit }),
    );
  }

  hangUp(legId = 'c.l0-1'): Event[] {
    return this.take({ kind: 'leg.ended', atMs: this.nowMs, contactId: 'c', legId, cause: 'hung_up' });
  }

  /** The talk of an offer ends. */
  handled(offerId = 'c.o1-1'): Event[] {
    const about = { contactId: 'c', offerId, agentId: 'anna', queueId: 'sales', talkMs: 5000 };
    return this.take({ kind: 'contact.handled', atMs: this.nowMs, ...about, endedBy: 'agent' });
  }

  handOver(offerId: string, agentId: string, fromOfferId = 'c.o1-1'): Event[] {
    const about = { contactId: 'c', fromOfferId, offerId, agentId, queueId: 'sales' };
    return this.take({ kind: 'talk.handed_over', atMs: this.nowMs, ...about });
  }
}

export function kinds(events: readonly Event[]): EventKind[] {
  return events.map(({ kind }) => kind);
}

export function only<K extends EventKind>(events: readonly Event[], kind: K): EventOf<K> {
  const found = events.filter((event): event is EventOf<K> => event.kind === kind);
  if (found.length !== 1) throw new Error(`${found.length} of ${kind} in ${kinds(events).join(', ')}`);
  return found[0]!;
}
