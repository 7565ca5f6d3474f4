/** One piece of handling that is taken out, so that a test must notice. */
export type Mutant = {
  /** Type of the steps; `every step` for what all of them have. */
  readonly kind: string;
  /** A way out of the step (exit-of.ts). */
  readonly exit: string;
  /**
   * `leaves`: the step never leaves that way, it waits for ever instead. `leads`: its parameters do not say where that
   * leads. `stands in`: no other outcome stands in for it.
   */
  readonly without: 'leaves' | 'leads' | 'stands in';
};

/** What a test file was seen to do while nothing was taken out. */
export type Seen = {
  readonly file: string;
  /** How long it took. */
  readonly tookMs: number;
  /** Ways out that were taken, and types of steps that were met, by type. */
  readonly exits: Readonly<Record<string, readonly string[]>>;
};

/** The mutant of this process, as JSON. */
export const MUTANT_VARIABLE = 'STROWGER_MUTANT';
/** Where this process writes down what it saw. */
export const SEEN_VARIABLE = 'STROWGER_MUTATION_SEEN';
