import pg from 'pg';
import { ConfigError } from '../config.ts';

const CONNECT_MS_MAX = 5_000;
/** The oldest release that its makers still mend in the year of this program. */
const POSTGRES_NEEDED = 14;

/** What a refused connection means, by SQLSTATE (PostgreSQL, appendix A) or by the code of the system's error. */
const REASONS: Readonly<Record<string, string>> = {
  '28P01': 'refuses the user or password.',
  '28000': 'refuses the user or password, or wants TLS.',
  '3D000': 'has no such database: make it with "createdb".',
  '53300': 'has too many connections already.',
  '57P03': 'is starting or stopping: try again in a moment.',
  ECONNREFUSED: 'does not answer: nothing listens on that host and port.',
  ENOTFOUND: 'does not answer: the name of its host is unknown.',
};

/**
 * Makes sure that the PostgreSQL at DATABASE_URL takes a connection and is new enough. Rejects with ConfigError
 * `start.database_away`, whose message says why and never holds the password.
 */
export async function checkExternalPostgres(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: CONNECT_MS_MAX });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ number: number }>(
      "select current_setting('server_version_num')::int as number",
    );
    const major = Math.floor((rows[0]?.number ?? 0) / 10_000);
    if (major < POSTGRES_NEEDED) throw away(`is version ${major}, but ${POSTGRES_NEEDED} or newer is needed.`);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const code = String((error as { code?: unknown }).code);
    throw away(REASONS[code] ?? `takes no connection (${code === 'undefined' ? 'no answer in time' : code}).`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function away(what: string): ConfigError {
  return new ConfigError('start.database_away', `PostgreSQL at DATABASE_URL ${what}`);
}
