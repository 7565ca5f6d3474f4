import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';

/** How long another holder is waited for: after a `kill -9` PostgreSQL needs a moment to notice the dead socket. */
export const LOCK_WITHIN_MS = 5_000;
const ASK_AGAIN_MS = 100;

/** First half of the advisory lock's key: "strw" in ASCII. The second half is the schema, because a schema is a site. */
const LOCK_CLASS = 0x73747277;

const TAKE = `SELECT pg_try_advisory_lock(${LOCK_CLASS}, hashtext(current_schema())) AS taken`;

/**
 * Ends an earlier session of this same process that PostgreSQL still believes alive, as after a cut network cable.
 * The application name is drawn at random for each process, so this never ends somebody else's.
 */
const END_OWN = `
  SELECT pg_terminate_backend(a.pid)
  FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
  WHERE l.locktype = 'advisory' AND l.granted AND l.classid = ${LOCK_CLASS}
    AND l.objid = (hashtext(current_schema())::bigint & 4294967295)::text::oid
    AND a.datname = current_database() AND a.application_name = $1 AND a.pid <> pg_backend_pid()`;

/**
 * Takes the right to write this journal for as long as the session lives. Events are inserted by the same session,
 * so whoever lost the lock cannot write any more.
 * @returns false when somebody else still holds it after `withinMs`.
 */
export async function takeLock(
  client: pg.Client,
  applicationName: string,
  withinMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  for (let waitedMs = 0; ; waitedMs += ASK_AGAIN_MS) {
    const { rows } = await client.query<{ taken: boolean }>(TAKE);
    if (rows[0]?.taken) return true;
    if (waitedMs >= withinMs) return false;
    await client.query(END_OWN, [applicationName]);
    await delay(ASK_AGAIN_MS, undefined, { signal });
  }
}
