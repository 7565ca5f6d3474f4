import type pg from 'pg';
import { JournalError } from './errors.ts';
import { MIGRATIONS, type Migration } from './migrations.ts';

const CREATE = `
  CREATE TABLE IF NOT EXISTS journal_migration (
    version integer PRIMARY KEY,
    name text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
  )`;

/**
 * Brings the schema up to this release, each step in a transaction of its own. The caller holds the journal's lock.
 * Throws `journal.newer` when a newer release has been here: it may mean other things by the same columns.
 * @returns how many steps were made.
 */
export async function migrate(client: pg.Client, migrations: readonly Migration[] = MIGRATIONS): Promise<number> {
  await client.query(CREATE);
  const found = await client.query<{ version: number }>(
    'SELECT coalesce(max(version), 0) AS version FROM journal_migration',
  );
  const version = found.rows[0]?.version ?? 0;
  const newest = migrations.at(-1)?.version ?? 0;
  if (version > newest) {
    throw new JournalError(
      'journal.newer',
      `The database has schema version ${version} and this release knows ${newest}; use the newer release.`,
    );
  }
  const missing = migrations.filter((migration) => migration.version > version);
  for (const migration of missing) await apply(client, migration);
  return missing.length;
}

async function apply(client: pg.Client, { version, name, sql }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query('INSERT INTO journal_migration (version, name) VALUES ($1, $2)', [version, name]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
