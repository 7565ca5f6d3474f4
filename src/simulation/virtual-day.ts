import { apply } from '../acd/apply.ts';
import { decide } from '../acd/decide.ts';
import { type AcdState, emptyAcd } from '../acd/state.ts';
import type { Emit, Event, EventOf } from '../model/event.ts';
import type { AgentId, AtMs, ContactId, OfferId } from '../model/ids.ts';
import { type ContactSource, contactSource, type VirtualContact } from './contact-source.ts';
import type { Scenario, StaffGroup } from './scenario.ts';
import { Schedule } from './schedule.ts';
import { type AgentStep, stepsByClock, wayBack } from './virtual-staff.ts';

/** How long after the end of the day what is still open is followed; what waits then waits for nobody. */
export const AFTER_HOURS_MS_MAX = 4 * 3_600_000;

/** Sees every event and every decision, in order. */
export type Observer = (event: Event) => void;

export type DayEnd = {
  readonly contacts: number;
  /** Events and decisions together. */
  readonly events: number;
  /** When the last of them happened. */
  readonly atMs: AtMs;
};

const ARRIVAL = 0;
const ANSWER = 1;
const TALK_END = 2;
const GIVE_UP = 3;
const MOVE = 4;
const WRAP_UP_END = 5;
const AGENT = 6;

type Ringing = { readonly offerId: OfferId; readonly contact: VirtualContact };
type Cleared = { readonly agentId: AgentId; readonly contactId: ContactId; readonly result: string | undefined };
type Subject = ContactSource | VirtualContact | Ringing | Cleared | AgentStep;

/**
 * Lives one day: the dispatcher of the real program on a virtual clock. What a door and people would do is taken from the
 * schedule, what the dispatcher decides is followed up. In one millisecond its deadlines come first, then the schedule
 * in the order in which it was made, so that a seed always gives the same day.
 */
export function liveDay(scenario: Scenario, run: number, observe: Observer): DayEnd {
  return new VirtualDay(scenario, run, observe).live();
}

class VirtualDay {
  readonly #scenario: Scenario;
  readonly #state: AcdState;
  readonly #observe: Observer;
  readonly #schedule = new Schedule<Subject>();
  readonly #contacts = new Map<ContactId, VirtualContact>();
  readonly #groups = new Map<AgentId, StaffGroup>();
  /** The event that is taken in, and all that follows from it. */
  readonly #batch: Event[] = [];
  readonly #emit: Emit;
  #contactCount = 0;
  #eventCount = 0;
  #nowMs: AtMs;

  constructor(scenario: Scenario, run: number, observe: Observer) {
    this.#scenario = scenario;
    this.#observe = observe;
    this.#nowMs = scenario.fromMs;
    this.#state = emptyAcd(scenario.site);
    this.#emit = (decision) => {
      apply(this.#state, decision);
      this.#batch.push(decision);
    };
    this.#take({ kind: 'door.agreed', atMs: scenario.fromMs, door: 'voice' });
    for (const group of scenario.staff) this.#scheduleStaff(group);
    for (const traffic of scenario.traffic) {
      this.#scheduleArrival(contactSource(traffic, scenario.seed, run));
    }
  }

  live(): DayEnd {
    const endMs = this.#scenario.toMs + AFTER_HOURS_MS_MAX;
    const { deadlines } = this.#state;
    for (;;) {
      const dueMs = deadlines.next() ?? Number.POSITIVE_INFINITY;
      const nextMs = this.#schedule.nextMs();
      const atMs = Math.min(dueMs, nextMs);
      if (atMs > endMs) break;
      this.#nowMs = Math.max(this.#nowMs, atMs);
      if (dueMs <= nextMs) this.#take({ kind: 'time.passed', atMs: this.#nowMs });
      else this.#happen();
    }
    return { contacts: this.#contactCount, events: this.#eventCount, atMs: this.#nowMs };
  }

  #take(event: Event): void {
    const batch = this.#batch;
    batch.length = 0;
    batch.push(event);
    apply(this.#state, event);
    for (let at = 0; at < batch.length; at++) decide(this.#state, batch[at]!, this.#emit);
    this.#eventCount += batch.length;
    for (let at = 0; at < batch.length; at++) {
      const one = batch[at]!;
      this.#observe(one);
      this.#followUp(one);
    }
  }

  #happen(): void {
    const kind = this.#schedule.nextKind();
    const subject = this.#schedule.nextSubject();
    this.#schedule.removeNext();
    switch (kind) {
      case ARRIVAL:
        return this.#arrive(subject as ContactSource);
      case ANSWER:
        return this.#answer(subject as Ringing);
      case TALK_END:
        return this.#end(subject as VirtualContact, 'talking');
      case GIVE_UP:
        return this.#end(subject as VirtualContact, 'waiting');
      case MOVE:
        return this.#queue(subject as VirtualContact);
      case WRAP_UP_END:
        return this.#clear(subject as Cleared);
      case AGENT:
        return this.#take(subject as AgentStep);
    }
  }

  #arrive(source: ContactSource): void {
    this.#contactCount += 1;
    const contact = source.contact(`${source.traffic.name}-${this.#contactCount}`, this.#nowMs);
    this.#contacts.set(contact.id, contact);
    this.#scheduleArrival(source);
    if (contact.givesUpAtMs < Number.POSITIVE_INFINITY) this.#schedule.add(contact.givesUpAtMs, GIVE_UP, contact);
    this.#queue(contact);
  }

  #queue(contact: VirtualContact): void {
    if (contact.stage !== 'waiting') return;
    const { channel, label, priority, skills, attributes } = contact.source.traffic;
    const queued: EventOf<'contact.queued'> = {
      kind: 'contact.queued',
      atMs: this.#nowMs,
      contactId: contact.id,
      queueId: contact.queueId,
      channel,
      attributes,
      priority,
      skills,
      virtualStartMs: contact.arrivedAtMs,
    };
    if (label !== null) queued.label = label;
    this.#take(queued);
  }

