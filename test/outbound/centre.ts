import { apply as applyAcd } from '../../src/acd/apply.ts';
import { decide as decideAcd } from '../../src/acd/decide.ts';
import { type AcdState, emptyAcd } from '../../src/acd/state.ts';
import type { Order } from '../../src/model/call/order.ts';
import type { EndCause, Event, EventKind, EventOf } from '../../src/model/event.ts';
import { NO_NEEDS } from '../../src/model/needs.ts';
import type { Queue } from '../../src/model/queue.ts';
import type { Site } from '../../src/model/site.ts';
import { apply as applyOutbound } from '../../src/outbound/apply.ts';
import { decide as decideOutbound } from '../../src/outbound/decide.ts';
import { restoreOutbound, saveOutbound } from '../../src/outbound/saved.ts';
import { emptyOutbound, type OutboundState } from '../../src/outbound/state.ts';
import { type AgentInTest, site } from '../acd/site.ts';

export const NUMBER = '+49301234567';
/** Monday 2026-11-23, 08:00 UTC. */
export const MONDAY_8 = Date.UTC(2026, 10, 23, 8);
export const HOUR_MS = 3_600_000;

/** Open from 9 to 17 on weekdays. */
const OFFICE = {
  id: 'office',
  timeZone: 'UTC',
  weekly: [0, 1, 2, 3, 4, 5, 6].map((day) => (day < 5 ? [{ from: 540, to: 1020 }] : [])),
  holidays: [],
  exceptions: [],
};

export const OUTGOING = {
  rules: [
    { prefix: '+49', trunks: ['out'], callerId: null, costPerMinute: 0, strip: 0, add: '' },
    { prefix: '+49900', trunks: [], callerId: null, costPerMinute: 0, strip: 0, add: '' },
  ],
  callerId: '+4930555',
  callerIds: [],
  country: '+49',
  callsMax: 10,
  costPerDayMax: 50,
};

export function siteWith(
  agents: Record<string, AgentInTest> = { anna: {} },
  queues: Record<string, Partial<Queue>> = { sales: {} },
  more: Partial<Site> = {},
): Site {
  return site(agents, queues, { calendars: { office: OFFICE }, outgoing: OUTGOING, ...more });
}

/** An order in which nothing is asked for but what a test says. */
export function orderOf(id: string, about: Partial<Order> = {}): Order {
  return {
    id,
    kind: 'callback',
    mode: 'agent_first',
    number: NUMBER,
    queueId: 'sales',
    language: 'en',
    fromContactId: null,
    listId: null,
    name: null,
    attributes: {},
    label: null,
    priority: 0,
    needs: NO_NEEDS,
    virtualStartMs: MONDAY_8,
    dueAtMs: 0,
    expiresAtMs: MONDAY_8 + 24 * HOUR_MS,
    calendarId: null,
    rules: { attemptsMax: 3, retryMs: 15 * 60_000, ringMs: 30_000 },
    recordingId: null,
    callerId: null,
    detectMachine: false,
    ...about,
  };
}

/** Dispatcher and orders together; a test plays phones, customers and the switchboard between them. */
export class Centre {
  readonly acd: AcdState;
  outbound: OutboundState = emptyOutbound();
  readonly journal: Event[] = [];
  nowMs = MONDAY_8;

  constructor(flows: Site = siteWith(), ready: readonly string[] = ['anna']) {
    this.acd = emptyAcd(flows);
    const set = { version: 'v1', site: flows, flows: {}, tables: {} };
    this.take({ kind: 'flows.loaded', atMs: this.nowMs, flows: set });
    this.take({ kind: 'door.agreed', atMs: this.nowMs, door: 'voice' });
    for (const agentId of ready) this.ready(agentId);
  }

  take(event: Event): Event[] {
    const batch: Event[] = [];
    const emit = (one: Event): void => {
      applyAcd(this.acd, one);
      applyOutbound(this.outbound, one);
      batch.push(one);
    };
    emit(event);
    for (let at = 0; at < batch.length; at++) {
      decideAcd(this.acd, batch[at]!, emit);
      decideOutbound(this.outbound, batch[at]!, emit);
    }
    this.journal.push(...batch.filter(({ kind }) => kind !== 'time.passed'));
    for (const { contactId } of ofKind(batch, 'contact.ended')) {
      applyOutbound(this.outbound, { kind: 'contact.finished', atMs: this.nowMs, contactId });
    }
    return batch;
  }

  ready(agentId: string): void {
    this.take({ kind: 'phone.changed', atMs: this.nowMs, agentId, phone: 'idle' });
    this.take({ kind: 'agent.logged_in', atMs: this.nowMs, agentId, by: 'api' });
  }

  ask(order: Order, duplicates: EventOf<'order.asked'>['duplicates'] = 'refuse'): Event[] {
    return this.take({ kind: 'order.asked', atMs: this.nowMs, order, by: 'api', duplicates });
  }

  /** Lets time pass; every deadline on the way is answered at its own moment. */
  pass(ms: number): Event[] {
    const before = this.journal.length;
    const end = this.nowMs + ms;
    for (let next = this.#next(); next <= end; next = this.#next()) {
      this.nowMs = Math.max(this.nowMs, next);
      this.take({ kind: 'time.passed', atMs: this.nowMs });
    }
    this.nowMs = end;
    return this.journal.slice(before);
  }

  /** Who is being rung, and for which contact. */
  ringing(): { agentId: string; contactId: string; offerId: string }[] {
    return [...this.acd.offers.values()].flatMap(({ agentId, contactId, id, answeredAtMs }) =>
      answeredAtMs === null ? [{ agentId, contactId, offerId: id }] : [],
    );
  }

  agentAnswers(): string {
    const [first] = this.ringing();
    if (!first) throw new Error('nothing rings');
    this.take({ kind: 'offer.answered', atMs: this.nowMs, offerId: first.offerId });
    return first.contactId;
  }

  dial(contactId: string): string {
    const legId = `${contactId}.l1-x`;
    this.take({
      kind: 'leg.asked',
      atMs: this.nowMs,
      contactId,
      legId,
      purpose: 'contact',
      target: { to: 'number', number: NUMBER },
      way: null,
      deadlineMs: this.nowMs + 30_000,
      detectMachine: false,
      headers: {},
    });
    return legId;
  }

  /** The agent answers, the customer is dialled, and it comes to nothing. */
  tryInVain(cause: EndCause): Event[] {
    const contactId = this.agentAnswers();
    const legId = this.dial(contactId);
    this.take({ kind: 'leg.ended', atMs: this.nowMs, contactId, legId, cause });
    return this.end(contactId, cause);
  }

  talk(talkMs: number): Event[] {
    const contactId = this.agentAnswers();
    this.dial(contactId);
    this.take({ kind: 'contact.answered', atMs: this.nowMs, contactId });
    this.pass(talkMs);
    return this.end(contactId, 'hung_up');
  }

  end(contactId: string, cause: EndCause): Event[] {
    return this.take({ kind: 'contact.ended', atMs: this.nowMs, contactId, cause, endedBy: 'customer' });
  }

  /** As if the process had been killed: a snapshot and what came of it. */
  restart(): void {
    this.outbound = restoreOutbound(JSON.parse(JSON.stringify(saveOutbound(this.outbound))), this.nowMs);
  }

  #next(): number {
    return Math.min(...[this.acd, this.outbound].map(({ deadlines }) => deadlines.next() ?? Number.POSITIVE_INFINITY));
  }
}

export function ofKind<K extends EventKind>(events: readonly Event[], kind: K): EventOf<K>[] {
  return events.filter((event): event is EventOf<K> => event.kind === kind);
}
