import { PATTERN_CHARACTERS_MAX } from '../limits.ts';

/** Whether a character, given as its code point, is one of a set. */
export type CharacterSet = (code: number) => boolean;
export type Assertion = 'start' | 'end' | 'boundary' | 'no_boundary';

/** A regular expression as a tree. */
export type PatternTree =
  | { readonly kind: 'one'; readonly of: CharacterSet }
  | { readonly kind: 'assert'; readonly that: Assertion }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternTree[] }
  | { readonly kind: 'either'; readonly parts: readonly PatternTree[] }
  | { readonly kind: 'repeat'; readonly part: PatternTree; readonly min: number; readonly max: number | null };

export type PatternParsed =
  | { readonly ok: true; readonly tree: PatternTree }
  | { readonly ok: false; readonly message: string };

/** Most repetitions that may be asked for, as in RE2. */
const REPEAT_MAX = 1_000;

const isDigit: CharacterSet = (code) => code >= 48 && code <= 57;
export const isWord: CharacterSet = (code) =>
  isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
const isSpace: CharacterSet = (code) => code === 32 || (code >= 9 && code <= 13);
const isAny: CharacterSet = (code) => code !== 10;

const NAMED: Readonly<Record<string, CharacterSet>> = {
  d: isDigit,
  D: (code) => !isDigit(code),
  w: isWord,
  W: (code) => !isWord(code),
  s: isSpace,
  S: (code) => !isSpace(code),
};
const CONTROLS: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11 };

class PatternFault extends Error {}

function wrong(message: string): never {
  throw new PatternFault(message);
}

/**
 * Reads the regular expressions of CEL's `matches` (RE2, github.com/google/re2/wiki/Syntax), without Unicode classes and
 * flags other than a leading `(?i)`. What RE2 leaves out because it cannot be matched in linear time is refused here, too.
 */
export function parsePattern(pattern: string): PatternParsed {
  if (pattern.length > PATTERN_CHARACTERS_MAX) {
    return { ok: false, message: `The pattern is longer than ${PATTERN_CHARACTERS_MAX} characters.` };
  }
  const folded = pattern.startsWith('(?i)');
  const reader = new PatternReader([...(folded ? pattern.slice(4) : pattern)], folded);
  try {
    return { ok: true, tree: reader.whole() };
  } catch (fault) {
    if (fault instanceof PatternFault) return { ok: false, message: fault.message };
    throw fault;
  }
}

class PatternReader {
  readonly #signs: readonly string[];
  readonly #folded: boolean;
  #at = 0;

  constructor(signs: readonly string[], folded: boolean) {
    this.#signs = signs;
    this.#folded = folded;
  }

  whole(): PatternTree {
    const tree = this.#either();
    return this.#at < this.#signs.length ? wrong('The pattern has a ")" without a "(".') : tree;
  }

