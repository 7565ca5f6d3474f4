import assert from 'node:assert/strict';
import { apply } from '../../src/acd/apply.ts';
import { decide } from '../../src/acd/decide.ts';
import { type AcdState, emptyAcd } from '../../src/acd/state.ts';
import type { Event } from '../../src/model/event.ts';
import type { Site } from '../../src/model/site.ts';
import { checkOffer, checkRest } from './invariants.ts';
import { Ledger } from './ledger.ts';
import { eventOf, nth, type RandomDay } from './random-day.ts';
import { AGENT_IDS } from './random-site.ts';

/** More decisions than this after one event are a loop without end. */
const DECISIONS_MAX = 2000;
/** So often may something become due in the moment in which something else was. */
const LOOKS_MAX = 3;
/** Longer than anything that a rule of a random site knows of. */
const LONG_MS = 20 * 60_000;

/** Lives a random day and looks at every decision before it is applied, and at the whole state after every event. */
export class Day {
  readonly state: AcdState;
  /** All that happened and was decided, as the journal has it. */
  readonly journal: Event[] = [];
  readonly ledger = new Ledger();
  nowMs = 1_700_000_000_000;
  #told: Event[] = [];

  constructor(site: Site) {
    this.state = emptyAcd(site);
  }

  live(day: RandomDay): void {
    this.take({ kind: 'door.agreed', atMs: this.nowMs, door: 'voice' });
    for (const agent of day.present) {
      this.take({ kind: 'phone.changed', atMs: this.nowMs, agentId: AGENT_IDS[agent]!, phone: 'idle' });
      this.take({ kind: 'agent.logged_in', atMs: this.nowMs, agentId: AGENT_IDS[agent]!, by: 'phone' });
    }
    day.happenings.forEach((happening, count) => {
      if (happening.what === 'pass') this.pass(happening.ms);
      else if (happening.what === 'jump') this.jump(happening.ms);
      else if (happening.what === 'again') this.again(happening.which);
      else {
        const event = eventOf(this.state, happening, day, count, this.nowMs);
        if (!event) return;
        this.#told.push(event);
        this.take(event);
      }
    });
  }

  take(event: Event): void {
    let decisions = this.#decide(event);
    // What is due in this very moment is answered at once, as the hall does.
    for (let look = 0; look < LOOKS_MAX && this.#isDue(); look++) {
      decisions += this.#decide({ kind: 'time.passed', atMs: this.nowMs });
    }
    assert.ok(!this.#isDue(), 'a deadline was passed over');
    // A look at a queue that came to nothing changed nothing.
    if (event.kind === 'time.passed' && decisions === 0) return;
    this.ledger.agreesWith(this.state);
    checkRest(this.state, this.nowMs);
  }

  #isDue(): boolean {
    return (this.state.deadlines.next() ?? Number.POSITIVE_INFINITY) <= this.nowMs;
  }

  /** Gives back how many decisions followed. */
  #decide(event: Event): number {
    this.#enter(event);
    const batch: Event[] = [event];
    for (let at = 0; at < batch.length; at++) {
      decide(this.state, batch[at]!, (decision) => {
        assert.ok(batch.length < DECISIONS_MAX, `no end of decisions after ${JSON.stringify(event)}`);
        if (decision.kind === 'offer.made') checkOffer(this.state, decision);
        this.#enter(decision);
        batch.push(decision);
      });
    }
    return batch.length - 1;
  }

  #enter(event: Event): void {
    if (event.kind !== 'time.passed') this.journal.push(event);
    this.ledger.enter(event);
    apply(this.state, event);
  }

  /** Lets time pass; every deadline is answered at its own moment. */
  pass(ms: number): void {
    const endMs = this.nowMs + ms;
    for (;;) {
      const nextMs = this.state.deadlines.next();
      if (nextMs === undefined || nextMs > endMs) break;
      this.nowMs = Math.max(this.nowMs, nextMs);
      this.take({ kind: 'time.passed', atMs: this.nowMs });
    }
    this.nowMs = endMs;
  }

  jump(ms: number): void {
    this.nowMs += ms;
    this.take({ kind: 'time.passed', atMs: this.nowMs });
  }

  /** The same thing told once more, a moment later. */
  again(which: number): void {
    const event = nth(this.#told.slice(-8), which);
    if (!event) return;
    this.pass(1);
    this.take({ ...event, atMs: this.nowMs });
  }

  /** Everybody hangs up, and enough time passes for everything to end by itself. */
  end(): void {
    this.take({ kind: 'door.agreed', atMs: this.nowMs, door: 'voice' });
    this.pass(LONG_MS);
    for (const offer of [...this.state.offers.values()]) {
      if (offer.answeredAtMs !== null)
        this.take({ kind: 'offer.ended', atMs: this.nowMs, offerId: offer.id, cause: 'hung_up' });
    }
    for (const contactId of [...this.state.items.keys()]) {
      this.take({ kind: 'contact.ended', atMs: this.nowMs, contactId, cause: 'hung_up', endedBy: 'customer' });
    }
    for (const contactId of this.ledger.all()) this.take({ kind: 'contact.finished', atMs: this.nowMs, contactId });
    this.pass(LONG_MS);
  }
}
