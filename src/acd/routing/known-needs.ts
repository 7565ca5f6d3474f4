import { type Levels, type Needs, NO_NEEDS } from '../../model/needs.ts';

/** Needs by their text, so that equal ones are one object with one number. */
export type KnownNeeds = {
  readonly byText: Map<string, Needs>;
  /** What an object was found to be equal to, for steps that ask for the same again and again. */
  readonly byObject: WeakMap<Needs, Needs>;
  /** 0: none at all. */
  readonly numbers: Map<Needs, number>;
  count: number;
};

export function knownNeeds(): KnownNeeds {
  return { byText: new Map(), byObject: new WeakMap(), numbers: new Map([[NO_NEEDS, 0]]), count: 0 };
}

/** Most different needs that are remembered; beyond it equal ones may fall into two classes, which costs time only. */
const NEEDS_MAX = 20_000;

/** The one object that stands for all equal needs. */
export function internNeeds(known: KnownNeeds, needs: Needs): Needs {
  const seen = known.numbers.has(needs) ? needs : known.byObject.get(needs);
  if (seen) return seen;
  const { required, anyOf, preferred, excluded } = needs;
  const parts = [inOrder(required), anyOf.map(inOrder), inOrder(preferred), inOrder(excluded)] as const;
  const text = JSON.stringify(parts);
  if (text === NOTHING) return NO_NEEDS;
  const same = known.byText.get(text);
  if (same) {
    known.byObject.set(needs, same);
    return same;
  }
  if (known.byText.size >= NEEDS_MAX) {
    known.byText.clear();
    known.numbers.clear();
    known.numbers.set(NO_NEEDS, 0);
  }
  const [needed, oneOf, wished, unwanted] = parts;
  // In an order of its own: which of several equal ones came first is not known any more after a restart.
  const interned: Needs = {
    required: Object.fromEntries(needed),
    anyOf: oneOf.map((levels) => Object.fromEntries(levels)),
    preferred: Object.fromEntries(wished),
    excluded: Object.fromEntries(unwanted),
  };
  known.byText.set(text, interned);
  return interned;
}

/** The one object that stands for skills that are asked for at any level from 1. */
export function namedSkills(known: KnownNeeds, skills: readonly string[]): Needs {
  const text = skills.join(' ');
  const same = known.byText.get(text);
  if (same) return same;
  const needs = internNeeds(known, { ...NO_NEEDS, required: Object.fromEntries(skills.map((skill) => [skill, 1])) });
  known.byText.set(text, needs);
  return needs;
}

const NOTHING = '[[],[],[],[]]';

function inOrder(levels: Levels): [string, number][] {
  return Object.entries(levels).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A number for needs that were interned, the same for the same object; never given twice. */
export function needsNumber(known: KnownNeeds, needs: Needs): number {
  const number = known.numbers.get(needs);
  if (number !== undefined) return number;
  known.count += 1;
  known.numbers.set(needs, known.count);
  return known.count;
}
