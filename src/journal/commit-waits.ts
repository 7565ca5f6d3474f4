import { JournalError } from './errors.ts';

/** Those who wait until a place is committed. */
export type CommitWaits = {
  /** Resolves when the place is committed; rejects with `journal.unavailable` after the time given. */
  until(seq: number, withinMs?: number): Promise<void>;
  reached(committedSeq: number): void;
  /** Somebody waits. */
  awaited(): boolean;
  /** Rejects all who wait, now and later. */
  fail(error: JournalError): void;
};

type Wait = { readonly seq: number; resolve(): void; reject(error: JournalError): void };

export function createCommitWaits(committedSeq: number): CommitWaits {
  let committed = committedSeq;
  let failure: JournalError | undefined;
  const waits = new Set<Wait>();

  return {
    until(seq, withinMs) {
      if (seq <= committed) return Promise.resolve();
      if (failure) return Promise.reject(failure);
      return new Promise((resolve, reject) => {
        const wait: Wait = { seq, resolve: () => settle(resolve), reject: (error) => settle(() => reject(error)) };
        const late = () => wait.reject(new JournalError('journal.unavailable', 'PostgreSQL is behind; try again.'));
        const timer = withinMs === undefined ? undefined : setTimeout(late, withinMs);
        function settle(how: () => void): void {
          clearTimeout(timer);
          waits.delete(wait);
          how();
        }
        waits.add(wait);
      });
    },
    reached(seq) {
      committed = seq;
      for (const wait of waits) if (wait.seq <= seq) wait.resolve();
    },
    awaited: () => waits.size > 0,
    fail(error) {
      failure = error;
      for (const wait of waits) wait.reject(error);
    },
  };
}
