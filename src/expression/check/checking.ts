import type { Names } from '../names.ts';
import type { Kind } from '../values/kind.ts';

/** One check on its way through the tree. */
export type Checking = {
  readonly text: string;
  /** Null: every name is allowed and of any type, as when an expression is worked out without having been checked. */
  readonly names: Names | null;
  readonly uses: Set<string>;
  /** The macros' variables that can be seen, and how deep macros are nested. */
  readonly locals: ReadonlyMap<string, Kind>;
  readonly nested: number;
};
