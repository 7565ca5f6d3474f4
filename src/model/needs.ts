import type { SkillId } from './ids.ts';

/** Levels by skill, 0 to 10. */
export type Levels = Readonly<Record<SkillId, number>>;

/** What an item asks of the agent who is to handle it. */
export type Needs = {
  /** Every one of these, at this level at least. */
  readonly required: Levels;
  /** One of these sets at least, each to be read like `required`; none: nothing of the kind is asked. */
  readonly anyOf: readonly Levels[];
  /** The agent with the larger sum of levels at or above these is asked first. */
  readonly preferred: Levels;
  /** Nobody who has one of these at this level or above. */
  readonly excluded: Levels;
};

export const NO_NEEDS: Needs = { required: {}, anyOf: [], preferred: {}, excluded: {} };

/** Both are asked for: the higher level of each skill; of two lists of alternatives, one of each. */
export function bothNeeds(a: Needs, b: Needs): Needs {
  if (isNothing(b)) return a;
  if (isNothing(a)) return b;
  return {
    required: joined(a.required, b.required, Math.max),
    anyOf: bothAlternatives(a.anyOf, b.anyOf),
    preferred: joined(a.preferred, b.preferred, Math.max),
    excluded: joined(a.excluded, b.excluded, Math.min),
  };
}

function bothAlternatives(a: readonly Levels[], b: readonly Levels[]): readonly Levels[] {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  return a.flatMap((one) => b.map((other) => joined(one, other, Math.max)));
}

function joined(a: Levels, b: Levels, choose: (x: number, y: number) => number): Levels {
  const both: Record<string, number> = { ...a };
  for (const [skill, level] of Object.entries(b)) both[skill] = choose(both[skill] ?? level, level);
  return both;
}

function isNothing({ required, anyOf, preferred, excluded }: Needs): boolean {
  return anyOf.length === 0 && [required, preferred, excluded].every((levels) => Object.keys(levels).length === 0);
}

/** What is still asked for when skills are dropped and levels lowered. */
export function relaxedNeeds(needs: Needs, step: Relief): Needs {
  if (step.drop.length === 0 && Object.keys(step.lower).length === 0) return needs;
  const anyOf = needs.anyOf.map((levels) => lowered(levels, step));
  return {
    ...needs,
    required: lowered(needs.required, step),
    // An alternative that asks for nothing any more is one that everybody fulfils.
    anyOf: anyOf.some((levels) => Object.keys(levels).length === 0) ? [] : anyOf,
  };
}

function lowered(levels: Levels, { drop, lower }: Relief): Levels {
  const kept: Record<string, number> = {};
  for (const [skill, level] of Object.entries(levels)) {
    if (!drop.includes(skill)) kept[skill] = Math.min(level, lower[skill] ?? level);
  }
  return kept;
}

/** Skills that are not asked for any more, and levels that will do. */
type Relief = { readonly drop: readonly SkillId[]; readonly lower: Levels };

/** Whether somebody with these skills has what is asked for. */
export function meets(skills: Levels, { required, anyOf, excluded }: Needs): boolean {
  if (!reaches(skills, required)) return false;
  if (anyOf.length > 0 && !anyOf.some((levels) => reaches(skills, levels))) return false;
  for (const skill in excluded) if ((skills[skill] ?? -1) >= excluded[skill]!) return false;
  return true;
}

/** A skill that is not named is not had at all, not even at level 0. */
function reaches(skills: Levels, levels: Levels): boolean {
  for (const skill in levels) if ((skills[skill] ?? -1) < levels[skill]!) return false;
  return true;
}
