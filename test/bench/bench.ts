import type { DebianPackage } from '../../src/supervisor/packages.ts';
import type { Table } from './table.ts';

/** What a bench is given. */
export type BenchContext = {
  /** A folder for this run, which every user may pass through; deleted afterwards. */
  readonly dir: string;
  /** How long one round of load takes; a bench may ignore it. */
  readonly roundMs: number;
  /** Folder for CPU profiles of the controller (--profile); absent: none are made. */
  readonly profileDir: string | undefined;
  /** A part of the bench (--only); a bench without parts ignores it. */
  readonly only?: string | undefined;
  /** Aborted by Ctrl-C: the bench then rejects as soon as it can, after it stopped what it started. */
  readonly signal: AbortSignal;
  /** Progress, on stderr. */
  readonly say: (line: string) => void;
};

export type BenchResult = {
  readonly tables: readonly Table[];
  /** Sentences that belong under the tables. */
  readonly notes: readonly string[];
  /** All figures, for --json. */
  readonly figures: unknown;
  /** Version of the Asterisk that took part. */
  readonly asterisk: string | undefined;
};

/** One name of `npm run bench -- NAME`. It ends by itself, and stops what it started also when it fails. */
export type Bench = {
  readonly summary: string;
  /** Debian packages that it needs beside those of the server. */
  readonly needs: readonly DebianPackage[];
  run(context: BenchContext): Promise<BenchResult>;
};
