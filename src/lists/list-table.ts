import pg from 'pg';
import type { CallList, ListStore } from '../model/call/list.ts';
import { ListFault } from './list-fault.ts';
import { rowsOf } from './rows.ts';

const CONNECTIONS = 2;
const CONNECT_WITHIN_MS = 5_000;
const STATEMENT_WITHIN_MS = 20_000;
/** PostgreSQL gives a statement up after its time, and we wait a little longer for it to say so. */
const ANSWER_WITHIN_MS = 22_000;

/** Asks PostgreSQL one thing. Rejects with ListFault. */
export type Ask = (text: string, values: readonly unknown[]) => Promise<Record<string, unknown>[]>;

/** Opens the lists. The journal has brought the schema up to date by then. */
export function openLists(databaseUrl: string): ListStore {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'strowger lists',
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    statement_timeout: STATEMENT_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
  });
  // A connection that dies while idle is replaced at the next question; without a listener it would throw.
  pool.on('error', () => undefined);
  const ask: Ask = async (text, values) => {
    try {
      return (await pool.query<Record<string, unknown>>(text, [...values])).rows;
    } catch (error) {
      const { code } = error as { code?: unknown };
      throw new ListFault(typeof code === 'string' ? code : 'connection failed');
    }
  };
  let closing: Promise<void> | undefined;
  return {
    async create(list) {
      await ask('INSERT INTO list (id, about) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING', [
        list.id,
        JSON.stringify(list),
      ]);
    },
    all: async () => (await ask('SELECT about FROM list ORDER BY id', [])).map(listOf),
    find: async (listId) => (await ask('SELECT about FROM list WHERE id = $1', [listId])).map(listOf)[0],
    async remove(listId) {
      // Its rows go with it.
      await ask('DELETE FROM list WHERE id = $1', [listId]);
    },
    ...rowsOf(ask),
    close: () => {
      closing ??= pool.end();
      return closing;
    },
  };
}

function listOf({ about }: Record<string, unknown>): CallList {
  return about as CallList;
}