  /** When the offer was taken back meanwhile its id is stale, and the dispatcher passes over it. */
  #answer(ringing: Ringing): void {
    if (ringing.contact.stage !== 'waiting') return;
    this.#take({ kind: 'offer.answered', atMs: this.#nowMs, offerId: ringing.offerId });
  }

  #end(contact: VirtualContact, stage: 'waiting' | 'talking'): void {
    if (contact.stage !== stage) return;
    const contactId = contact.id;
    contact.stage = 'gone';
    this.#take({ kind: 'contact.ended', atMs: this.#nowMs, contactId, cause: 'hung_up', endedBy: 'customer' });
    this.#contacts.delete(contactId);
  }

  #clear({ agentId, contactId, result }: Cleared): void {
    const atMs = this.#nowMs;
    this.#take({ kind: 'agent.wrap_up_ended', atMs, agentId, contactId, ...(result !== undefined && { result }) });
  }

  #leave(contact: VirtualContact): void {
    contact.stage = 'gone';
    this.#contacts.delete(contact.id);
  }

  #followUp(decision: Event): void {
    switch (decision.kind) {
      case 'offer.made':
        return this.#ring(decision);
      case 'contact.connected':
        return this.#connect(decision);
      case 'contact.dequeued':
        return this.#dequeue(decision);
      case 'agent.wrap_up_started':
        return this.#wrapUp(decision);
      case 'agent.paused':
      case 'agent.logged_out':
        return this.#comeBack(decision);
    }
  }

  #ring(offer: EventOf<'offer.made'>): void {
    const contact = this.#contacts.get(offer.contactId);
    if (!contact) return;
    const ringMs = contact.firstRingMs ?? contact.source.ringAgainMs();
    contact.firstRingMs = null;
    if (ringMs === Number.POSITIVE_INFINITY) return;
    this.#schedule.add(offer.atMs + ringMs, ANSWER, { offerId: offer.offerId, contact });
  }

  #connect({ contactId, atMs }: EventOf<'contact.connected'>): void {
    const contact = this.#contacts.get(contactId);
    if (!contact) return;
    contact.stage = 'talking';
    this.#schedule.add(atMs + contact.handleMs, TALK_END, contact);
  }

  /** What flows do after an overflow to another queue is done here; any other way out of a queue ends the contact. */
  #dequeue({ contactId, reason, overflow, atMs }: EventOf<'contact.dequeued'>): void {
    const contact = this.#contacts.get(contactId);
    if (contact?.stage !== 'waiting' || reason === 'answered') return;
    if (overflow?.target.to !== 'queue') return this.#leave(contact);
    contact.queueId = overflow.target.queueId;
    this.#schedule.add(atMs, MOVE, contact);
  }

  /** An agent who ends the wrap-up; where the traffic says nothing the queue's limit ends it. */
  #wrapUp({ agentId, contactId, atMs, untilMs }: EventOf<'agent.wrap_up_started'>): void {
    const contact = this.#contacts.get(contactId);
    if (!contact || atMs + contact.wrapUpMs >= untilMs) return;
    const result = this.#scenario.site.queues[contact.queueId]?.wrapUp.results[0];
    this.#schedule.add(atMs + contact.wrapUpMs, WRAP_UP_END, { agentId, contactId, result });
  }

  #scheduleArrival(source: ContactSource): void {
    const atMs = source.nextMs();
    if (atMs < this.#scenario.toMs) this.#schedule.add(atMs, ARRIVAL, source);
  }

  #scheduleStaff(group: StaffGroup): void {
    for (const agentId of group.agentIds) {
      this.#groups.set(agentId, group);
      this.#take({ kind: 'phone.changed', atMs: this.#nowMs, agentId, phone: 'idle' });
    }
    for (const step of stepsByClock(group)) this.#schedule.add(step.atMs, AGENT, step);
  }

  /** Who was taken out of service by the dispatcher, and not by the clock, comes back after a while. */
  #comeBack(out: EventOf<'agent.paused' | 'agent.logged_out'>): void {
    const group = this.#groups.get(out.agentId);
    const step = group && out.by === 'system' ? wayBack(group, out) : null;
    if (step) this.#schedule.add(step.atMs, AGENT, step);
  }
}
