import type pg from 'pg';
import type { Event, EventKind, JournalEntry } from '../model/event.ts';
import type { AtMs, ContactId } from '../model/ids.ts';
import { reasonOf } from './connection.ts';
import { JournalError } from './errors.ts';
import { storableText } from './json-text.ts';
import { LIFTS, type Lifts, lift } from './lift.ts';

/** Entries in one answer of PostgreSQL, so that a long replay needs little memory. */
export const PAGE_ENTRIES = 2_000;
/** One contact's story is cut off here; a contact of an hour has some hundreds of entries. */
export const CONTACT_ENTRIES_MAX = 20_000;

/** Where rows come from; rejects with `journal.unavailable` when PostgreSQL does not answer. */
export type Ask = <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[]) => Promise<Row[]>;

type Row = { seq: string; v: number; data: Record<string, unknown>; exact: string | null };
const COLUMNS = 'SELECT seq, v, data, exact FROM journal';

export function asking(pool: pg.Pool): Ask {
  return async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[]) => {
    try {
      return (await pool.query<Row>(text, [...values])).rows;
    } catch (error) {
      throw new JournalError('journal.unavailable', `PostgreSQL did not answer a question (${reasonOf(error)}).`);
    }
  };
}

/**
 * Visits the entries after `afterSeq` up to and with `lastSeq`, in order.
 * Throws `journal.gap` when one of them is missing: live state that skips an event would be wrong from there on.
 */
export async function replay(
  ask: Ask,
  afterSeq: number,
  lastSeq: number,
  visit: (entry: JournalEntry) => void,
  lifts: Lifts = LIFTS,
): Promise<void> {
  for (let at = afterSeq; at < lastSeq; ) {
    const rows = await ask<Row>(`${COLUMNS} WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT ${PAGE_ENTRIES}`, [
      at,
      lastSeq,
    ]);
    if (rows.length === 0) throw gapAt(at + 1);
    for (const row of rows) {
      at += 1;
      if (Number(row.seq) !== at) throw gapAt(at);
      visit(entryOf(row, lifts));
    }
  }
}

/** The story of one contact in order, with the offers of it; at most CONTACT_ENTRIES_MAX entries, the oldest. */
export async function ofContact(ask: Ask, contactId: ContactId, lastSeq: number): Promise<JournalEntry[]> {
  const story: JournalEntry[] = [];
  const text = `${COLUMNS} WHERE contact_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT ${PAGE_ENTRIES}`;
  const column = storableText(contactId);
  await page(
    (after) => ask<Row>(text, [column, after, lastSeq]),
    0,
    (entry) => story.push(entry) < CONTACT_ENTRIES_MAX,
  );
  return story;
}

export type Span = { readonly fromMs: AtMs; readonly toMs: AtMs; readonly kinds: readonly EventKind[] };

/** Visits the entries of some kinds from `fromMs` to before `toMs`, in the order of their places. */
export async function between(
  ask: Ask,
  span: Span,
  lastSeq: number,
  visit: (entry: JournalEntry) => void,
): Promise<void> {
  const where = 'WHERE kind = ANY($1) AND at_ms >= $2 AND at_ms < $3';
  const values = [span.kinds, span.fromMs, span.toMs];
  // With the first and the last place known, each page is a short walk along the primary key.
  const bounds = await ask<{ first: string | null; last: string | null }>(
    `SELECT min(seq) AS first, max(seq) AS last FROM journal ${where}`,
    values,
  );
  const { first, last } = bounds[0] ?? {};
  if (!first || !last) return;
  const text = `${COLUMNS} ${where} AND seq > $4 AND seq <= $5 ORDER BY seq LIMIT ${PAGE_ENTRIES}`;
  const toSeq = Math.min(Number(last), lastSeq);
  await page(
    (after) => ask<Row>(text, [...values, after, toSeq]),
    Number(first) - 1,
    (entry) => {
      visit(entry);
      return true;
    },
  );
}

/** Pages by key until a page is not full or `take` says that it is enough. */
async function page(
  rowsAfter: (afterSeq: number) => Promise<Row[]>,
  afterSeq: number,
  take: (entry: JournalEntry) => boolean,
): Promise<void> {
  for (let at = afterSeq; ; ) {
    const rows = await rowsAfter(at);
    for (const row of rows) {
      at = Number(row.seq);
      if (!take(entryOf(row, LIFTS))) return;
    }
    if (rows.length < PAGE_ENTRIES) return;
  }
}

function entryOf(row: Row, lifts: Lifts): JournalEntry {
  const data = row.exact === null ? row.data : (JSON.parse(row.exact) as Record<string, unknown>);
  const event: Event = lift(row.v, data, lifts);
  return { seq: Number(row.seq), event };
}

function gapAt(seq: number): JournalError {
  return new JournalError('journal.gap', `The journal has no event in place ${seq}.`);
}
