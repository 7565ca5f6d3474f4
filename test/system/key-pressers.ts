import type { Line } from '../far-end/line.ts';
import { until } from './until.ts';

/** Every caller presses a key once in so long, whatever is played: what the flow does with it is the flow's affair. */
const PRESS_EVERY_MS = 4_000;

/** Many callers, each of whom presses 1 again and again, and 9 when it is time to leave. */
export class KeyPressers {
  readonly #lines: Line[] = [];
  readonly #failures: Error[] = [];
  #key = '1';
  #next = 0;
  // A test that fails meanwhile must still come to its end.
  readonly #timer = setInterval(() => this.#pressNext(), 10).unref();
  #owed = 0;

  add(line: Line): void {
    this.#lines.push(line);
  }

  /** Calls that have not ended. */
  get standing(): number {
    return this.#lines.filter(({ hasEnded }) => !hasEnded).length;
  }

  async allAnswered(): Promise<void> {
    for (const line of this.#lines) await line.answered();
  }

  /** Everybody presses 9 until the exchange has hung up. */
  async leave(): Promise<void> {
    this.#key = '9';
    try {
      await until('everybody has left', () => this.standing === 0 || undefined, {
        withinMs: 30_000,
        seen: () => this.standing,
      });
    } finally {
      clearInterval(this.#timer);
    }
    if (this.#failures[0]) throw this.#failures[0];
  }

  /** In turn, spread evenly over time. */
  #pressNext(): void {
    this.#owed += (this.#lines.length * 10) / PRESS_EVERY_MS;
    for (; this.#owed >= 1; this.#owed -= 1) {
      const line = this.#lines[this.#next++ % this.#lines.length]!;
      if (line.hasEnded || !line.isAnswered) continue;
      line.press(this.#key).catch((error: Error) => {
        if (!line.hasEnded && !/not found/i.test(error.message)) this.#failures.push(error);
      });
    }
  }
}
