import type { Work } from '../run/work.ts';
import type { Kind } from '../values/kind.ts';

/** A function that expressions may call, as `name(a, b)` or `a.name(b)`. */
export type ExpressionFunction = {
  readonly name: string;
  /** As people read it. */
  readonly signature: string;
  readonly description: string;
  /** For each argument the kinds that it may have, the one that nothing counts as first. */
  readonly takes: readonly (readonly Kind[])[];
  /** How many of the arguments must be there; left out: all. */
  readonly needs?: number;
  readonly gives: Kind;
  /** An argument that is looked at before the flow is used, when it stands there as a text; `must`: it has to. */
  readonly literal?: {
    readonly argument: number;
    readonly must: boolean;
    /** What is wrong with it; undefined: nothing. */
    readonly wrong: (text: string) => string | undefined;
  };
  /** Works on arguments of the kinds that it takes; stops the evaluation when they cannot be used. */
  readonly run: (args: readonly unknown[], work: Work) => unknown;
};

export const TEXT: readonly Kind[] = ['text'];
export const NUMBER: readonly Kind[] = ['number'];
