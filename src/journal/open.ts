import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Event } from '../model/event.ts';
import { type Backlog, createBacklog } from './backlog.ts';
import { type Connection, connectionSettings, openConnection, placeOf, reasonOf } from './connection.ts';
import { JournalError, JournalFull } from './errors.ts';
import type { Journal } from './journal.ts';
import { takeUpLeftOver } from './left-over.ts';
import { type Line, lineOf } from './line.ts';
import { LOCK_WITHIN_MS, takeLock } from './lock.ts';
import type { JournalLog } from './log.ts';
import { migrate } from './migrate.ts';
import { type Ask, asking, between, ofContact, replay } from './read.ts';
import { latestSnapshot, saveSnapshot, snapshotBefore } from './snapshot.ts';
import { SEGMENT_BYTES_MAX, Spool } from './spool.ts';
import { Writer } from './writer.ts';

/** Most bytes of events that wait for PostgreSQL: some 2 million events, hours of a busy day. */
export const SPOOL_BYTES_MAX = 512 * 1024 * 1024;
/** Above this part of the bound, new contacts should be refused, so that those inside can still be served. */
export const CROWDED_FROM = 0.8;
export const UNAVAILABLE_AFTER_MS = 30_000;
/** How long a question waits until the events before it are committed. */
export const READ_WAIT_MS = 5_000;
export const FLUSH_AT_CLOSE_MS = 5_000;
const CONNECT_AGAIN_MS = 200;
/** With the writer's own connection, three in all. */
const READ_CONNECTIONS = 2;

export type JournalOptions = {
  readonly databaseUrl: string;
  /** Folder for events that PostgreSQL does not have yet; made with mode 0700. One folder for one journal. */
  readonly spoolDir: string;
  readonly log: JournalLog;
  readonly now: () => number;
  readonly spoolBytesMax?: number;
  /** How long PostgreSQL is waited for at the start. */
  readonly unavailableAfterMs?: number;
  /** How long another controller that holds the journal is waited for. */
  readonly lockWithinMs?: number;
  /** How long `close` waits for PostgreSQL to take what still waits. */
  readonly flushAtCloseMs?: number;
};

/** What an open journal is made of. */
type Parts = {
  readonly options: JournalOptions;
  readonly spool: Spool;
  readonly backlog: Backlog;
  readonly writer: Writer;
  readonly ask: Ask;
  readonly pool: pg.Pool;
};

