import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** One connection to PostgreSQL whose socket we hold, so that it can be let go of at any moment. */
export type Connection = {
  readonly client: pg.Client;
  /** Ends the session in good order, or cuts it when that takes longer than END_WITHIN_MS. May be called twice. */
  end(): Promise<void>;
  /** Drops the socket at once; a question under way is rejected. */
  cut(): void;
};

export const CONNECT_WITHIN_MS = 5_000;
/** PostgreSQL gives up a statement after this time, and we give up waiting for its answer a little later. */
export const STATEMENT_WITHIN_MS = 10_000;
export const ANSWER_WITHIN_MS = 12_000;
export const END_WITHIN_MS = 1_000;

/** @param applicationName as PostgreSQL's own pg_stat_activity shows it. */
export function connectionSettings(databaseUrl: string, applicationName: string): pg.ClientConfig {
  return {
    connectionString: databaseUrl,
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    statement_timeout: STATEMENT_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
  };
}

/** @param onLost called at most once, with the reason, when the connection ends and nobody here asked for it. */
export async function openConnection(
  settings: pg.ClientConfig,
  onLost: (reason: string) => void,
  signal: AbortSignal,
): Promise<Connection> {
  signal.throwIfAborted();
  const socket = new Socket();
  const client = new pg.Client({ ...settings, stream: () => socket });
  let over = false;
  const lost = (reason: string) => {
    if (!over) onLost(reason);
    over = true;
  };
  client.on('error', (error) => lost(reasonOf(error)));
  client.on('end', () => lost('connection ended'));
  const cut = () => {
    over = true;
    socket.destroy();
  };
  signal.addEventListener('abort', cut, { once: true });
  try {
    await client.connect();
  } catch (error) {
    cut();
    throw error;
  } finally {
    signal.removeEventListener('abort', cut);
  }
  async function end(): Promise<void> {
    over = true;
    await Promise.race([client.end().catch(() => undefined), delay(END_WITHIN_MS, undefined, { ref: false })]);
    socket.destroy();
  }
  return { client, end, cut };
}

/**
 * Why something failed, fit for a log: an SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html) or
 * a system error code. The message itself is left out: it may hold the password, or a caller's number.
 */
export function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string') return code;
  return error instanceof Error && /time-?out/i.test(error.message) ? 'timeout' : 'connection failed';
}

/** Host, port and database of an address, without user and password. */
export function placeOf(databaseUrl: string): string {
  const { hostname, port, pathname } = new URL(databaseUrl);
  return `${hostname || 'local socket'}:${port || 5432}${pathname}`;
}
