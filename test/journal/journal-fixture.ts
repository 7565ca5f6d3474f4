import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Journal } from '../../src/journal/journal.ts';
import { type JournalOptions, openJournal } from '../../src/journal/open.ts';
import type { Event, JournalEntry } from '../../src/model/event.ts';
import { type RunningPostgres, startPostgres } from '../../src/supervisor/postgres.ts';
import { ensureSystemUser } from '../../src/supervisor/system-user.ts';
import { until as asked } from '../system/until.ts';

/** A PostgreSQL of the tests' own, with a new database for each journal, and folders that are gone at the end. */
export type Fixture = {
  postgres: RunningPostgres;
  start(): Promise<void>;
  newDatabase(): Promise<string>;
  newDir(): string;
  options(databaseUrl: string, spoolDir: string, more?: Partial<JournalOptions>): JournalOptions;
  /** A journal that is closed at the end, on a new database unless told otherwise. */
  open(more?: Partial<JournalOptions>): Promise<Journal>;
  query(databaseUrl: string, text: string): Promise<Record<string, unknown>[]>;
  end(): Promise<void>;
};

export const silent = { info() {}, warn() {}, error() {} };

export async function startFixture(port: number): Promise<Fixture> {
  const root = mkdtempSync(join(tmpdir(), 'strowger-journal-'));
  const plan = { home: `${root}-postgres`, port, password: 'p:a@s/s', user: ensureSystemUser() };
  const journals: Journal[] = [];
  let count = 0;
  const fixture: Fixture = {
    postgres: await startPostgres(plan),
    async start() {
      fixture.postgres = await startPostgres(plan);
    },
    async newDatabase() {
      count += 1;
      await fixture.query(fixture.postgres.databaseUrl, `CREATE DATABASE journal_${count}`);
      const url = new URL(fixture.postgres.databaseUrl);
      url.pathname = `/journal_${count}`;
      return url.href;
    },
    newDir: () => mkdtempSync(join(root, 'spool-')),
    options: (databaseUrl, spoolDir, more) => ({
      databaseUrl,
      spoolDir,
      log: silent,
      now: Date.now,
      unavailableAfterMs: 5_000,
      ...more,
    }),
    async open(more = {}) {
      const databaseUrl = more.databaseUrl ?? (await fixture.newDatabase());
      const journal = await openJournal(fixture.options(databaseUrl, more.spoolDir ?? fixture.newDir(), more));
      journals.push(journal);
      return journal;
    },
    async query(databaseUrl, text) {
      const client = new pg.Client({ connectionString: databaseUrl });
      await client.connect();
      try {
        return (await client.query(text)).rows as Record<string, unknown>[];
      } finally {
        await client.end();
      }
    },
    async end() {
      await Promise.all(journals.map((journal) => journal.close()));
      await fixture.postgres.stop();
      for (const path of [root, plan.home, `${plan.home}.pid`]) rmSync(path, { recursive: true, force: true });
    },
  };
  return fixture;
}

/** A made-up event; `atMs` tells them apart. */
export function digit(atMs: number, contactId = 'c1'): Event {
  return { kind: 'digit.received', atMs, contactId, digit: '5' };
}

export function digits(count: number, fromMs = 1): Event[] {
  return Array.from({ length: count }, (_, index) => digit(fromMs + index));
}

export async function all(journal: Journal, afterSeq = 0): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  await journal.replay(afterSeq, (entry) => entries.push(entry));
  return entries;
}

/** Waits until a condition holds, at most 10 s. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  await asked(what, condition, { withinMs: 10_000, everyMs: 10 });
}
