import type { Table } from '../bench/table.ts';

/** What a soak is given. */
export type SoakContext = {
  /** How often it does what it does; each soak says what a round is. */
  readonly rounds: number;
  /** The same seed draws the same faults and moments. */
  readonly seed: number;
  /** Aborted by Ctrl-C: the soak then stops what it started and rejects. */
  readonly signal: AbortSignal;
  /** Progress. */
  readonly say: (line: string) => void;
  /** Folder for logs and lists that may be looked at afterwards. */
  readonly dir: string;
};

export type SoakResult = {
  readonly tables: readonly Table[];
  /** Sentences that belong under the tables. */
  readonly notes: readonly string[];
  /** What must not have happened; empty when all is well. */
  readonly failures: readonly string[];
  /** All figures, for --json. */
  readonly figures: unknown;
};

/** One name of `npm run soak -- NAME`: a test that takes too long for `npm test`, which has a short version of it. */
export type Soak = {
  readonly summary: string;
  /** What one of its rounds is, and how many there are when nothing is said. */
  readonly round: string;
  readonly rounds: number;
  /** Debian packages that it needs beside those of the server. */
  readonly needs: readonly { readonly name: string; readonly program: string }[];
  run(context: SoakContext): Promise<SoakResult>;
};
