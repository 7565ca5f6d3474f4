import type { Line, Ring } from './line.ts';
import { WAIT_MS } from './line.ts';
import type { Registrations } from './registrations.ts';
import { Sightings } from './sightings.ts';

/** Rings that no test has taken; more mean that a test forgot them. */
const RINGS_WAITING_MAX = 100;

/** What a phone needs of the far end. */
export type PhoneWires = Registrations & {
  dial(id: string, number: string): Promise<Line>;
};

/** An agent's SIP phone. */
export class Phone {
  readonly id: string;
  readonly #wires: PhoneWires;
  readonly #sightings: Sightings;
  readonly #waiting: Ring[] = [];
  #ringCount = 0;

  constructor(id: string, wires: PhoneWires) {
    this.id = id;
    this.#wires = wires;
    this.#sightings = new Sightings(`phone ${id}`);
  }

  /** How often the phone has rung since the start. */
  get ringCount(): number {
    return this.#ringCount;
  }

  /** Registers at the exchange and waits (a second at least) until it has accepted. Rejects when it refuses. */
  register(): Promise<void> {
    return this.#wires.register(this.id);
  }

  /** Takes the registration back and waits until the exchange has answered. */
  unregister(): Promise<void> {
    return this.#wires.unregister(this.id);
  }

  /** Calls a number or feature code from this phone, with its credentials. */
  dial(number: string): Promise<Line> {
    return this.#wires.dial(this.id, number);
  }

  /** The next call that rings here and that no one has taken yet; one that has stopped ringing is passed over. */
  nextRing(waitMs = WAIT_MS): Promise<Ring> {
    return this.#sightings.until('a ring', waitMs, () => {
      let ring = this.#waiting.shift();
      while (ring?.hasEnded) ring = this.#waiting.shift();
      return ring;
    });
  }

  /** Waits for something else and rejects if the phone has rung meanwhile. */
  async expectNoRingUntil<T>(event: Promise<T>): Promise<T> {
    const before = this.#ringCount;
    const value = await event;
    const rings = this.#ringCount - before;
    if (rings > 0) throw new Error(`phone ${this.id}: expected no ring, but it rang ${rings} times.`);
    return value;
  }

  /** Takes in a call that rings; for the far end's listener only. */
  take(ring: Ring): void {
    if (this.#waiting.length >= RINGS_WAITING_MAX) this.#waiting.shift();
    this.#waiting.push(ring);
    this.#ringCount += 1;
    this.#sightings.note(`rung by ${ring.from.number || 'a withheld number'}`);
  }

  /** Tells those who still wait that the far end stops. */
  close(): void {
    this.#sightings.close('but the far end was stopped');
  }
}
