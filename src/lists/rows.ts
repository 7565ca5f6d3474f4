import type { KnownRow, ListRow, ListStore, RowCounts } from '../model/call/list.ts';
import type { Ask } from './list-table.ts';

const COLUMNS =
  'list_id, row, number, name, time_zone, priority, attributes, state, order_id, next_at_ms, attempts, results, last_result';

/** The rows of lists in PostgreSQL. */
export function rowsOf(
  ask: Ask,
): Pick<ListStore, 'add' | 'counts' | 'rows' | 'zones' | 'take' | 'out' | 'ofOrder' | 'settle'> {
  return {
    add: (listId, rows, atMs) => add(ask, listId, rows, atMs),
    async counts(listId) {
      const text = 'SELECT state, count(*)::int AS count FROM list_row WHERE list_id = $1 GROUP BY state';
      const counts: Record<string, number> = { waiting: 0, out: 0, done: 0 };
      for (const { state, count } of await ask(text, [listId])) counts[String(state)] = Number(count);
      return counts as RowCounts;
    },
    async rows(listId, afterRow, limit, state) {
      const where = state === undefined ? '' : 'AND state = $4';
      const text = `SELECT ${COLUMNS} FROM list_row WHERE list_id = $1 AND row > $2 ${where} ORDER BY row LIMIT $3`;
      return (await ask(text, [listId, afterRow, limit, ...(state === undefined ? [] : [state])])).map(knownRow);
    },
    async zones(listId) {
      // By hops along the index, which costs as much as there are zones and not as there are rows.
      const next = (after: string): string =>
        `(SELECT min(time_zone) FROM list_row WHERE list_id = $1 AND state = 'waiting' ${after})`;
      const text = `
        WITH RECURSIVE zone (name) AS (
          SELECT ${next('')} UNION ALL SELECT ${next('AND time_zone > zone.name')} FROM zone WHERE zone.name IS NOT NULL
        ) SELECT name FROM zone WHERE name IS NOT NULL LIMIT ${ZONES_MAX}`;
      return (await ask(text, [listId])).map(({ name }) => String(name));
    },
    async take(listId, zones, limit, nowMs) {
      const text = `
        UPDATE list_row SET state = 'out', order_id = list_id || '.r' || row || '-' || (attempts + 1) || '-' || $4::text
        WHERE (list_id, row) IN (
          SELECT one.list_id, one.row FROM unnest($2::text[]) AS zone (name) CROSS JOIN LATERAL (
            SELECT list_id, row, priority, next_at_ms FROM list_row
            WHERE list_id = $1 AND state = 'waiting' AND time_zone = zone.name AND next_at_ms <= $3
            ORDER BY priority DESC, next_at_ms, row LIMIT $5) AS one
          ORDER BY one.priority DESC, one.next_at_ms, one.row LIMIT $5)
        RETURNING ${COLUMNS}`;
      const taken = (await ask(text, [listId, zones, nowMs, nowMs.toString(36), limit])).map(knownRow);
      return taken.sort((a, b) => b.priority - a.priority || a.nextAtMs - b.nextAtMs || a.row - b.row);
    },
    out: async () => (await ask(`SELECT ${COLUMNS} FROM list_row WHERE state = 'out'`, [])).map(knownRow),
    async ofOrder(orderId) {
      const text = `SELECT ${COLUMNS} FROM list_row WHERE order_id = $1 AND state = 'out'`;
      return (await ask(text, [orderId])).map(knownRow)[0];
    },
    async settle(orderId, result, nextAtMs) {
      // What was taken back before anybody was dialled counts as no attempt.
      const counts = result !== 'withdrawn' && result !== null;
      const text = `
        UPDATE list_row SET
          state = $2, next_at_ms = coalesce($3, next_at_ms), order_id = NULL, last_result = coalesce($4, last_result),
          attempts = attempts + $5,
          results = CASE WHEN $5 = 0 THEN results
            ELSE jsonb_set(results, ARRAY[$4::text], to_jsonb(coalesce((results->>$4::text)::int, 0) + 1)) END
        WHERE order_id = $1 AND state = 'out'`;
      await ask(text, [orderId, nextAtMs === null ? 'done' : 'waiting', nextAtMs, result, counts ? 1 : 0]);
    },
  };
}

/** There are some 600 zones in all. */
const ZONES_MAX = 1000;

async function add(ask: Ask, listId: string, rows: readonly ListRow[], atMs: number): Promise<number> {
  const column = <T>(of: (row: ListRow) => T): T[] => rows.map(of);
  const text = `
    INSERT INTO list_row (list_id, row, number, name, time_zone, priority, attributes, next_at_ms)
    SELECT $1, (SELECT coalesce(max(row), 0) FROM list_row WHERE list_id = $1) + fresh.place,
      fresh.number, fresh.name, fresh.time_zone, fresh.priority, fresh.attributes::jsonb, $7
    FROM unnest($2::text[], $3::text[], $4::text[], $5::int[], $6::text[])
      WITH ORDINALITY AS fresh (number, name, time_zone, priority, attributes, place)
    ON CONFLICT (list_id, number) DO NOTHING RETURNING row`;
  const added = await ask(text, [
    listId,
    column(({ number }) => number),
    column(({ name }) => name),
    column(({ timeZone }) => timeZone ?? ''),
    column(({ priority }) => priority),
    column(({ attributes }) => JSON.stringify(attributes)),
    atMs,
  ]);
  return added.length;
}

function knownRow(found: Record<string, unknown>): KnownRow {
  return {
    listId: String(found['list_id']),
    row: Number(found['row']),
    number: String(found['number']),
    name: found['name'] as string | null,
    timeZone: found['time_zone'] === '' ? null : String(found['time_zone']),
    priority: Number(found['priority']),
    attributes: found['attributes'] as KnownRow['attributes'],
    state: found['state'] as KnownRow['state'],
    orderId: found['order_id'] as string | null,
    nextAtMs: Number(found['next_at_ms']),
    attempts: Number(found['attempts']),
    results: found['results'] as KnownRow['results'],
    lastResult: found['last_result'] as KnownRow['lastResult'],
  };
}
