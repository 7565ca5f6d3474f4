import { setTimeout as pause } from 'node:timers/promises';
import type { Line, Ring } from '../far-end/line.ts';
import type { Scene } from '../system/scene.ts';
import { until } from '../system/until.ts';

const CALLS_PER_SECOND = 25;
/** The far end looks at each on the one console of its Asterisk, which takes few at a time. */
const REGISTER_AT_ONCE = 8;
const FILL_MS_MAX = 120_000;
/** Longer than a soak takes. */
const RING_WAIT_MS = 24 * 3_600_000;

/** What callers and agents sound like to each other. */
export const CALLER_HZ = 1000;
export const AGENT_HZ = 1900;

/** A caller in the crowd. `waitsSinceMs` is by this process's clock. */
export type Waiter = { readonly from: string; readonly line: Line; readonly waitsSinceMs: number };
export type Talk = { readonly agent: string; readonly ring: Ring; readonly atMs: number };

/** Hundreds of callers: agents answer whatever rings and talk until they are told to hang up; all others wait. */
export class Crowd {
  readonly callers = new Map<string, Waiter>();
  /** By the caller's number. */
  readonly talks = new Map<string, Talk>();
  /** Everybody who was answered, by the caller's number and in this order. */
  readonly answered: string[] = [];
  readonly #scene: Scene;
  readonly #number: string;
  readonly #speaking: ReadonlySet<string>;

  /** `speaking` are the agents whose talks have sound both ways all the time. */
  constructor(scene: Scene, number: string, speaking: readonly string[]) {
    this.#scene = scene;
    this.#number = number;
    this.#speaking = new Set(speaking);
  }

  /** The talks that have sound. */
  get spoken(): [from: string, talk: Talk][] {
    return [...this.talks.entries()].filter(([, { agent }]) => this.#speaking.has(agent));
  }

  get waiting(): Waiter[] {
    return [...this.callers.values()].filter(({ from }) => !this.talks.has(from));
  }

  async staff(): Promise<void> {
    const { agents } = this.#scene;
    for (let first = 0; first < agents.length; first += REGISTER_AT_ONCE)
      await this.#scene.staff(...agents.slice(first, first + REGISTER_AT_ONCE));
    for (const agent of agents) void this.#work(agent);
  }

  /** Calls until so many are there, and waits until so many of them talk. */
  async fill(callers: number, talking: number): Promise<void> {
    while (this.callers.size < callers) {
      const { line, from } = await this.#scene.call(this.#number);
      this.callers.set(from, { from, line, waitsSinceMs: Date.now() });
      void line.ended(RING_WAIT_MS).then(
        () => this.#gone(from),
        () => this.#gone(from),
      );
      await pause(1000 / CALLS_PER_SECOND);
    }
    const filled = () => this.talks.size === talking || undefined;
    const seen = () => ({ talks: this.talks.size, callers: this.callers.size });
    await until(`${talking} talk`, filled, { withinMs: FILL_MS_MAX, seen });
  }

  async leave(): Promise<void> {
    await Promise.all([...this.callers.values()].map(({ line }) => line.hangUp().catch(() => undefined)));
  }

  #gone(from: string): void {
    this.callers.delete(from);
    this.talks.delete(from);
  }

  async #work(agent: string): Promise<void> {
    for (;;) {
      const ring = await this.#scene
        .phone(agent)
        .nextRing(RING_WAIT_MS)
        .catch(() => undefined);
      if (!ring) return;
      await this.#answer(agent, ring).catch(() => undefined);
    }
  }

  async #answer(agent: string, ring: Ring): Promise<void> {
    await ring.answer();
    const from = ring.from.number;
    this.answered.push(from);
    this.talks.set(from, { agent, ring, atMs: Date.now() });
    if (this.#speaking.has(agent))
      await Promise.all([ring.playTone(AGENT_HZ), this.callers.get(from)?.line.playTone(CALLER_HZ)]);
    await ring.ended(RING_WAIT_MS);
    this.talks.delete(from);
  }
}
