import { setTimeout as delay } from 'node:timers/promises';
import { type Backlog, GROUP_LINES_MAX } from './backlog.ts';
import { type CommitWaits, createCommitWaits } from './commit-waits.ts';
import { type Connection, reasonOf } from './connection.ts';
import { JournalError } from './errors.ts';
import { insertGroup, lastSeqIn } from './insert.ts';
import type { JournalLog } from './log.ts';
import type { Spool } from './spool.ts';

/** `final`: the writer has given up, and only a person can help. */
export type Trouble = { readonly final: boolean; readonly error: JournalError };

export type WriterOptions = {
  readonly backlog: Backlog;
  readonly spool: Spool;
  readonly committedSeq: number;
  readonly connection: Connection;
  /** Connects again and takes the lock again; throws JournalError when there is no use in trying further. */
  readonly connect: (onLost: (reason: string) => void, signal: AbortSignal) => Promise<Connection>;
  readonly log: JournalLog;
  readonly now: () => number;
};

/**
 * How long an event waits for company, so that several share one statement and one commit: to write to PostgreSQL costs this process
 * about as much for one event as for ten. Who wants to read does not wait for that.
 */
export const GROUP_WAIT_MS = 100;
export const RECONNECT_MS_MIN = 100;
export const RECONNECT_MS_MAX = 2_000;

/** Brings the backlog into PostgreSQL, group by group, through every absence of PostgreSQL. */
export class Writer {
  readonly #commits: CommitWaits;
  readonly #options: WriterOptions;
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;
  #committedSeq: number;
  #connection: Connection | undefined;
  #trouble: Trouble | undefined;
  #sinceMs: number;
  #reconnectMs = RECONNECT_MS_MIN;
  /** Ends the wait for something to write, or for company. */
  #idle: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#committedSeq = options.committedSeq;
    this.#connection = options.connection;
    this.#sinceMs = options.now();
    this.#commits = createCommitWaits(options.committedSeq);
    this.#running = this.#run();
  }

  get committedSeq(): number {
    return this.#committedSeq;
  }

  /** Why nothing is written at the moment; undefined when all is well. */
  get trouble(): Trouble | undefined {
    return this.#trouble;
  }

  /** Since when there has been trouble, or none. */
  get sinceMs(): number {
    return this.#sinceMs;
  }

  /** Says that something waits. */
  wake(): void {
    if (this.#idle && !this.#timer) this.#timer = setTimeout(() => this.#goOn(), GROUP_WAIT_MS);
  }

  /** Resolves when the place is committed, which is seen to at once; rejects with `journal.unavailable` after the time given. */
  committed(seq: number, withinMs?: number): Promise<void> {
    const committed = this.#commits.until(seq, withinMs);
    if (seq > this.#committedSeq) this.#goOn();
    return committed;
  }

  /** Told by the connection that it is gone, also when nothing is being written. */
  lost(reason: string): void {
    this.#letGo();
    this.#goOn();
    if (this.#trouble || this.#stopping.signal.aborted) return;
    const error = new JournalError('journal.unavailable', `PostgreSQL does not answer (${reason}).`);
    this.#turn({ final: false, error });
    this.#options.log.warn({ reason }, 'The journal lost PostgreSQL and spools to disk until it is back.');
  }

  /** Stops at once, whatever is still to be written. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#goOn();
    const last = this.#connection;
    this.#connection = undefined;
    this.#commits.fail(new JournalError('journal.closed', 'The journal is closed.'));
    await last?.end();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        this.#connection ??= await this.#reconnect();
        await this.#writeOne(this.#connection);
      } catch (error) {
        if (this.#stopping.signal.aborted) return;
        if (error instanceof JournalError) return this.#giveUp(error);
        this.lost(reasonOf(error));
      }
    }
  }

  async #writeOne(connection: Connection): Promise<void> {
    const { backlog, spool } = this.#options;
    const group = backlog.group();
    if (group.length === 0) {
      this.#recovered(connection);
      return this.#pause();
    }
    await insertGroup(connection.client, group);
    backlog.drop(group);
    this.#committedSeq += group.length;
    this.#recovered(connection);
    spool.release(this.#committedSeq);
    this.#commits.reached(this.#committedSeq);
    if (group.length < GROUP_LINES_MAX && !this.#commits.awaited() && backlog.waiting().events > 0) {
      const company = this.#pause();
      this.wake();
      await company;
    }
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#stopping.signal.aborted) resolve();
      else this.#idle = resolve;
    });
  }

  async #reconnect(): Promise<Connection> {
    const { signal } = this.#stopping;
    for (;;) {
      await delay(this.#reconnectMs * (0.5 + Math.random() / 2), undefined, { signal });
      this.#reconnectMs = Math.min(this.#reconnectMs * 2, RECONNECT_MS_MAX);
      let fresh: Connection | undefined;
      try {
        fresh = await this.#options.connect((reason) => this.lost(reason), signal);
        this.#checkPlaces(await lastSeqIn(fresh.client));
        return fresh;
      } catch (error) {
        fresh?.cut();
        if (error instanceof JournalError || signal.aborted) throw error;
      }
    }
  }

  /** The database that came back must be the one that went. */
  #checkPlaces(lastSeq: number): void {
    if (lastSeq < this.#committedSeq) {
      throw new JournalError('journal.gap', `The database came back with ${lastSeq} of ${this.#committedSeq} events.`);
    }
    if (lastSeq > this.#options.backlog.lastSeq()) {
      throw new JournalError('journal.stolen', `Another controller wrote up to place ${lastSeq} meanwhile.`);
    }
  }

  /** Only a commit, or nothing left to commit, shows that all is well: who connects may still be refused. */
  #recovered(connection: Connection): void {
    // The last answer of a connection may be handled after its end was.
    if (connection !== this.#connection) return;
    this.#reconnectMs = RECONNECT_MS_MIN;
    if (!this.#trouble) return;
    const { log, now, backlog } = this.#options;
    const fields = { downMs: now() - this.#sinceMs, events: backlog.waiting().events };
    this.#turn(undefined);
    log.info(fields, 'The journal has PostgreSQL again.');
  }

  #giveUp(error: JournalError): void {
    this.#letGo();
    this.#turn({ final: true, error });
    this.#commits.fail(error);
    this.#options.log.error({ code: error.code }, 'The journal has stopped writing.');
  }

  #turn(trouble: Trouble | undefined): void {
    this.#trouble = trouble;
    this.#sinceMs = this.#options.now();
  }

  #letGo(): void {
    this.#connection?.cut();
    this.#connection = undefined;
  }

  #goOn(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#idle?.();
    this.#idle = undefined;
  }
}
