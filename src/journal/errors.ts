/**
 * Every way in which the journal fails, by code:
 * - `journal.unavailable`: PostgreSQL does not answer; nothing is lost, try again later.
 * - `journal.locked`: another controller writes this journal.
 * - `journal.newer`: the database, or an event in it, was written by a newer release.
 * - `journal.spool_broken`: a spool file is damaged in its middle.
 * - `journal.spool_failed`: the disk refused a write to the spool.
 * - `journal.full`: the bound on events that wait for PostgreSQL is reached.
 * - `journal.gap`: places are missing, for example because an older backup of the database was restored.
 * - `journal.conflict`: the database holds another event in a place that this journal wrote.
 * - `journal.stolen`: another controller took the journal while the database was away.
 * - `journal.closed`: the journal was closed before this was asked.
 */
export type JournalErrorCode =
  | 'journal.unavailable'
  | 'journal.locked'
  | 'journal.newer'
  | 'journal.spool_broken'
  | 'journal.spool_failed'
  | 'journal.full'
  | 'journal.gap'
  | 'journal.conflict'
  | 'journal.stolen'
  | 'journal.closed';

export class JournalError extends Error {
  readonly code: JournalErrorCode;
  constructor(code: JournalErrorCode, message: string) {
    super(message);
    this.name = 'JournalError';
    this.code = code;
  }
}

/** Thrown by `append` when the bound on events that wait for PostgreSQL is reached; nothing was appended. */
export class JournalFull extends JournalError {
  constructor(message: string) {
    super('journal.full', message);
    this.name = 'JournalFull';
  }
}
