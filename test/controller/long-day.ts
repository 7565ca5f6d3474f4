import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { nextDeadline, takeIn } from '../../src/controller/decide.ts';
import { toSnapshot } from '../../src/controller/snapshot.ts';
import { emptyState, type State } from '../../src/controller/state.ts';
import type { Event } from '../../src/model/event.ts';
import type { Site } from '../../src/model/site.ts';
import { eventOf, type Happening, type RandomDay, randomHappening } from '../acd/random-day.ts';
import { AGENT_IDS, randomSite } from '../acd/random-site.ts';

/** Customers hang up when more than this are here, so that a day may be as long as it likes. */
const ITEMS_MAX = 60;
/** New sites come into service after so many happenings. */
const CHAPTER = 400;

/** What came in from outside (doors, agents, the clock) and what was decided because of it. */
export type Taken = { readonly input: Event; readonly decisions: readonly Event[] };

/** A day of any length, the same for the same seed: the controller's own way of taking events in, over random sites. */
export class LongDay {
  readonly state: State = emptyState();
  nowMs = 1_700_000_000_000;
  #seed: number;
  #contacts = 0;
  #taken: (taken: Taken) => void;

  constructor(seed: number, taken: (taken: Taken) => void) {
    this.#seed = seed;
    this.#taken = taken;
  }

  /** Lives until about so many events have come of it. */
  live(events: number): void {
    for (let chapter = 0; this.state.seq < events; chapter++) {
      const seed = this.#seed + chapter;
      const [first, second] = fc.sample(randomSite, { seed, numRuns: 2 }) as [Site, Site];
      const day: RandomDay = { sites: [first, second], present: [], happenings: [] };
      this.take({
        kind: 'flows.loaded',
        atMs: this.nowMs,
        flows: { version: `s${seed}`, site: first, flows: {}, tables: {} },
      });
      this.take({ kind: 'door.agreed', atMs: this.nowMs, door: 'voice' });
      for (const agentId of AGENT_IDS) {
        this.take({ kind: 'phone.changed', atMs: this.nowMs, agentId, phone: 'idle' });
        this.take({ kind: 'agent.logged_in', atMs: this.nowMs, agentId, by: 'phone' });
      }
      for (const happening of fc.sample(randomHappening, { seed, numRuns: CHAPTER })) this.#happen(happening, day);
    }
  }

  #happen(happening: Happening, day: RandomDay): void {
    if (happening.what === 'again') return;
    if (happening.what === 'pass' || happening.what === 'jump') return this.#pass(happening.ms);
    this.#contacts += 1;
    const event = eventOf(this.state.acd, happening, day, this.#contacts, this.nowMs);
    if (event) this.take(event);
    for (const contactId of [...this.state.acd.items.keys()].slice(0, -ITEMS_MAX)) this.#hangUp(contactId);
  }

  #hangUp(contactId: string): void {
    this.take({ kind: 'contact.ended', atMs: this.nowMs, contactId, cause: 'hung_up', endedBy: 'customer' });
  }

  /** Every deadline is answered at its own moment. */
  #pass(ms: number): void {
    const endMs = this.nowMs + ms;
    for (let next = nextDeadline(this.state); next !== undefined && next <= endMs; next = nextDeadline(this.state)) {
      this.nowMs = Math.max(this.nowMs, next);
      this.take({ kind: 'time.passed', atMs: this.nowMs });
    }
    this.nowMs = endMs;
  }

  take(input: Event): void {
    this.#taken({ input, decisions: takeAsWritten(this.state, input) });
    // Nothing is left of a contact that is over, as the hall says once its legs are gone.
    if (input.kind === 'contact.ended') {
      this.take({ kind: 'contact.finished', atMs: input.atMs, contactId: input.contactId });
    }
  }
}

/** Takes an event in as the hall does; what was decided comes back. The place in the journal counts what is written down. */
export function takeAsWritten(state: State, input: Event): Event[] {
  const { batch, fault } = takeIn(state, input);
  if (fault) throw fault;
  state.seq += input.kind === 'time.passed' ? batch.length - 1 : batch.length;
  return batch.slice(1);
}

/** The whole state as text; equal states give equal bytes. */
export function canonical(state: State): string {
  return JSON.stringify(toSnapshot(state, 0));
}

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
