import type { AtMs } from '../model/ids.ts';

const PLACES_AT_FIRST = 1024;

/**
 * What is going to happen, as a binary heap of moments; equal moments come up in the order in which they were set.
 * Moments and kinds are kept in arrays of numbers beside the things they are about, so that nothing is made per entry.
 */
export class Schedule<T> {
  #atMs = new Float64Array(PLACES_AT_FIRST);
  #order = new Float64Array(PLACES_AT_FIRST);
  #kinds = new Uint8Array(PLACES_AT_FIRST);
  #subjects: T[] = [];
  #size = 0;
  #count = 0;

  get size(): number {
    return this.#size;
  }

  /** The earliest moment; infinity when nothing is set. */
  nextMs(): AtMs {
    return this.#size === 0 ? Number.POSITIVE_INFINITY : this.#atMs[0]!;
  }

  /** Kind and thing of the earliest entry; there must be one. */
  nextKind(): number {
    return this.#kinds[0]!;
  }

  nextSubject(): T {
    return this.#subjects[0]!;
  }

  add(atMs: AtMs, kind: number, subject: T): void {
    if (this.#size === this.#atMs.length) this.#grow();
    let at = this.#size;
    this.#size += 1;
    const order = this.#count;
    this.#count += 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      // The new entry has the highest order, so it goes before its parent only when it is earlier.
      if (this.#atMs[parent]! <= atMs) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#put(at, atMs, order, kind, subject);
  }

  removeNext(): void {
    this.#size -= 1;
    const last = this.#size;
    const subject = this.#subjects.pop()!;
    if (last === 0) return;
    const atMs = this.#atMs[last]!;
    const order = this.#order[last]!;
    let at = 0;
    for (let child = 1; child < last; child = 2 * at + 1) {
      if (child + 1 < last && this.#isBefore(child + 1, this.#atMs[child]!, this.#order[child]!)) child += 1;
      if (!this.#isBefore(child, atMs, order)) break;
      this.#move(child, at);
      at = child;
    }
    this.#put(at, atMs, order, this.#kinds[last]!, subject);
  }

  #isBefore(place: number, atMs: AtMs, order: number): boolean {
    const own = this.#atMs[place]!;
    return own < atMs || (own === atMs && this.#order[place]! < order);
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#atMs[from]!, this.#order[from]!, this.#kinds[from]!, this.#subjects[from]!);
  }

  #put(place: number, atMs: AtMs, order: number, kind: number, subject: T): void {
    this.#atMs[place] = atMs;
    this.#order[place] = order;
    this.#kinds[place] = kind;
    this.#subjects[place] = subject;
  }

  #grow(): void {
    const places = this.#atMs.length * 2;
    const atMs = new Float64Array(places);
    const order = new Float64Array(places);
    const kinds = new Uint8Array(places);
    atMs.set(this.#atMs);
    order.set(this.#order);
    kinds.set(this.#kinds);
    this.#atMs = atMs;
    this.#order = order;
    this.#kinds = kinds;
  }
}
