import type { RandomStream } from '../../src/simulation/random.ts';

/** A whole number from 0 up to but without `below`. */
export function whole(random: RandomStream, below: number): number {
  return Math.floor(random() * below);
}

/** `count` different ones of the whole numbers from 0 up to but without `below`. */
export function sample(random: RandomStream, count: number, below: number): number[] {
  const numbers = Array.from({ length: below }, (_, at) => at);
  for (let at = 0; at < count; at++) {
    const other = at + whole(random, below - at);
    [numbers[at], numbers[other]] = [numbers[other]!, numbers[at]!];
  }
  return numbers.slice(0, count);
}
