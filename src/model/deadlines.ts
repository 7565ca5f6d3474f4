import type { AtMs } from './ids.ts';

/** What a deadline is of: a kind and the id of the thing, so that no name has to be put together on the way of every call. */
export type Due<K extends string> = { readonly kind: K; readonly id: string; readonly atMs: AtMs };

/**
 * A deadline that its owner keeps at hand, so that it is moved and taken out without a look-up by name: there are 100,000 of
 * waiting contacts, and each is moved several times. Made by `deadline`, at first not set.
 */
export type Deadline<K extends string> = {
  readonly kind: K;
  readonly id: string /** Its number while it is set, else NOT_SET. */;
  slot: number;
};

const NOT_SET = -1;
/** Room for so many at first; it grows by doubling. */
const ROOM_MIN = 64;
/** Each place of the heap has so many below it: flatter than with two, and those are compared side by side in memory. */
const BELOW = 4;

export function deadline<K extends string>(kind: K, id: string): Deadline<K> {
  return { kind, id, slot: NOT_SET };
}

/**
 * Deadlines as state: a heap of moments, each with a kind and an id. Every deadline knows its place, so that setting one again
 * moves it and clearing takes it out: nothing stale is left behind, which would have to be cleared up in one long pause some
 * day. What is compared and moved lies in plain arrays of numbers: with 100,000 deadlines as objects each comparison would
 * wait for main memory.
 */
export class Deadlines<K extends string> {
  /** By place in the heap: the moment, and the number of the deadline. */
  #moments = new Float64Array(ROOM_MIN);
  #slots = new Int32Array(ROOM_MIN);
  /** By number: the place in the heap, and whose number it is. */
  #places = new Int32Array(ROOM_MIN);
  readonly #owners: (Deadline<K> | undefined)[] = [];
  /** Numbers to be given again. */
  readonly #spare: number[] = [];
  #size = 0;
  /** Those that are set by name. */
  readonly #named = new Map<K, Map<string, Deadline<K>>>();

  get size(): number {
    return this.#size;
  }

  set(kind: K, id: string, atMs: AtMs): void {
    let ofKind = this.#named.get(kind);
    if (!ofKind) {
      ofKind = new Map();
      this.#named.set(kind, ofKind);
    }
    let one = ofKind.get(id);
    if (!one) {
      one = deadline(kind, id);
      ofKind.set(id, one);
    }
    this.move(one, atMs);
  }

  clear(kind: K, id: string): void {
    const one = this.#named.get(kind)?.get(id);
    if (one) this.stop(one);
  }

  /** The moment of one that was set by name; undefined when it is not set. */
  of(kind: K, id: string): AtMs | undefined {
    const one = this.#named.get(kind)?.get(id);
    return one && this.momentOf(one);
  }

  /** Sets one that its owner keeps. */
  move(one: Deadline<K>, atMs: AtMs): void {
    const known = one.slot !== NOT_SET;
    if (!known) this.#add(one);
    const place = this.#places[one.slot]!;
    if (known && this.#moments[place] === atMs) return;
    this.#settle(place, atMs, one.slot);
  }

  /** Sets many at once and puts the heap in order once, which for all of them takes a fraction of moving one by one. */
  moveMany(ones: readonly Deadline<K>[], moments: readonly AtMs[]): void {
    ones.forEach((one, at) => {
      if (one.slot === NOT_SET) this.#add(one);
      this.#moments[this.#places[one.slot]!] = moments[at]!;
    });
    // Floyd's way: from the last that has anything below it up to the top.
    for (let place = Math.floor((this.#size - 2) / BELOW); place >= 0; place--) {
      this.#sink(place, this.#moments[place]!, this.#slots[place]!);
    }
  }

  /** Takes one out, if it is set. */
  stop(one: Deadline<K>): void {
    if (one.slot !== NOT_SET) this.#remove(one);
  }

  momentOf(one: Deadline<K>): AtMs | undefined {
    return one.slot === NOT_SET ? undefined : this.#moments[this.#places[one.slot]!];
  }

  /** The earliest moment at which something is due. */
  next(): AtMs | undefined {
    return this.#size === 0 ? undefined : this.#moments[0];
  }

  /** Takes one deadline that is due at `nowMs`, the earliest first; undefined when none is. */
  takeDue(nowMs: AtMs): Due<K> | undefined {
    if (this.#size === 0 || this.#moments[0]! > nowMs) return undefined;
    const atMs = this.#moments[0]!;
    const first = this.#owners[this.#slots[0]!]!;
    this.#remove(first);
    return { kind: first.kind, id: first.id, atMs };
  }

  /** At the end of the heap, with no moment yet. */
  #add(one: Deadline<K>): void {
    const place = this.#size++;
    if (place === this.#moments.length) this.#grow();
    one.slot = this.#spare.pop() ?? this.#owners.length;
    this.#owners[one.slot] = one;
    this.#put(place, Number.POSITIVE_INFINITY, one.slot);
  }

  #grow(): void {
    const room = this.#moments.length * 2;
    const moments = new Float64Array(room);
    const slots = new Int32Array(room);
    const places = new Int32Array(room);
    moments.set(this.#moments);
    slots.set(this.#slots);
    places.set(this.#places);
    this.#moments = moments;
    this.#slots = slots;
    this.#places = places;
  }

  #remove(one: Deadline<K>): void {
    const { slot } = one;
    const place = this.#places[slot]!;
    const last = --this.#size;
    if (place !== last) this.#settle(place, this.#moments[last]!, this.#slots[last]!);
    this.#owners[slot] = undefined;
    this.#spare.push(slot);
    one.slot = NOT_SET;
    this.#named.get(one.kind)?.delete(one.id);
  }

  /** Puts a moment where it belongs, beginning at a place that is free for it. */
  #settle(from: number, atMs: AtMs, slot: number): void {
    let place = from;
    while (place > 0) {
      const above = Math.floor((place - 1) / BELOW);
      if (!this.#isBefore(atMs, slot, above)) break;
      this.#put(place, this.#moments[above]!, this.#slots[above]!);
      place = above;
    }
    if (place === from) this.#sink(place, atMs, slot);
    else this.#put(place, atMs, slot);
  }

  #sink(from: number, atMs: AtMs, slot: number): void {
    let place = from;
    for (;;) {
      const below = place * BELOW + 1;
      if (below >= this.#size) break;
      const end = Math.min(below + BELOW, this.#size);
      let first = below;
      for (let other = below + 1; other < end; other++) {
        if (this.#isBefore(this.#moments[other]!, this.#slots[other]!, first)) first = other;
      }
      if (this.#isBefore(atMs, slot, first)) break;
      this.#put(place, this.#moments[first]!, this.#slots[first]!);
      place = first;
    }
    this.#put(place, atMs, slot);
  }

  #put(place: number, atMs: AtMs, slot: number): void {
    this.#moments[place] = atMs;
    this.#slots[place] = slot;
    this.#places[slot] = place;
  }

  /** Equal moments come up in the order of kind and id, so that a replay decides the same. */
  #isBefore(atMs: AtMs, slot: number, place: number): boolean {
    const other = this.#moments[place]!;
    if (atMs !== other) return atMs < other;
    const one = this.#owners[slot]!;
    const two = this.#owners[this.#slots[place]!]!;
    return one.kind < two.kind || (one.kind === two.kind && one.id < two.id);
  }
}
