import pg from 'pg';
import type { EventKind, JournalEntry } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import { connectionSettings } from './connection.ts';
import type { Snapshot } from './journal.ts';
import { asking, replay } from './read.ts';
import { snapshotBefore } from './snapshot.ts';

/** The journal for somebody who only looks: no lock is taken, PostgreSQL refuses every change, and the writer goes on. */
export type JournalReader = {
  /** The newest place; 0 when the journal is empty. */
  lastSeq(): Promise<number>;
  /** The place before the first event at or after a moment; the newest place when there is none. */
  seqBefore(atMs: AtMs): Promise<number>;
  /** The newest place of a kind up to the one given; 0 when there is none. */
  newestOf(kind: EventKind, upToSeq: number): Promise<number>;
  /** Visits all entries after a place, up to and with another, in order. */
  replay(afterSeq: number, visit: (entry: JournalEntry) => void, lastSeq: number): Promise<void>;
  snapshotBefore(seq: number, format: number): Promise<Snapshot | undefined>;
  close(): Promise<void>;
};

/** Questions reject with JournalError `journal.unavailable`, `journal.newer` or `journal.gap`. */
export function openJournalReader(databaseUrl: string): JournalReader {
  const settings = connectionSettings(databaseUrl, 'strowger reader');
  const pool = new pg.Pool({ ...settings, max: 1, options: '-c default_transaction_read_only=on' });
  pool.on('error', () => undefined);
  const ask = asking(pool);
  const place = async (text: string, values: readonly unknown[]): Promise<number> =>
    Number((await ask<{ seq: string | null }>(text, values))[0]?.seq ?? 0);
  const lastSeq = (): Promise<number> => place('SELECT max(seq) AS seq FROM journal', []);
  return {
    lastSeq,
    seqBefore: async (atMs) => {
      let before = 0;
      let after = (await lastSeq()) + 1;
      // Places rise with time but for some ms, so halving finds the moment in some 25 looks at the primary key.
      while (after - before > 1) {
        const middle = Math.floor((before + after) / 2);
        const rows = await ask<{ at_ms: string }>('SELECT at_ms FROM journal WHERE seq = $1', [middle]);
        if (Number(rows[0]?.at_ms ?? 0) < atMs) before = middle;
        else after = middle;
      }
      return before;
    },
    newestOf: (kind, upToSeq) =>
      place('SELECT max(seq) AS seq FROM journal WHERE kind = $1 AND seq <= $2', [kind, upToSeq]),
    replay: (afterSeq, visit, lastSeq) => replay(ask, afterSeq, lastSeq, visit),
    snapshotBefore: (seq, format) => snapshotBefore(ask, seq, format),
    close: () => pool.end(),
  };
}
