import { setTimeout as pause } from 'node:timers/promises';
import type { RandomStream } from '../../src/simulation/random.ts';
import type { Line, Ring } from '../far-end/line.ts';
import type { Scene } from '../system/scene.ts';

/** Callers who are there at one time. */
const CALLERS = 6;
const BETWEEN_CALLS_MS = 40;
const PATIENCE_MS_MAX = 4_000;
const TALK_MS_MAX = 900;
const PICK_UP_MS_MAX = 150;
/** Longer than a soak takes. */
const RING_WAIT_MS = 24 * 3_600_000;

/** A caller as the far end knows him. */
export type Caller = {
  readonly from: string;
  readonly line: Line;
  /** He hung up himself, or the agent who talked with him did, or all calls of the exchange were lost by a fault. */
  mayEnd: boolean;
};

/**
 * What goes on while faults happen: callers who come, lose patience or wait on, and agents who answer, say busy, let it
 * ring, talk and hang up.
 */
export class Life {
  readonly callers = new Map<string, Caller>();
  /** The agents' calls that were answered, by agent. */
  readonly talks = new Map<string, Ring>();
  readonly #scene: Scene;
  readonly #random: RandomStream;
  readonly #number: string;
  #dropped: string[] = [];
  #placed = 0;
  #held = false;
  #over = false;
  /** The call that is being placed. */
  #placing: Promise<void> = Promise.resolve();

  constructor(scene: Scene, random: RandomStream, number: string) {
    this.#scene = scene;
    this.#random = random;
    this.#number = number;
  }

  get placed(): number {
    return this.#placed;
  }

  /** Callers whose line ended though nobody hung up. */
  get dropped(): readonly string[] {
    return this.#dropped;
  }

  begin(): void {
    for (const agent of this.#scene.agents) void this.#work(agent);
    void this.#callAgainAndAgain();
  }

  /** Nobody new calls until `goOn`. */
  hold(): void {
    this.#held = true;
  }

  goOn(): void {
    this.#held = false;
  }

  /** The exchange lost every call at once: the far end's legs went unheard of and are cleared away. */
  async forgetAll(): Promise<void> {
    await this.#placing;
    for (const caller of this.callers.values()) caller.mayEnd = true;
    const lines = [...this.callers.values()].map(({ line }) => line);
    await Promise.all([...lines, ...this.talks.values()].map((line) => line.hangUp().catch(() => undefined)));
  }

  /** Hangs up for everybody, so that nothing may be left. */
  async drain(): Promise<void> {
    this.hold();
    // A call that is on its way would come in when everybody else has hung up, and stay.
    await this.#placing;
    for (const caller of this.callers.values()) caller.mayEnd = true;
    await Promise.all([...this.callers.values()].map(({ line }) => line.hangUp().catch(() => undefined)));
  }

  end(): void {
    this.#over = true;
  }

  async #callAgainAndAgain(): Promise<void> {
    while (!this.#over) {
      await pause(BETWEEN_CALLS_MS * (0.5 + this.#random()));
      if (this.#held || this.#over || this.callers.size >= CALLERS) continue;
      this.#placing = this.#callOnce().catch(() => undefined);
      await this.#placing;
    }
  }

  async #callOnce(): Promise<void> {
    const { line, from } = await this.#scene.call(this.#number);
    this.#placed += 1;
    const caller: Caller = { from, line, mayEnd: false };
    this.callers.set(from, caller);
    void line.ended(RING_WAIT_MS).then(
      () => this.#ended(caller),
      () => this.callers.delete(from),
    );
    if (this.#random() < 0.4) void this.#losePatience(caller, this.#random() * PATIENCE_MS_MAX);
  }

  async #losePatience(caller: Caller, afterMs: number): Promise<void> {
    await pause(afterMs);
    caller.mayEnd = true;
    await caller.line.hangUp().catch(() => undefined);
  }

  #ended(caller: Caller): void {
    this.callers.delete(caller.from);
    if (!caller.mayEnd) this.#dropped.push(caller.from);
  }

  async #work(agent: string): Promise<void> {
    while (!this.#over) {
      const ring = await this.#scene
        .phone(agent)
        .nextRing(RING_WAIT_MS)
        .catch(() => undefined);
      if (ring) await this.#take(agent, ring).catch(() => undefined);
    }
  }

  async #take(agent: string, ring: Ring): Promise<void> {
    const mood = this.#random();
    await pause(this.#random() * PICK_UP_MS_MAX);
    // Some let it ring, until the exchange gives up or the next call is taken.
    if (mood > 0.95) return;
    if (mood > 0.85) return void (await ring.reject('busy'));
    await ring.answer();
    this.talks.set(agent, ring);
    await pause(this.#random() * TALK_MS_MAX);
    const caller = this.callers.get(ring.from.number);
    if (caller) caller.mayEnd = true;
    await ring.hangUp();
    this.talks.delete(agent);
  }
}
