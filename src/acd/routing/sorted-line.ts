/** What stands in a line: a smaller key is served first; equal keys by id, so that the order is the same on every machine. */
export type Standing = { readonly contactId: string; readonly key: number };

/** A full chunk is cut in two; moving this many places costs less than looking for a cleverer structure. */
const CHUNK_MAX = 512;

/**
 * A part of a line. The keys stand beside the items once more: a search reads these few cache lines only, where following
 * each item to its key would wait for main memory at every step (estimates search dozens of lines of other classes).
 */
type Chunk<T> = { readonly items: T[]; readonly keys: number[] };

/**
 * A line in order, as a list of short sorted arrays: the first is at hand, insertion and removal search by halves, and
 * how many stand ahead is a sum over chunks. The usual newcomer goes to the end at once. Keys do not change while items stand.
 */
export class SortedLine<T extends Standing> {
  #chunks: Chunk<T>[] = [];
  #length = 0;
  /** The two ends, which are asked for all the time. */
  #first: T | undefined;
  #last: T | undefined;

  /** A line of items that stand in order already. */
  static of<T extends Standing>(sorted: readonly T[]): SortedLine<T> {
    const line = new SortedLine<T>();
    for (let at = 0; at < sorted.length; at += CHUNK_MAX / 2)
      line.#chunks.push(chunkOf(sorted.slice(at, at + CHUNK_MAX / 2)));
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

  /** The one with so many before it. */
  at(place: number): T | undefined {
    let before = 0;
    for (const { items } of this.#chunks) {
      if (place < before + items.length) return items[place - before];
      before += items.length;
    }
    return undefined;
  }

  insert(item: T): void {
    this.#length += 1;
    const last = this.#last;
    if (!last) {
      this.#chunks.push(chunkOf([item]));
      this.#first = item;
      this.#last = item;
      return;
    }
    const toTheEnd = standsBefore(last, item);
    const at = toTheEnd ? this.#chunks.length - 1 : this.#chunkWith(item);
    const { items, keys } = this.#chunks[at]!;
    if (toTheEnd) {
      items.push(item);
      keys.push(item.key);
      this.#last = item;
    } else {
      const place = placeIn(this.#chunks[at]!, item);
      items.splice(place, 0, item);
      keys.splice(place, 0, item.key);
      if (standsBefore(item, this.#first!)) this.#first = item;
    }
    if (items.length <= CHUNK_MAX) return;
    this.#chunks.splice(at + 1, 0, { items: items.splice(CHUNK_MAX / 2), keys: keys.splice(CHUNK_MAX / 2) });
  }

  /** False when it does not stand here. */
  remove(item: T): boolean {
    const at = this.#chunkWith(item);
    const chunk = this.#chunks[at];
    if (!chunk) return false;
    const place = placeIn(chunk, item);
    const { items, keys } = chunk;
    if (items[place] !== item) return false;
    if (place === 0) {
      items.shift();
      keys.shift();
    } else {
      items.splice(place, 1);
      keys.splice(place, 1);
    }
    if (items.length === 0) this.#chunks.splice(at, 1);
    this.#length -= 1;
    if (item === this.#first || item === this.#last) this.#findEnds();
    return true;
  }

  /** How many stand before a place in the order; the item itself need not stand here. */
  ahead(item: Standing): number {
    const at = this.#chunkWith(item);
    if (at === this.#chunks.length) return this.#length;
    let count = placeIn(this.#chunks[at]!, item);
    for (let before = 0; before < at; before++) count += this.#chunks[before]!.items.length;
    return count;
  }

  /** All of them in order, in one list; for many of them quicker than going through them one by one. */
  toArray(): T[] {
    return ([] as T[]).concat(...this.#chunks.map(({ items }) => items));
  }

  *[Symbol.iterator](): IterableIterator<T> {
    for (const { items } of this.#chunks) yield* items;
  }

  #findEnds(): void {
    this.#first = this.#chunks[0]?.items[0];
    this.#last = this.#chunks.at(-1)?.items.at(-1);
  }

  /** The first chunk whose end is not before the item. */
  #chunkWith(item: Standing): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const chunk = this.#chunks[middle]!;
      if (isBefore(chunk, chunk.keys.length - 1, item)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export function standsBefore(a: Standing, b: Standing): boolean {
  return a.key < b.key || (a.key === b.key && a.contactId < b.contactId);
}

function chunkOf<T extends Standing>(items: T[]): Chunk<T> {
  return { items, keys: items.map(({ key }) => key) };
}

/** True when the one at this place stands before the item. */
function isBefore({ items, keys }: Chunk<Standing>, place: number, item: Standing): boolean {
  const key = keys[place]!;
  return key < item.key || (key === item.key && items[place]!.contactId < item.contactId);
}

function placeIn(chunk: Chunk<Standing>, item: Standing): number {
  let low = 0;
  let high = chunk.keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(chunk, middle, item)) low = middle + 1;
    else high = middle;
  }
  return low;
}
