/** Sets of small numbers as bits of 32-bit words: the agents of a class, the classes of an agent. */
export type Bits = Uint32Array;

export function bitsFor(count: number): Bits {
  return new Uint32Array((count + 31) >> 5);
}

export function hasBit(bits: Bits, at: number): boolean {
  return ((bits[at >> 5]! >>> (at & 31)) & 1) === 1;
}

export function setBit(bits: Bits, at: number): void {
  bits[at >> 5]! |= 1 << (at & 31);
}

export function clearBit(bits: Bits, at: number): void {
  bits[at >> 5]! &= ~(1 << (at & 31));
}

/** How many bits are set in one word (Warren, Hacker's Delight, 5-1). */
export function bitsInWord(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return (((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

export function countBits(bits: Bits): number {
  let count = 0;
  for (let at = 0; at < bits.length; at++) if (bits[at] !== 0) count += bitsInWord(bits[at]!);
  return count;
}

/** How many are in all of the sets, which have room for the same number. */
export function countCommon(a: Bits, b: Bits, c: Bits = a): number {
  let count = 0;
  for (let at = 0; at < a.length; at++) {
    const word = a[at]! & b[at]! & c[at]!;
    if (word !== 0) count += bitsInWord(word);
  }
  return count;
}

export function eachBit(bits: Bits, visit: (at: number) => void): void {
  for (let word = 0; word < bits.length; word++) {
    for (let rest = bits[word]!; rest !== 0; rest &= rest - 1) visit((word << 5) + 31 - Math.clz32(rest & -rest));
  }
}
