import { type PatternTree, parsePattern } from '../../expression/patterns/pattern-syntax.ts';

/** Lengths as bits: bit 4 stands for texts of 4 characters. */
type Lengths = bigint;
const EMPTY: Lengths = 1n;

/**
 * Whether a pattern can match a whole text that has from `min` to `max` of the characters given. Word boundaries are
 * taken to hold anywhere, so a "yes" may be wrong, a "no" never is. A pattern that cannot be read gives "yes".
 */
export function canMatch(pattern: string, characters: string, min: number, max: number): boolean {
  const parsed = parsePattern(pattern);
  if (!parsed.ok) return true;
  const codes = Array.from(characters, (one) => one.codePointAt(0)!);
  const wanted = ((1n << BigInt(max - min + 1)) - 1n) << BigInt(min);
  return (lengthsOf(parsed.tree, codes, max) & wanted) !== 0n;
}

function lengthsOf(tree: PatternTree, codes: readonly number[], max: number): Lengths {
  switch (tree.kind) {
    case 'one':
      return codes.some((code) => tree.of(code)) ? 1n << 1n : 0n;
    case 'assert':
      return EMPTY;
    case 'sequence':
      return tree.parts.reduce((lengths, part) => sum(lengths, lengthsOf(part, codes, max), max), EMPTY);
    case 'either':
      return tree.parts.reduce((lengths, part) => lengths | lengthsOf(part, codes, max), 0n);
    case 'repeat': {
      const once = lengthsOf(tree.part, codes, max);
      // More repetitions than characters bring nothing new: each has one character at least, or is as good as left out.
      const least = Math.min(tree.min, max + 1);
      const most = Math.min(tree.max ?? max + 1, max + 1);
      let [lengths, all] = [EMPTY, least === 0 ? EMPTY : 0n];
      for (let times = 1; times <= most; times++) {
        lengths = sum(lengths, once, max);
        if (times >= least) all |= lengths;
      }
      return all;
    }
  }
}

/** Every length of the one followed by every length of the other, as far as `max`. */
function sum(one: Lengths, other: Lengths, max: number): Lengths {
  let found = 0n;
  for (let length = 0; length <= max; length++) {
    if ((one >> BigInt(length)) & 1n) found |= other << BigInt(length);
  }
  return found & ((1n << BigInt(max + 1)) - 1n);
}
