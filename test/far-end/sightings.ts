type Waiter = { readonly look: () => boolean; readonly fail: (why: string) => void };

/** What was seen of one thing so far, and those who wait for more. Every wait has a bound. */
export class Sightings {
  readonly #name: string;
  readonly #seen: string[] = [];
  readonly #waiters = new Set<Waiter>();

  /** The name stands in the errors. */
  constructor(name: string) {
    this.#name = name;
  }

  note(what: string): void {
    this.#seen.push(what);
    for (const waiter of [...this.#waiters]) waiter.look();
  }

  /** After this nothing more will be seen, so those who still wait are told at once. */
  close(why: string): void {
    for (const waiter of [...this.#waiters]) waiter.fail(why);
  }

  /**
   * Waits until `look` finds something; it is asked now and after each note. `hopeless` says why waiting on makes no
   * sense. Rejects with what was awaited and what was seen instead.
   */
  until<T>(
    awaited: string,
    waitMs: number,
    look: () => T | undefined,
    hopeless: () => string | undefined = () => undefined,
  ): Promise<T> {
    // Made here: its stack names the line of the test that waits.
    const error = new Error();
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
      };
      const waiter: Waiter = {
        look: () => {
          const found = look();
          if (found !== undefined) {
            leave();
            resolve(found);
            return true;
          }
          const why = hopeless();
          if (why !== undefined) waiter.fail(why);
          return false;
        },
        fail: (why) => {
          leave();
          error.message = `${this.#name}: awaited ${awaited}, ${why}. Seen: ${this.#seen.join(', ') || 'nothing'}.`;
          reject(error);
        },
      };
      const timer = setTimeout(() => waiter.fail(`which did not come within ${waitMs} ms`), waitMs);
      this.#waiters.add(waiter);
      waiter.look();
    });
  }
}
