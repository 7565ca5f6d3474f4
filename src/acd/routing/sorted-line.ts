/** What stands in a line: a smaller key is served first; equal keys by id, so that the order is the same on every machine. */
export type Standing = { readonly contactId: string; readonly key: number };

/** A full chunk is cut in two; moving this many places costs less than looking for a cleverer structure. */
const CHUNK_MAX = 512;

/**
 * A line in order, as a list of short sorted arrays: the first is at hand, insertion and removal search by halves, and
 * how many stand ahead is a sum over chunks. The usual newcomer goes to the end at once.
 */
export class SortedLine<T extends Standing> {
  #chunks: T[][] = [];
  #length = 0;
  /** The two ends, which are asked for all the time. */
  #first: T | undefined;
  #last: T | undefined;

  /** A line of items that stand in order already. */
  static of<T extends Standing>(sorted: readonly T[]): SortedLine<T> {
    const line = new SortedLine<T>();
    for (let at = 0; at < sorted.length; at += CHUNK_MAX / 2) line.#chunks.push(sorted.slice(at, at + CHUNK_MAX / 2));
    line.#length = sorted.length;
    line.#findEnds();
    return line;
  }

  get length(): number {
    return this.#length;
  }

  first(): T | undefined {
    return this.#first;
  }

  last(): T | undefined {
    return this.#last;
  }

  /** The last but one. */
  beforeLast(): T | undefined {
    const chunk = this.#chunks.at(-1);
    return chunk && chunk.length > 1 ? chunk.at(-2) : this.#chunks.at(-2)?.at(-1);
  }

  insert(item: T): void {
    this.#length += 1;
    const last = this.#last;
    if (!last) {
      this.#chunks.push([item]);
      this.#first = item;
      this.#last = item;
      return;
    }
    const toTheEnd = standsBefore(last, item);
    const at = toTheEnd ? this.#chunks.length - 1 : this.#chunkOf(item);
    const chunk = this.#chunks[at]!;
    if (toTheEnd) chunk.push(item);
    else chunk.splice(placeIn(chunk, item), 0, item);
    if (chunk.length > CHUNK_MAX) this.#chunks.splice(at + 1, 0, chunk.splice(CHUNK_MAX / 2));
    if (toTheEnd) this.#last = item;
    else if (standsBefore(item, this.#first!)) this.#first = item;
  }

  /** False when it does not stand here. */
  remove(item: T): boolean {
    const at = this.#chunkOf(item);
    const chunk = this.#chunks[at];
    if (!chunk) return false;
    const place = placeIn(chunk, item);
    if (chunk[place] !== item) return false;
    if (place === 0) chunk.shift();
    else chunk.splice(place, 1);
    if (chunk.length === 0) this.#chunks.splice(at, 1);
    this.#length -= 1;
    if (item === this.#first || item === this.#last) this.#findEnds();
    return true;
  }

  /** How many stand before a place in the order; the item itself need not stand here. */
  ahead(item: Standing): number {
    const last = this.#last;
    if (!last || standsBefore(last, item)) return this.#length;
    const at = this.#chunkOf(item);
    let count = placeIn(this.#chunks[at]!, item);
    for (let before = 0; before < at; before++) count += this.#chunks[before]!.length;
    return count;
  }

  *[Symbol.iterator](): IterableIterator<T> {
    for (const chunk of this.#chunks) yield* chunk;
  }

  #findEnds(): void {
    this.#first = this.#chunks[0]?.[0];
    this.#last = this.#chunks.at(-1)?.at(-1);
  }

  /** The first chunk whose end is not before the item. */
  #chunkOf(item: Standing): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (standsBefore(this.#chunks[middle]!.at(-1)!, item)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export function standsBefore(a: Standing, b: Standing): boolean {
  return a.key < b.key || (a.key === b.key && a.contactId < b.contactId);
}

function placeIn(chunk: readonly Standing[], item: Standing): number {
  let low = 0;
  let high = chunk.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (standsBefore(chunk[middle]!, item)) low = middle + 1;
    else high = middle;
  }
  return low;
}
