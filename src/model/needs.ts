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
