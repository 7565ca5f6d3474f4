import { apply } from '../../src/acd/apply.ts';
import { decide } from '../../src/acd/decide.ts';
import { inOrder } from '../../src/acd/routing/class.ts';
import { type AcdState, emptyAcd } from '../../src/acd/state.ts';
import type { Event, EventKind, EventOf } from '../../src/model/event.ts';
import type { Site } from '../../src/model/site.ts';

/** A dispatcher in a test: events in, decisions out, the clock in the test's hand. */
export class Dispatcher {
  readonly state: AcdState;
  /** All that was decided, in order. */
  readonly decisions: Event[] = [];
  nowMs = 1_000_000;

  constructor(site: Site) {
    this.state = emptyAcd(site);
    this.take({ kind: 'door.agreed', atMs: this.nowMs, door: 'voice' });
  }

  /** Takes an event in at the present moment, with all that follows; returns what followed. */
  take(event: Event): Event[] {
    apply(this.state, event);
    const batch: Event[] = [event];
    for (let at = 0; at < batch.length; at++) {
      decide(this.state, batch[at]!, (decision) => {
        apply(this.state, decision);
        batch.push(decision);
      });
    }
    this.decisions.push(...batch.slice(1));
    return batch.slice(1);
  }

  /** Lets time pass; every deadline on the way is answered at its own moment. */
  pass(ms: number): Event[] {
    const end = this.nowMs + ms;
    const before = this.decisions.length;
    for (
      let next = this.state.deadlines.next();
      next !== undefined && next <= end;
      next = this.state.deadlines.next()
    ) {
      this.nowMs = Math.max(this.nowMs, next);
      this.take({ kind: 'time.passed', atMs: this.nowMs });
    }
    this.nowMs = end;
    return this.decisions.slice(before);
  }

  /** An agent at a working phone, logged in and free. */
  ready(...agentIds: string[]): Event[] {
    return agentIds.flatMap((agentId) => [
      ...this.take({ kind: 'phone.changed', atMs: this.nowMs, agentId, phone: 'idle' }),
      ...this.take({ kind: 'agent.logged_in', atMs: this.nowMs++, agentId, by: 'api' }),
    ]);
  }

  queue(contactId: string, options: Partial<EventOf<'contact.queued'>> = {}): Event[] {
    const atMs = this.nowMs;
    const about = { queueId: 'sales', priority: 0, skills: [], virtualStartMs: atMs, ...options };
    return this.take({ kind: 'contact.queued', atMs, contactId, ...about });
  }

  hangUp(contactId: string, cause: EventOf<'contact.ended'>['cause'] = 'hung_up'): Event[] {
    return this.take({ kind: 'contact.ended', atMs: this.nowMs, contactId, cause, endedBy: 'customer' });
  }

  answer(offerId: string): Event[] {
    return this.take({ kind: 'offer.answered', atMs: this.nowMs, offerId });
  }

  fail(offerId: string, cause: EventOf<'offer.failed'>['cause']): Event[] {
    return this.take({ kind: 'offer.failed', atMs: this.nowMs, offerId, cause });
  }

  agentHangsUp(offerId: string): Event[] {
    return this.take({ kind: 'offer.ended', atMs: this.nowMs, offerId, cause: 'hung_up' });
  }

  phone(agentId: string, phone: EventOf<'phone.changed'>['phone']): Event[] {
    return this.take({ kind: 'phone.changed', atMs: this.nowMs, agentId, phone });
  }

  pause(agentId: string, reason = 'lunch'): Event[] {
    return this.take({ kind: 'agent.paused', atMs: this.nowMs, agentId, reason, by: 'api' });
  }

  sayReady(agentId: string): Event[] {
    return this.take({ kind: 'agent.readied', atMs: this.nowMs, agentId, by: 'api' });
  }

  logOut(agentId: string): Event[] {
    return this.take({ kind: 'agent.logged_out', atMs: this.nowMs, agentId, by: 'api' });
  }

  /** Puts another site into service. */
  load(site: Site): Event[] {
    return this.take({
      kind: 'flows.loaded',
      atMs: this.nowMs,
      flows: { version: 'next', site, flows: {}, tables: {} },
    });
  }

  /** Queues a contact for which one phone rings at once, and answers there; gives back the offer's id. */
  talk(contactId: string, options: Partial<EventOf<'contact.queued'>> = {}): string {
    const { offerId } = only(this.queue(contactId, options), 'offer.made');
    this.answer(offerId);
    return offerId;
  }

  /** Contacts that wait in a queue, the next to be served first. */
  line(queueId: string): string[] {
    return inOrder(this.state, queueId).flatMap(({ stage, contactId }) => (stage === 'waiting' ? [contactId] : []));
  }

  /** What an agent has in hand: stage and contact. */
  hand(agentId: string): string[] {
    return (this.state.agents.get(agentId)?.work ?? []).map(({ stage, contactId }) => `${stage} ${contactId}`);
  }
}

/** Who is rung with what, in order, as `anna c1`. */
export function rings(events: readonly Event[]): string[] {
  return events.flatMap((event) => (event.kind === 'offer.made' ? [`${event.agentId} ${event.contactId}`] : []));
}

/** The one event of a kind; fails when there is none or more than one. */
export function only<K extends EventKind>(events: readonly Event[], kind: K): EventOf<K> {
  const found = events.filter((event): event is EventOf<K> => event.kind === kind);
  if (found.length !== 1) throw new Error(`${found.length} ${kind} in ${events.map((event) => event.kind).join(', ')}`);
  return found[0]!;
}

export function kinds(events: readonly Event[]): EventKind[] {
  return events.map((event) => event.kind);
}

/** Kinds of what was decided, without what only tells something: an estimate, that somebody has waited too long. */
export function decided(events: readonly Event[]): EventKind[] {
  return kinds(events).filter((kind) => kind !== 'wait.estimated' && kind !== 'contact.overdue');
}
