import pg from 'pg';
import type { AtMs, RecordingId } from '../model/ids.ts';
import type { WrappedKey } from './data-key.ts';
import { RecordingFault } from './recording-fault.ts';
import type { RecordingFilter, RecordingPage, RecordingRow } from './recording-row.ts';

const CONNECTIONS = 2;
const CONNECT_WITHIN_MS = 5_000;
const STATEMENT_WITHIN_MS = 10_000;
/** PostgreSQL gives a statement up after its time, and we wait a little longer for it to say so. */
const ANSWER_WITHIN_MS = 12_000;

/** A recording's own key under another key of the ring. */
export type Rewrapped = { readonly recordingId: RecordingId; readonly before: string; readonly after: WrappedKey };

/** The index of recordings in PostgreSQL. Every question throws `recording.index_unavailable` when it does not answer. */
export type RecordingIndex = {
  find(recordingId: RecordingId): Promise<RecordingRow | undefined>;
  list(filter: RecordingFilter, page: RecordingPage): Promise<RecordingRow[]>;
  /** Adds one; a row that is there already stays as it is. */
  add(row: RecordingRow): Promise<void>;
  hold(recordingId: RecordingId, heldAtMs: AtMs, reason: string): Promise<void>;
  release(recordingId: RecordingId): Promise<void>;
  /** Deletes the key, unless the recording is held: false then. What is left says that there was a recording. */
  forgetKey(recordingId: RecordingId, deletedAtMs: AtMs, reason: string): Promise<boolean>;
  /** Those whose time is over and that nobody holds, the oldest first. */
  due(nowMs: AtMs, limit: number): Promise<RecordingRow[]>;
  /** Those whose keys are wrapped under one of these keys, by id, after the one given. */
  wrappedUnder(keyIds: readonly string[], afterId: RecordingId, limit: number): Promise<RecordingRow[]>;
  /** Puts other wrapped keys in the place of those under `before`; what was deleted meanwhile stays so. */
  rewrap(changes: readonly Rewrapped[]): Promise<void>;
  /** May be called twice. */
  close(): Promise<void>;
};

type Row = Record<string, unknown>;
const COLUMNS = `recording_id, contact_id, agent_id, queue_id, why, purpose, begun_at_ms, duration_ms, channels, bytes, file,
  key_id, wrapped_key, keep_until_ms, held_at_ms, held_reason, deleted_at_ms, deleted_reason`;

export function openIndex(databaseUrl: string): RecordingIndex {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'strowger recordings',
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    statement_timeout: STATEMENT_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
  });
  // A connection that dies while idle is replaced at the next question; without a listener it would throw.
  pool.on('error', () => undefined);
  const ask = async (text: string, values: readonly unknown[]): Promise<RecordingRow[]> => {
    try {
      return (await pool.query<Row>(text, [...values])).rows.map(rowOf);
    } catch (error) {
      const { code } = error as { code?: unknown };
      throw new RecordingFault('recording.index_unavailable', typeof code === 'string' ? code : 'connection failed');
    }
  };
  let closing: Promise<void> | undefined;
  return {
    ...questions(ask),
    close: () => {
      closing ??= pool.end();
      return closing;
    },
  };
}

type Ask = (text: string, values: readonly unknown[]) => Promise<RecordingRow[]>;

