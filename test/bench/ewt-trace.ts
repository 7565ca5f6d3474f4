import { apply } from '../../src/acd/apply.ts';
import { decide } from '../../src/acd/decide.ts';
import { type AcdState, emptyAcd } from '../../src/acd/state.ts';
import { Deadlines } from '../../src/model/deadlines.ts';
import type { Event, EventOf } from '../../src/model/event.ts';
import type { Site } from '../../src/model/site.ts';
import { type RandomStream, randomStream } from '../../src/simulation/random.ts';

/** One stream of contacts. Times are exponential with the means given, where nothing else is said. */
export type Stream = {
  readonly name: string;
  readonly queueId: string;
  readonly channel?: 'callback' | 'chat';
  readonly priority?: number;
  readonly contactsPerHour: number;
  readonly handleMs: number;
  /** Talks are lognormal with this standard deviation of the logarithm, as measured ones mostly are (Brown et al. 2005). */
  readonly handleSpread?: number;
  /** Absent: nobody gives up. */
  readonly patienceMs?: number;
  /** A callback's place in the queue is up to this much older than its entry into the engine, evenly spread. */
  readonly headStartMs?: number;
};

export type Trace = {
  readonly name: string;
  readonly site: Site;
  readonly streams: readonly Stream[];
  /** The rate of all streams swings by this part of itself, as a sine of `SWING_PERIOD_MS`. */
  readonly swing: number;
  /** How long an agent's phone rings before it is answered, evenly spread from 0 to twice this. */
  readonly ringMs: number;
};

/** What was told to one contact that had to wait, and what came of it. */
export type Told = {
  readonly waitedMs: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly emaMs: number;
};
export type Outcome = { readonly told: readonly Told[]; readonly abandoned: number; readonly served: number };

const SWING_PERIOD_MS = 7_200_000;
/** Estimates of the first part of a trace are not counted, because app_queue's mean begins at 0 and ours knows no handle time. */
const WARM_UP = 0.05;

type Kind = 'arrival' | 'answer' | 'end' | 'give_up';

/** Lives a trace with the real engine on a clock of its own; outcome by stream. Beside it app_queue's mean hold time is kept. */
export function liveTrace(trace: Trace, contacts: number, seed: number): Map<string, Outcome> {
  return new TraceRun(trace, contacts, seed).live();
}

class TraceRun {
  readonly #trace: Trace;
  readonly #contacts: number;
  readonly #random: RandomStream;
  readonly #state: AcdState;
  readonly #moments = new Deadlines<Kind>();
  readonly #streams: ReadonlyMap<string, Stream>;
  readonly #outcomes = new Map<string, { told: Told[]; abandoned: number; served: number }>();
  readonly #open = new Map<
    string,
    { stream: Stream; emaMs: number; counts: boolean; estimate?: EventOf<'wait.estimated'> }
  >();
  /** app_queue's hold time by queue, in whole seconds: (3 old + new) / 4 at each answer, rounded down (update_qe in app_queue.c). */
  readonly #holdSeconds = new Map<string, number>();
  #arrived = 0;

  constructor(trace: Trace, contacts: number, seed: number) {
    this.#trace = trace;
    this.#contacts = contacts;
    this.#random = randomStream(seed, 0, 'estimated wait');
    this.#state = emptyAcd(trace.site);
    this.#streams = new Map(trace.streams.map((stream) => [stream.name, stream]));
    for (const { name } of trace.streams) this.#outcomes.set(name, { told: [], abandoned: 0, served: 0 });
  }

