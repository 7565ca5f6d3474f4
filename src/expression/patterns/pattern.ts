import { boundedCache } from '../bounded-cache.ts';
import { COMPILED_KEPT_MAX, PATTERN_INSTRUCTIONS_MAX } from '../limits.ts';
import { type Assertion, type CharacterSet, isWord, type PatternTree, parsePattern } from './pattern-syntax.ts';

/** One instruction of a pattern: take a character, go on at two places, or look without taking. */
type Instruction =
  | { readonly do: 'take'; readonly of: CharacterSet }
  | { readonly do: 'fork'; readonly to: number; readonly or: number }
  | { readonly do: 'assert'; readonly that: Assertion }
  | { readonly do: 'found' };

/** A regular expression that is ready to be used. Its time grows with the text times `size`, whatever the two are. */
export type Pattern = { readonly size: number; matches(text: string): boolean };
export type PatternMade =
  | { readonly ok: true; readonly pattern: Pattern }
  | { readonly ok: false; readonly message: string };

export const patternOf: (pattern: string) => PatternMade = boundedCache(COMPILED_KEPT_MAX, make);

function make(pattern: string): PatternMade {
  const parsed = parsePattern(pattern);
  if (!parsed.ok) return parsed;
  const program: Instruction[] = [];
  if (!emit(parsed.tree, program)) return { ok: false, message: 'The pattern repeats too much: it is too large.' };
  program.push({ do: 'found' });
  return { ok: true, pattern: { size: program.length, matches: (text) => search(program, text) } };
}

/** Writes the instructions of a tree; false as soon as there are too many. */
function emit(tree: PatternTree, program: Instruction[]): boolean {
  if (program.length >= PATTERN_INSTRUCTIONS_MAX) return false;
  switch (tree.kind) {
    case 'one':
      program.push({ do: 'take', of: tree.of });
      return true;
    case 'assert':
      program.push({ do: 'assert', that: tree.that });
      return true;
    case 'sequence':
      return tree.parts.every((part) => emit(part, program));
    case 'either':
      return emitEither(tree.parts, program);
    case 'repeat':
      return emitRepeat(tree, program);
  }
}

function emitEither(parts: readonly PatternTree[], program: Instruction[]): boolean {
  const ends: number[] = [];
  for (const part of parts.slice(0, -1)) {
    const fork = program.push({ do: 'found' }) - 1;
    if (!emit(part, program)) return false;
    ends.push(program.push({ do: 'found' }) - 1);
    program[fork] = { do: 'fork', to: fork + 1, or: program.length };
  }
  if (!emit(parts.at(-1)!, program)) return false;
  for (const end of ends) program[end] = { do: 'fork', to: program.length, or: program.length };
  return true;
}

function emitRepeat({ part, min, max }: PatternTree & { kind: 'repeat' }, program: Instruction[]): boolean {
  for (let i = 0; i < min; i++) {
    const before = program.length;
    if (!emit(part, program)) return false;
    // What matches nothing may be repeated without end, and is the same as once.
    if (program.length === before) return true;
  }
  if (max === null) {
    const fork = program.push({ do: 'found' }) - 1;
    if (!emit(part, program)) return false;
    program.push({ do: 'fork', to: fork, or: fork });
    program[fork] = { do: 'fork', to: fork + 1, or: program.length };
    return true;
  }
  const forks: number[] = [];
  for (let i = min; i < max; i++) {
    forks.push(program.push({ do: 'found' }) - 1);
    if (!emit(part, program)) return false;
  }
  for (const fork of forks) program[fork] = { do: 'fork', to: fork + 1, or: program.length };
  return true;
}

/**
 * Looks for the pattern anywhere in the text. All places in the program are followed at once, each at most once for a
 * character (Ken Thompson, "Regular expression search algorithm", 1968), so that no pattern can take exponential time.
 */
function search(program: readonly Instruction[], text: string): boolean {
  const codes = Array.from(text, (sign) => sign.codePointAt(0)!);
  const seenAt = new Int32Array(program.length).fill(-1);
  let places: number[] = [];
  for (let at = 0; ; at++) {
    const now: number[] = [];
    for (const place of [...places, 0]) if (follow(program, codes, place, at, seenAt, now)) return true;
    if (at === codes.length) return false;
    places = now.filter((place) => takes(program[place]!, codes[at]!)).map((place) => place + 1);
  }
}

function takes(one: Instruction, code: number): boolean {
  return one.do === 'take' && one.of(code);
}

/** Collects the places at which a character is wanted, going on from one; true when the end of the program is reached. */
function follow(
  program: readonly Instruction[],
  codes: readonly number[],
  from: number,
  at: number,
  seenAt: Int32Array,
  now: number[],
): boolean {
  const open = [from];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (seenAt[place] === at) continue;
    seenAt[place] = at;
    const one = program[place]!;
    if (one.do === 'found') return true;
    if (one.do === 'take') now.push(place);
    else if (one.do === 'fork') open.push(one.to, one.or);
    else if (holdsAt(one.that, codes, at)) open.push(place + 1);
  }
  return false;
}

function holdsAt(that: Assertion, codes: readonly number[], at: number): boolean {
  if (that === 'start') return at === 0;
  if (that === 'end') return at === codes.length;
  const boundary = isWord(codes[at - 1] ?? -1) !== isWord(codes[at] ?? -1);
  return boundary === (that === 'boundary');
}