function questions(ask: Ask): Omit<RecordingIndex, 'close'> {
  const returning = `RETURNING ${COLUMNS}`;
  return {
    find: async (id) => (await ask(`SELECT ${COLUMNS} FROM recording WHERE recording_id = $1`, [id]))[0],
    list: (filter, page) => list(ask, filter, page),
    async add(row) {
      const values = valuesOf(row);
      const places = values.map((_, at) => `$${at + 1}`).join(', ');
      await ask(`INSERT INTO recording (${COLUMNS}) VALUES (${places}) ON CONFLICT (recording_id) DO NOTHING`, values);
    },
    async hold(id, heldAtMs, reason) {
      await ask(
        'UPDATE recording SET held_at_ms = $2, held_reason = $3 WHERE recording_id = $1 AND deleted_at_ms IS NULL',
        [id, heldAtMs, reason],
      );
    },
    async release(id) {
      await ask('UPDATE recording SET held_at_ms = NULL, held_reason = NULL WHERE recording_id = $1', [id]);
    },
    async forgetKey(id, deletedAtMs, reason) {
      // One statement, so that a hold that comes at the same time either finds no recording or keeps it.
      const text = `UPDATE recording SET wrapped_key = NULL, key_id = NULL,
        deleted_at_ms = coalesce(deleted_at_ms, $2), deleted_reason = coalesce(deleted_reason, $3)
        WHERE recording_id = $1 AND held_at_ms IS NULL ${returning}`;
      return (await ask(text, [id, deletedAtMs, reason])).length > 0;
    },
    due: (nowMs, limit) =>
      ask(
        `SELECT ${COLUMNS} FROM recording WHERE deleted_at_ms IS NULL AND held_at_ms IS NULL AND keep_until_ms <= $1
         ORDER BY keep_until_ms LIMIT $2`,
        [nowMs, limit],
      ),
    wrappedUnder: (keyIds, afterId, limit) =>
      ask(
        `SELECT ${COLUMNS} FROM recording WHERE key_id = ANY($1) AND recording_id > $2 ORDER BY recording_id LIMIT $3`,
        [keyIds, afterId, limit],
      ),
    async rewrap(changes) {
      const text = `UPDATE recording SET key_id = change.after, wrapped_key = change.wrapped
        FROM unnest($1::text[], $2::text[], $3::text[], $4::bytea[]) AS change (id, before, after, wrapped)
        WHERE recording_id = change.id AND key_id = change.before`;
      const ids = changes.map(({ recordingId }) => recordingId);
      const before = changes.map((change) => change.before);
      const after = changes.map((change) => change.after.keyId);
      const wrapped = changes.map((change) => change.after.wrapped);
      await ask(text, [ids, before, after, wrapped]);
    },
  };
}

function list(ask: Ask, filter: RecordingFilter, { limit, after }: RecordingPage): Promise<RecordingRow[]> {
  const values: unknown[] = [];
  const value = (one: unknown): string => `$${values.push(one)}`;
  const where = [filter.deleted ? 'deleted_at_ms IS NOT NULL' : 'deleted_at_ms IS NULL'];
  if (filter.contactId !== undefined) where.push(`contact_id = ${value(filter.contactId)}`);
  if (filter.agentId !== undefined) where.push(`agent_id = ${value(filter.agentId)}`);
  if (filter.queueId !== undefined) where.push(`queue_id = ${value(filter.queueId)}`);
  if (filter.purpose !== undefined) where.push(`purpose = ${value(filter.purpose)}`);
  if (filter.fromMs !== undefined) where.push(`begun_at_ms >= ${value(filter.fromMs)}`);
  if (filter.toMs !== undefined) where.push(`begun_at_ms < ${value(filter.toMs)}`);
  if (filter.held !== undefined) where.push(`held_at_ms IS ${filter.held ? 'NOT ' : ''}NULL`);
  if (after) where.push(`(begun_at_ms, recording_id) < (${value(after.begunAtMs)}, ${value(after.recordingId)})`);
  const order = `ORDER BY begun_at_ms DESC, recording_id DESC LIMIT ${value(limit)}`;
  return ask(`SELECT ${COLUMNS} FROM recording WHERE ${where.join(' AND ')} ${order}`, values);
}

function valuesOf(row: RecordingRow): unknown[] {
  return [
    ...[row.recordingId, row.contactId, row.agentId, row.queueId, row.why, row.purpose, row.begunAtMs, row.durationMs],
    ...[row.channels, row.bytes, row.file, row.keyId, row.wrappedKey, row.keepUntilMs, row.heldAtMs, row.heldReason],
    ...[row.deletedAtMs, row.deletedReason],
  ];
}

function rowOf(row: Row): RecordingRow {
  const { recording_id: recordingId, contact_id: contactId, agent_id: agentId, queue_id: queueId, why, purpose } = row;
  const { channels, file, key_id: keyId, wrapped_key: wrappedKey } = row;
  const { held_reason: heldReason, deleted_reason: deletedReason } = row;
  return {
    ...({ recordingId, contactId, agentId, queueId, why, purpose, channels, file, keyId, wrappedKey } as RecordingRow),
    begunAtMs: Number(row['begun_at_ms']),
    durationMs: Number(row['duration_ms']),
    bytes: Number(row['bytes']),
    keepUntilMs: Number(row['keep_until_ms']),
    heldAtMs: row['held_at_ms'] === null ? null : Number(row['held_at_ms']),
    heldReason: heldReason as string | null,
    deletedAtMs: row['deleted_at_ms'] === null ? null : Number(row['deleted_at_ms']),
    deletedReason: deletedReason as string | null,
  };
}