/**
 * Opens the journal for writing: waits for PostgreSQL, takes the lock, brings the schema up to date and commits what
 * an earlier run left in the spool. Rejects with a JournalError: `journal.unavailable`, `journal.locked`,
 * `journal.newer`, `journal.spool_broken`, `journal.gap` or `journal.conflict`.
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  // Drawn anew each time: by it the journal knows its own earlier sessions (lock.ts).
  const settings = connectionSettings(options.databaseUrl, `strowger journal ${randomUUID()}`);
  let writer: Writer | undefined;
  const connection = await firstConnection(options, settings, (reason) => writer?.lost(reason));
  try {
    await lock('journal.locked', connection, options, settings, new AbortController().signal);
    await migrate(connection.client);
    const spoolBytesMax = options.spoolBytesMax ?? SPOOL_BYTES_MAX;
    const spool = new Spool(options.spoolDir, Math.min(SEGMENT_BYTES_MAX, Math.ceil(spoolBytesMax / 8)));
    const committedSeq = await takeUpLeftOver(spool, connection.client);
    const backlog = createBacklog(spool, committedSeq);
    const connect = async (onLost: (reason: string) => void, signal: AbortSignal) => {
      const fresh = await openConnection(settings, onLost, signal);
      await lock('journal.stolen', fresh, options, settings, signal);
      return fresh;
    };
    const { log, now } = options;
    writer = new Writer({ backlog, spool, committedSeq, connection, connect, log, now });
    const pool = new pg.Pool({ ...settings, max: READ_CONNECTIONS });
    // A reading connection that dies while idle is replaced at the next question; without a listener it would throw.
    pool.on('error', () => undefined);
    return journalOf({ options, spool, backlog, writer, ask: asking(pool), pool });
  } catch (error) {
    await connection.end();
    throw error instanceof JournalError ? error : unavailable(options, error);
  }
}

async function firstConnection(
  options: JournalOptions,
  settings: pg.ClientConfig,
  onLost: (reason: string) => void,
): Promise<Connection> {
  const signal = AbortSignal.timeout(options.unavailableAfterMs ?? UNAVAILABLE_AFTER_MS);
  for (let last: unknown; ; ) {
    try {
      return await openConnection(settings, onLost, signal);
    } catch (error) {
      if (signal.aborted) throw unavailable(options, last ?? error);
      last = error;
      await delay(CONNECT_AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

function unavailable(options: JournalOptions, error: unknown): JournalError {
  const place = placeOf(options.databaseUrl);
  return new JournalError('journal.unavailable', `PostgreSQL at ${place} does not answer (${reasonOf(error)}).`);
}

async function lock(
  code: 'journal.locked' | 'journal.stolen',
  connection: Connection,
  options: JournalOptions,
  settings: pg.ClientConfig,
  signal: AbortSignal,
): Promise<void> {
  try {
    const withinMs = options.lockWithinMs ?? LOCK_WITHIN_MS;
    if (await takeLock(connection.client, settings.application_name ?? '', withinMs, signal)) return;
    throw new JournalError(code, 'Another controller writes this journal; only one may.');
  } catch (error) {
    connection.cut();
    throw error;
  }
}

function journalOf({ options, spool, backlog, writer, ask, pool }: Parts): Journal {
  const spoolBytesMax = options.spoolBytesMax ?? SPOOL_BYTES_MAX;
  let closing: Promise<void> | undefined;

  function append(events: readonly Event[]): number {
    if (closing) throw new JournalError('journal.closed', 'The journal is closed.');
    const trouble = writer.trouble;
    if (trouble?.final) throw trouble.error;
    const lines: Line[] = [];
    let bytes = spool.bytes;
    for (const event of events) {
      const line = lineOf(backlog.lastSeq() + lines.length + 1, event);
      lines.push(line);
      bytes += line.text.length + 1;
    }
    if (bytes > spoolBytesMax) {
      throw new JournalFull(`${backlog.waiting().events} events wait for PostgreSQL; there is no room for more.`);
    }
    spool.write(lines);
    backlog.add(lines);
    writer.wake();
    return backlog.lastSeq();
  }

  /** Waits until all that was appended so far can be read; gives the place up to which to read. */
  async function readable(upToSeq = backlog.lastSeq()): Promise<number> {
    if (closing) throw new JournalError('journal.closed', 'The journal is closed.');
    const trouble = writer.trouble;
    if (trouble) throw trouble.error;
    await writer.committed(upToSeq, READ_WAIT_MS);
    return upToSeq;
  }

  async function shut(): Promise<void> {
    await writer.committed(backlog.lastSeq(), options.flushAtCloseMs ?? FLUSH_AT_CLOSE_MS).catch(() => undefined);
    await writer.stop();
    await pool.end();
    spool.close(writer.committedSeq);
  }

  return {
    append,
    crowded: () => spool.bytes > spoolBytesMax * CROWDED_FROM || (writer.trouble?.final ?? false),
    replay: async (afterSeq, visit, lastSeq = Number.POSITIVE_INFINITY) =>
      replay(ask, afterSeq, Math.min(lastSeq, await readable()), visit),
    ofContact: async (contactId) => ofContact(ask, contactId, await readable()),
    between: async (fromMs, toMs, kinds, visit) => between(ask, { fromMs, toMs, kinds }, await readable(), visit),
    async saveSnapshot(snapshot) {
      if (snapshot.seq > backlog.lastSeq()) throw new TypeError(`No event has place ${snapshot.seq} yet.`);
      await readable(snapshot.seq);
      await saveSnapshot(ask, snapshot);
    },
    latestSnapshot: () => latestSnapshot(ask),
    snapshotBefore: (seq, format) => snapshotBefore(ask, seq, format),
    flush: () => writer.committed(backlog.lastSeq()),
    health: () => healthOf(writer, backlog),
    close() {
      closing ??= shut();
      return closing;
    },
  };
}

function healthOf(writer: Writer, backlog: Backlog): ReturnType<Journal['health']> {
  const { events, bytes } = backlog.waiting();
  const waiting = `${events} events wait for the database, ${(bytes / 1e6).toFixed(1)} MB`;
  const trouble = writer.trouble;
  const detail = trouble ? `${trouble.error.message} (${trouble.error.code}) ${waiting}` : waiting;
  return { up: trouble === undefined, detail, sinceMs: writer.sinceMs };
}
