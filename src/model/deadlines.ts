import type { AtMs } from './ids.ts';

/**
 * Deadlines as state: a binary heap of moments with a name each. Setting a name again replaces its moment; a replaced
 * or cleared entry stays in the heap until it comes up and is passed over then, so set and clear are O(log n) and O(1).
 */
export class Deadlines {
  #heap: { atMs: AtMs; name: string }[] = [];
  #current = new Map<string, AtMs>();

  get size(): number {
    return this.#current.size;
  }

  set(name: string, atMs: AtMs): void {
    if (this.#current.get(name) === atMs) return;
    this.#current.set(name, atMs);
    this.#heap.push({ atMs, name });
    this.#rise(this.#heap.length - 1);
  }

  clear(name: string): void {
    this.#current.delete(name);
  }

  /** The earliest moment at which something is due. */
  next(): AtMs | undefined {
    this.#dropStale();
    return this.#heap[0]?.atMs;
  }

  /** Takes the name of one deadline that is due at `nowMs`, the earliest first; undefined when none is. */
  takeDue(nowMs: AtMs): string | undefined {
    this.#dropStale();
    const first = this.#heap[0];
    if (!first || first.atMs > nowMs) return undefined;
    this.#removeFirst();
    this.#current.delete(first.name);
    return first.name;
  }

  #dropStale(): void {
    for (let first = this.#heap[0]; first; first = this.#heap[0]) {
      if (this.#current.get(first.name) === first.atMs) return;
      this.#removeFirst();
    }
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (!last || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  /** Equal moments come up in the order of their names, so that a replay decides the same. */
  #before(a: number, b: number): boolean {
    const one = this.#heap[a]!;
    const other = this.#heap[b]!;
    return one.atMs < other.atMs || (one.atMs === other.atMs && one.name < other.name);
  }

  #swap(a: number, b: number): void {
    const kept = this.#heap[a]!;
    this.#heap[a] = this.#heap[b]!;
    this.#heap[b] = kept;
  }

  #rise(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(from: number): void {
    let at = from;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      let least = at;
      if (left < this.#heap.length && this.#before(left, least)) least = left;
      if (right < this.#heap.length && this.#before(right, least)) least = right;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }
}
