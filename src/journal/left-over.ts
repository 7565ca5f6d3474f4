import type pg from 'pg';
import { GROUP_CHARACTERS_MAX, GROUP_LINES_MAX } from './backlog.ts';
import { JournalError } from './errors.ts';
import { insertGroup, lastSeqIn } from './insert.ts';
import type { Spool } from './spool.ts';

/**
 * Commits what an earlier run left in the spool. Lines that are stored already are compared with what is stored, so
 * that a wrong folder or database is noticed. Throws `journal.gap` or `journal.conflict`.
 * @returns the newest place.
 */
export async function takeUpLeftOver(spool: Spool, client: pg.Client): Promise<number> {
  const storedSeq = await lastSeqIn(client);
  const left = spool.span();
  if (left && left.firstSeq > storedSeq + 1) {
    throw new JournalError(
      'journal.gap',
      `The database ends at place ${storedSeq} and the spool begins at ${left.firstSeq}; is it the right database?`,
    );
  }
  for (let seq = left?.firstSeq ?? 1; left && seq <= left.lastSeq; ) {
    const group = spool.read(seq, GROUP_LINES_MAX, GROUP_CHARACTERS_MAX);
    await insertGroup(client, group);
    seq += group.length;
  }
  const committedSeq = Math.max(storedSeq, left?.lastSeq ?? 0);
  spool.release(committedSeq);
  return committedSeq;
}
