import type { AtMs } from './ids.ts';

/** What a deadline is of: a kind and the id of the thing, so that no name has to be put together on the way of every call. */
export type Due<K extends string> = { readonly kind: K; readonly id: string; readonly atMs: AtMs };

/** A deadline that is set: its moment may move, and it knows its place in the heap. */
type Entry<K extends string> = { readonly kind: K; readonly id: string; atMs: AtMs; place: number };

/**
 * Deadlines as state: a binary heap of moments, each with a kind and an id. Every entry knows its place, so that setting one
 * again moves it and clearing takes it out: nothing stale is left behind, which would have to be cleared up in one long
 * pause some day. Set and clear are O(log n), and mostly less: most deadlines are far away, near the leaves.
 */
export class Deadlines<K extends string> {
  readonly #heap: Entry<K>[] = [];
  readonly #entries = new Map<K, Map<string, Entry<K>>>();

  get size(): number {
    return this.#heap.length;
  }

  set(kind: K, id: string, atMs: AtMs): void {
    const entries = this.#entriesOf(kind);
    const known = entries.get(id);
    if (known) {
      if (known.atMs === atMs) return;
      known.atMs = atMs;
      this.#settle(known);
      return;
    }
    const made = { kind, id, atMs, place: this.#heap.length };
    entries.set(id, made);
    this.#heap.push(made);
    this.#rise(made);
  }

  /** Sets many at once and puts the heap in order once, which for all of them takes a fraction of setting one by one. */
  setMany(kind: K, moments: readonly (readonly [id: string, atMs: AtMs])[]): void {
    if (moments.length === 0) return;
    const entries = this.#entriesOf(kind);
    for (const [id, atMs] of moments) {
      const known = entries.get(id);
      if (known) known.atMs = atMs;
      else {
        const made = { kind, id, atMs, place: this.#heap.length };
        entries.set(id, made);
        this.#heap.push(made);
      }
    }
    // Floyd's way: from the last that has anything below it up to the top.
    for (let place = (this.#heap.length >> 1) - 1; place >= 0; place--) this.#sink(this.#heap[place]!);
  }

  clear(kind: K, id: string): void {
    const entries = this.#entries.get(kind);
    const entry = entries?.get(id);
    if (!entries || !entry) return;
    entries.delete(id);
    this.#remove(entry);
  }

  /** The moment of one deadline; undefined when it is not set. */
  of(kind: K, id: string): AtMs | undefined {
    return this.#entries.get(kind)?.get(id)?.atMs;
  }

  /** The earliest moment at which something is due. */
  next(): AtMs | undefined {
    return this.#heap[0]?.atMs;
  }

  /** Takes one deadline that is due at `nowMs`, the earliest first; undefined when none is. */
  takeDue(nowMs: AtMs): Due<K> | undefined {
    const first = this.#heap[0];
    if (!first || first.atMs > nowMs) return undefined;
    this.#entries.get(first.kind)?.delete(first.id);
    this.#remove(first);
    return first;
  }

  #entriesOf(kind: K): Map<string, Entry<K>> {
    let entries = this.#entries.get(kind);
    if (!entries) {
      entries = new Map();
      this.#entries.set(kind, entries);
    }
    return entries;
  }

  #remove(entry: Entry<K>): void {
    const last = this.#heap.pop()!;
    if (last === entry) return;
    last.place = entry.place;
    this.#heap[last.place] = last;
    this.#settle(last);
  }

  /** To be called after the moment or the place of an entry changed. */
  #settle(entry: Entry<K>): void {
    this.#rise(entry);
    this.#sink(entry);
  }

  #rise(entry: Entry<K>): void {
    while (entry.place > 0) {
      const parent = this.#heap[(entry.place - 1) >> 1]!;
      if (!isBefore(entry, parent)) return;
      this.#exchange(parent, entry);
    }
  }

  #sink(entry: Entry<K>): void {
    for (;;) {
      const left = this.#heap[2 * entry.place + 1];
      if (!left) return;
      const right = this.#heap[2 * entry.place + 2];
      const child = right && isBefore(right, left) ? right : left;
      if (!isBefore(child, entry)) return;
      this.#exchange(entry, child);
    }
  }

  /** The one that was above goes below. */
  #exchange(above: Entry<K>, below: Entry<K>): void {
    const place = above.place;
    above.place = below.place;
    below.place = place;
    this.#heap[above.place] = above;
    this.#heap[place] = below;
  }
}

/** Equal moments come up in the order of kind and id, so that a replay decides the same. */
function isBefore<K extends string>(one: Entry<K>, other: Entry<K>): boolean {
  if (one.atMs !== other.atMs) return one.atMs < other.atMs;
  return one.kind < other.kind || (one.kind === other.kind && one.id < other.id);
}
