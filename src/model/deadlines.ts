import type { AtMs } from './ids.ts';

/** What a deadline is of: a kind and the id of the thing, so that no name has to be put together on the way of every call. */
export type Due<K extends string> = { readonly kind: K; readonly id: string; readonly atMs: AtMs };

/** The heap is rebuilt when it holds more than twice what is current, and more than this. */
const SPARE_MAX = 1024;

/**
 * Deadlines as state: a binary heap of moments, each with a kind and an id. Setting one again replaces its moment; a
 * replaced or cleared entry stays in the heap until it comes up and is passed over then, so set is O(log n) and clear O(1).
 */
export class Deadlines<K extends string> {
  #heap: Due<K>[] = [];
  #current = new Map<K, Map<string, AtMs>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  set(kind: K, id: string, atMs: AtMs): void {
    let moments = this.#current.get(kind);
    if (!moments) {
      moments = new Map();
      this.#current.set(kind, moments);
    }
    const before = moments.get(id);
    if (before === atMs) return;
    if (before === undefined) this.#size += 1;
    moments.set(id, atMs);
    if (this.#heap.length > 2 * this.#size + SPARE_MAX) this.#rebuild();
    this.#heap.push({ kind, id, atMs });
    this.#rise(this.#heap.length - 1);
  }

  clear(kind: K, id: string): void {
    if (this.#current.get(kind)?.delete(id)) this.#size -= 1;
  }

  /** The moment of one deadline; undefined when it is not set. */
  of(kind: K, id: string): AtMs | undefined {
    return this.#current.get(kind)?.get(id);
  }

  /** The earliest moment at which something is due. */
  next(): AtMs | undefined {
    this.#dropStale();
    return this.#heap[0]?.atMs;
  }

  /** Takes one deadline that is due at `nowMs`, the earliest first; undefined when none is. */
  takeDue(nowMs: AtMs): Due<K> | undefined {
    this.#dropStale();
    const first = this.#heap[0];
    if (!first || first.atMs > nowMs) return undefined;
    this.#removeFirst();
    this.clear(first.kind, first.id);
    return first;
  }

  #isCurrent(due: Due<K>): boolean {
    return this.#current.get(due.kind)?.get(due.id) === due.atMs;
  }

  #rebuild(): void {
    const current = this.#heap.filter((due) => this.#isCurrent(due));
    this.#heap = [];
    for (const due of current) {
      this.#heap.push(due);
      this.#rise(this.#heap.length - 1);
    }
  }

  #dropStale(): void {
    for (let first = this.#heap[0]; first; first = this.#heap[0]) {
      if (this.#isCurrent(first)) return;
      this.#removeFirst();
    }
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (!last || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  /** Equal moments come up in the order of kind and id, so that a replay decides the same. */
  #before(a: number, b: number): boolean {
    const one = this.#heap[a]!;
    const other = this.#heap[b]!;
    if (one.atMs !== other.atMs) return one.atMs < other.atMs;
    return one.kind < other.kind || (one.kind === other.kind && one.id < other.id);
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
