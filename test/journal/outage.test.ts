import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import pg from 'pg';
import { JournalFull } from '../../src/journal/errors.ts';
import { takeLock } from '../../src/journal/lock.ts';
import { freePort } from '../supervisor/free-port.ts';
import { all, digit, digits, type Fixture, startFixture, until } from './journal-fixture.ts';

let fixture: Fixture;
before(async () => {
  fixture = await startFixture(await freePort());
});
after(() => fixture.end());

for (const how of ['stop', 'kill'] as const) {
  test(`PostgreSQL goes by ${how} amid 5,000 events and comes back: all are there, once, in order`, async () => {
    const spoolDir = fixture.newDir();
    const journal = await fixture.open({ spoolDir });
    let ending: Promise<void> | undefined;
    for (let count = 1; count <= 5_000; count += 1) {
      journal.append([digit(count)]);
      if (count === 2_000) ending = fixture.postgres[how]();
      if (count % 50 === 0) await turn();
    }
    await ending;
    await until(() => !journal.health().up, 'the journal says that it is down');
    assert.match(journal.health().detail, /journal\.unavailable\) \d+ events wait for the database, 0\.\d MB$/);
    await assert.rejects(all(journal), { code: 'journal.unavailable' });
    await fixture.start();
    await journal.flush();
    assert.equal(journal.health().up, true);
    const entries = await all(journal);
    assert.equal(entries.length, 5_000);
    assert.ok(entries.every(({ seq, event }, index) => seq === index + 1 && event.atMs === seq));
    assert.ok(readdirSync(spoolDir).length <= 1);
  });
}

test('with PostgreSQL away, the journal says crowded, then full, keeps its promises and recovers', async () => {
  const spoolDir = fixture.newDir();
  const journal = await fixture.open({ spoolDir, spoolBytesMax: 3_000_000 });
  await fixture.postgres.stop();
  await until(() => !journal.health().up, 'the journal says that it is down');
  let last = 0;
  let crowdedAt = 0;
  assert.throws(() => {
    for (;;) {
      last = journal.append(digits(10, last + 1));
      if (journal.crowded()) crowdedAt ||= last;
    }
  }, JournalFull);
  // More than memory holds, so the later part is read back from the spool.
  assert.ok(last > 20_000, String(last));
  assert.ok(crowdedAt > last * 0.78 && crowdedAt < last * 0.82, `${crowdedAt} of ${last}`);
  await fixture.start();
  await journal.flush();
  assert.equal(journal.crowded(), false);
  assert.equal(journal.append([digit(last + 1)]), last + 1);
  const entries = await all(journal);
  assert.equal(entries.length, last + 1);
  assert.ok(entries.every(({ seq, event }) => event.atMs === seq));
});

test('closed while PostgreSQL is away, the journal leaves its events for the next start', async () => {
  const spoolDir = fixture.newDir();
  const databaseUrl = await fixture.newDatabase();
  const journal = await fixture.open({ spoolDir, databaseUrl, flushAtCloseMs: 300 });
  journal.append(digits(3));
  await journal.flush();
  await fixture.postgres.kill();
  await until(() => !journal.health().up, 'the journal says that it is down');
  journal.append(digits(3, 4));
  const startedMs = Date.now();
  await journal.close();
  assert.ok(Date.now() - startedMs < 3_000);
  await fixture.start();
  const next = await fixture.open({ spoolDir, databaseUrl });
  assert.deepEqual(
    (await all(next)).map(({ event }) => event.atMs),
    [1, 2, 3, 4, 5, 6],
  );
});

test('a controller whose journal was taken meanwhile stops writing and says so', { timeout: 30_000 }, async () => {
  const databaseUrl = await fixture.newDatabase();
  const journal = await fixture.open({ databaseUrl, lockWithinMs: 300 });
  journal.append(digits(2));
  await journal.flush();
  const thief = new pg.Client({ connectionString: databaseUrl });
  await thief.connect();
  // The thief asks for the lock first and gets it in the instant in which the holder's session is ended.
  const taken = thief.query(
    "SELECT pg_advisory_lock(classid::int, objid::bigint::bit(32)::int) FROM pg_locks WHERE locktype = 'advisory' LIMIT 1",
  );
  await fixture.query(
    databaseUrl,
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'strowger journal %' AND datname = current_database() AND query LIKE '%journal%'",
  );
  await taken;
  await until(() => journal.health().detail.includes('journal.stolen'), 'the journal says that it was stolen');
  assert.equal(journal.crowded(), true);
  assert.throws(() => journal.append([digit(3)]), { code: 'journal.stolen' });
  await assert.rejects(all(journal), { code: 'journal.stolen' });
  await thief.end();
});

test("a session of our own that PostgreSQL still believes alive is ended, and somebody else's is not", async () => {
  const connectionString = await fixture.newDatabase();
  const [dead, other, fresh] = ['a', 'b', 'a'].map(
    (name) => new pg.Client({ connectionString, application_name: name }),
  ) as [pg.Client, pg.Client, pg.Client];
  for (const client of [dead, other, fresh]) {
    client.on('error', () => undefined);
    await client.connect();
  }
  const { signal } = new AbortController();
  assert.equal(await takeLock(dead, 'a', 1_000, signal), true);
  assert.equal(await takeLock(other, 'b', 200, signal), false);
  assert.equal(await takeLock(fresh, 'a', 1_000, signal), true);
  await assert.rejects(dead.query('SELECT 1'));
  await Promise.all([other.end(), fresh.end()]);
});
