import type pg from 'pg';
import { JournalError } from './errors.ts';
import type { Line } from './line.ts';

/**
 * One text for the whole group: PostgreSQL takes it apart, which spares this process the work for each column.
 * An event of an offer that names no contact belongs to the contact in its offer id, `<contact>.o<number>-<time>`.
 * The type is json, not jsonb: records keep the order of their keys, so that a replay walks through them as the live run did.
 */
const INSERT = `
  INSERT INTO journal (seq, at_ms, kind, v, contact_id, agent_id, queue_id, offer_id, data, exact)
  SELECT (line->>'seq')::bigint, (event->>'atMs')::bigint, event->>'kind', (line->>'v')::smallint,
    coalesce(event->>'contactId', substring(event->>'offerId' FROM '^(.+)\\.o[0-9]+-[0-9a-z]+$')),
    event->>'agentId', event->>'queueId', event->>'offerId', event, line->>'exact'
  FROM json_array_elements($1::json) AS line, LATERAL (SELECT line->'event' AS event) AS opened
  ON CONFLICT (seq) DO NOTHING`;

const DIFFERENT = `
  SELECT min(seq) AS seq
  FROM json_array_elements($1::json) AS line JOIN journal ON seq = (line->>'seq')::bigint
  WHERE data::jsonb IS DISTINCT FROM (line->'event')::jsonb OR exact IS DISTINCT FROM line->>'exact'`;

/**
 * Commits a group. Harmless when repeated: lines that are there already, because the answer to an earlier commit was
 * lost, are left as they are. Throws `journal.conflict` when such a place holds something else.
 */
export async function insertGroup(client: pg.Client, group: readonly Line[]): Promise<void> {
  let text = '';
  for (const line of group) text += `,${line.text}`;
  const values = [`[${text.slice(1)}]`];
  const inserted = await client.query({ name: 'journal-insert', text: INSERT, values });
  if (inserted.rowCount === group.length) return;
  const { rows } = await client.query<{ seq: string | null }>(DIFFERENT, values);
  const seq = rows[0]?.seq;
  if (seq) {
    throw new JournalError('journal.conflict', `The database holds another event in place ${seq} than this journal.`);
  }
}

/** The newest place in the database; 0 when it is empty. */
export async function lastSeqIn(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ seq: string | null }>('SELECT max(seq) AS seq FROM journal');
  return Number(rows[0]?.seq ?? 0);
}