  live(): Map<string, Outcome> {
    this.#take({ kind: 'door.agreed', atMs: 0, door: 'voice' });
    for (const agentId of Object.keys(this.#trace.site.agents)) {
      this.#take({ kind: 'phone.changed', atMs: 0, agentId, phone: 'idle' });
      this.#take({ kind: 'agent.logged_in', atMs: 0, agentId, by: 'api' });
    }
    for (const stream of this.#trace.streams) this.#planArrival(stream, 0);
    while (this.#arrived < this.#contacts) this.#step();
    return this.#outcomes;
  }

  #step(): void {
    const mine = this.#moments.next() ?? Number.POSITIVE_INFINITY;
    const engines = this.#state.deadlines.next() ?? Number.POSITIVE_INFINITY;
    if (engines <= mine) return this.#take({ kind: 'time.passed', atMs: engines });
    const { kind, id, atMs } = this.#moments.takeDue(mine)!;
    if (kind === 'arrival') this.#arrive(this.#streams.get(id)!, atMs);
    else if (kind === 'answer') this.#take({ kind: 'offer.answered', atMs, offerId: id });
    else if (kind === 'end') this.#take({ kind: 'offer.ended', atMs, offerId: id, cause: 'hung_up' });
    else this.#take({ kind: 'contact.ended', atMs, contactId: id, cause: 'hung_up', endedBy: 'customer' });
  }

  #take(event: Event): void {
    const batch: Event[] = [event];
    apply(this.#state, event);
    for (let at = 0; at < batch.length; at++) {
      this.#see(batch[at]!);
      decide(this.#state, batch[at]!, (decision) => {
        apply(this.#state, decision);
        batch.push(decision);
      });
    }
  }

  /** Plays the people: the agent who answers and talks, the customer who gives up. */
  #see(event: Event): void {
    switch (event.kind) {
      case 'offer.made':
        return this.#moments.set(
          'answer',
          event.offerId,
          event.atMs + Math.round(2 * this.#trace.ringMs * this.#random()),
        );
      case 'contact.connected': {
        const { stream } = this.#open.get(event.contactId)!;
        return this.#moments.set('end', event.offerId, event.atMs + this.#handleMs(stream));
      }
      case 'offer.withdrawn':
        return this.#moments.clear('answer', event.offerId);
      case 'wait.estimated':
        this.#open.get(event.contactId)!.estimate = event;
        return;
      case 'contact.dequeued':
        return this.#left(event);
      case 'contact.handled':
        this.#open.delete(event.contactId);
        return;
    }
  }

  #left({ contactId, queueId, reason, waitedMs }: EventOf<'contact.dequeued'>): void {
    const { stream, emaMs, counts, estimate } = this.#open.get(contactId)!;
    this.#moments.clear('give_up', contactId);
    const outcome = this.#outcomes.get(stream.name)!;
    if (reason !== 'answered') {
      outcome.abandoned += 1;
      this.#open.delete(contactId);
      return;
    }
    outcome.served += 1;
    const before = this.#holdSeconds.get(queueId) ?? 0;
    this.#holdSeconds.set(queueId, (3 * before + Math.floor(waitedMs / 1000)) >> 2);
    if (!counts || !estimate) return;
    outcome.told.push({ waitedMs, p50Ms: estimate.p50Ms, p90Ms: estimate.p90Ms, emaMs });
  }

  #arrive(stream: Stream, atMs: number): void {
    this.#planArrival(stream, atMs);
    const contactId = `c${++this.#arrived}`;
    const emaMs = (this.#holdSeconds.get(stream.queueId) ?? 0) * 1000;
    this.#open.set(contactId, { stream, emaMs, counts: this.#arrived > this.#contacts * WARM_UP });
    if (stream.patienceMs !== undefined) {
      this.#moments.set('give_up', contactId, atMs + this.#exponential(stream.patienceMs));
    }
    const virtualStartMs = atMs - Math.round((stream.headStartMs ?? 0) * this.#random());
    const { queueId, priority = 0, channel = 'voice' } = stream;
    this.#take({ kind: 'contact.queued', atMs, contactId, queueId, channel, priority, skills: [], virtualStartMs });
  }

  /** A Poisson process whose rate swings, by thinning (Lewis and Shedler 1979). */
  #planArrival(stream: Stream, fromMs: number): void {
    const { swing } = this.#trace;
    const meanMs = 3_600_000 / stream.contactsPerHour / (1 + swing);
    let atMs = fromMs;
    do {
      atMs += -Math.log(1 - this.#random()) * meanMs;
    } while (this.#random() * (1 + swing) > 1 + swing * Math.sin((2 * Math.PI * atMs) / SWING_PERIOD_MS));
    this.#moments.set('arrival', stream.name, Math.round(atMs));
  }

  #handleMs({ handleMs, handleSpread }: Stream): number {
    if (handleSpread === undefined) return this.#exponential(handleMs);
    const normal = Math.sqrt(-2 * Math.log(this.#random())) * Math.cos(2 * Math.PI * this.#random());
    return Math.max(1, Math.round(handleMs * Math.exp(handleSpread * normal - handleSpread ** 2 / 2)));
  }

  #exponential(meanMs: number): number {
    return Math.max(1, Math.round(-Math.log(1 - this.#random()) * meanMs));
  }
}