  #next(): string | undefined {
    return this.#signs[this.#at];
  }

  #take(sign: string): boolean {
    if (this.#next() !== sign) return false;
    this.#at += 1;
    return true;
  }

  #either(): PatternTree {
    const parts = [this.#sequence()];
    while (this.#take('|')) parts.push(this.#sequence());
    return parts.length === 1 ? parts[0]! : { kind: 'either', parts };
  }

  #sequence(): PatternTree {
    const parts: PatternTree[] = [];
    for (let next = this.#next(); next !== undefined && next !== '|' && next !== ')'; next = this.#next()) {
      parts.push(this.#repeated(this.#single()));
    }
    return parts.length === 1 ? parts[0]! : { kind: 'sequence', parts };
  }

  #repeated(part: PatternTree): PatternTree {
    const times = this.#times();
    if (!times) return part;
    // Lazy or greedy decides what is captured, and nothing is captured here.
    this.#take('?');
    if (this.#times()) return wrong('The pattern repeats a repetition, as in "a**".');
    return { kind: 'repeat', part, ...times };
  }

  #times(): { min: number; max: number | null } | undefined {
    if (this.#take('*')) return { min: 0, max: null };
    if (this.#take('+')) return { min: 1, max: null };
    if (this.#take('?')) return { min: 0, max: 1 };
    const found = /^\{(\d{1,4})(?:(,)(\d{1,4})?)?\}/.exec(this.#signs.slice(this.#at, this.#at + 11).join(''));
    if (!found) return undefined;
    this.#at += found[0].length;
    const min = Number(found[1]);
    const max = found[2] === undefined ? min : found[3] === undefined ? null : Number(found[3]);
    if (min > REPEAT_MAX || (max ?? 0) > REPEAT_MAX) return wrong(`The pattern repeats more than ${REPEAT_MAX} times.`);
    return max !== null && max < min ? wrong(`"${found[0]}" counts down.`) : { min, max };
  }

  #single(): PatternTree {
    const sign = this.#signs[this.#at++]!;
    switch (sign) {
      case '.':
        return { kind: 'one', of: isAny };
      case '^':
        return { kind: 'assert', that: 'start' };
      case '$':
        return { kind: 'assert', that: 'end' };
      case '(':
        return this.#group();
      case '[':
        return this.#set();
      case '\\':
        return this.#escaped();
      case '*':
      case '+':
      case '?':
        return wrong(
          `The pattern has "${sign}" with nothing before it to repeat. For the sign itself write \\\\${sign}.`,
        );
      default:
        return this.#one(sign.codePointAt(0)!);
    }
  }

  #group(): PatternTree {
    if (this.#take('?') && !this.#take(':'))
      return wrong('The pattern uses "(?", of which only "(?:" and a leading "(?i)" can be matched in bounded time.');
    const tree = this.#either();
    return this.#take(')') ? tree : wrong('The pattern has a "(" without a ")".');
  }

  #escaped(): PatternTree {
    const sign = this.#signs[this.#at];
    if (sign === 'b' || sign === 'B') {
      this.#at += 1;
      return { kind: 'assert', that: sign === 'b' ? 'boundary' : 'no_boundary' };
    }
    const found = this.#escape();
    return typeof found === 'number' ? this.#one(found) : { kind: 'one', of: found };
  }

  #escape(): number | CharacterSet {
    const sign = this.#signs[this.#at++];
    if (sign === undefined) return wrong('The pattern ends with a lone "\\".');
    if (Object.hasOwn(NAMED, sign)) return NAMED[sign]!;
    if (Object.hasOwn(CONTROLS, sign)) return CONTROLS[sign]!;
    if (isDigit(sign.codePointAt(0)!))
      return wrong('The pattern refers back to a group, which cannot be matched in bounded time.');
    return isWord(sign.codePointAt(0)!)
      ? wrong(`The pattern has "\\${sign}", which means nothing.`)
      : sign.codePointAt(0)!;
  }

  #set(): PatternTree {
    const not = this.#take('^');
    const sets: CharacterSet[] = [];
    for (let first = true; first || this.#next() !== ']'; first = false) {
      if (this.#next() === undefined) return wrong('The pattern has a "[" without a "]".');
      sets.push(this.#range());
    }
    this.#at += 1;
    const of: CharacterSet = (code) => sets.some((has) => has(code)) !== not;
    return { kind: 'one', of };
  }

  #range(): CharacterSet {
    const from = this.#take('\\') ? this.#escape() : this.#signs[this.#at++]!.codePointAt(0)!;
    if (typeof from !== 'number') return from;
    const isRange =
      this.#next() === '-' && this.#signs[this.#at + 1] !== ']' && this.#signs[this.#at + 1] !== undefined;
    if (!isRange) return this.#between(from, from);
    this.#at += 1;
    const to = this.#take('\\') ? this.#escape() : this.#signs[this.#at++]!.codePointAt(0)!;
    if (typeof to !== 'number' || to < from)
      return wrong('The pattern has a range in "[ ]" that ends before it begins.');
    return this.#between(from, to);
  }

  #one(code: number): PatternTree {
    return { kind: 'one', of: this.#between(code, code) };
  }

  #between(from: number, to: number): CharacterSet {
    if (!this.#folded) return (code) => code >= from && code <= to;
    return (code) => casesOf(code).some((one) => one >= from && one <= to);
  }
}

/** A sign and its other case, where that is one sign, too. */
function casesOf(code: number): readonly number[] {
  const sign = String.fromCodePoint(code);
  const others = [sign.toLowerCase(), sign.toUpperCase()].filter((other) => [...other].length === 1);
  return [code, ...others.map((other) => other.codePointAt(0)!)];
}
