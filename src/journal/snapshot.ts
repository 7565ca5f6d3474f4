import type { Snapshot } from './journal.ts';
import { storable } from './json-text.ts';
import type { Ask } from './read.ts';

/** Older ones are removed; the spare ones are for a person who must go back. */
export const SNAPSHOTS_KEPT = 3;

const SAVE = `
  WITH saved AS (
    INSERT INTO snapshot (seq, at_ms, format, state, exact) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (seq) DO UPDATE
      SET at_ms = excluded.at_ms, format = excluded.format, state = excluded.state, exact = excluded.exact
  )
  DELETE FROM snapshot WHERE seq <> $1 AND seq NOT IN
    (SELECT seq FROM snapshot WHERE seq <> $1 ORDER BY seq DESC LIMIT ${SNAPSHOTS_KEPT - 1})`;

const COLUMNS = 'SELECT seq, at_ms, format, state, exact FROM snapshot';
const LATEST = `${COLUMNS} ORDER BY seq DESC LIMIT 1`;
const BEFORE = `${COLUMNS} WHERE seq < $1 AND format = $2 ORDER BY seq DESC LIMIT 1`;

/** Keeps `state` as plain JSON; the order of an object's keys is not kept. */
export async function saveSnapshot(ask: Ask, snapshot: Snapshot): Promise<void> {
  const { json, exact } = storable(snapshot.state);
  await ask(SAVE, [snapshot.seq, snapshot.atMs, snapshot.format, json, exact ?? null]);
}

type Row = { seq: string; at_ms: string; format: number; state: unknown; exact: string | null };

export async function latestSnapshot(ask: Ask): Promise<Snapshot | undefined> {
  return snapshotOf((await ask<Row>(LATEST, []))[0]);
}

export async function snapshotBefore(ask: Ask, seq: number, format: number): Promise<Snapshot | undefined> {
  return snapshotOf((await ask<Row>(BEFORE, [seq, format]))[0]);
}

function snapshotOf(row: Row | undefined): Snapshot | undefined {
  if (!row) return undefined;
  const state: unknown = row.exact === null ? row.state : JSON.parse(row.exact);
  return { seq: Number(row.seq), atMs: Number(row.at_ms), format: row.format, state };
}
