import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, mock, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { JournalError, JournalFull } from '../../src/journal/errors.ts';
import { openJournal } from '../../src/journal/open.ts';
import type { Event, JournalEntry } from '../../src/model/event.ts';
import { freePort } from '../supervisor/free-port.ts';
import { all, digit, digits, type Fixture, startFixture, until } from './journal-fixture.ts';

let fixture: Fixture;
before(async () => {
  fixture = await startFixture(await freePort());
});
after(() => fixture.end());

test('what was appended is read back at once, in order, from place 1', async () => {
  const journal = await fixture.open();
  const events: Event[] = [
    { kind: 'controller.started', atMs: 5, release: '0.1.0' },
    { kind: 'agent.paused', atMs: 6, agentId: 'ann', reason: 'lunch', by: 'phone' },
  ];
  assert.equal(journal.append(events), 2);
  assert.equal(journal.append([digit(7)]), 3);
  assert.deepEqual(
    await all(journal),
    [...events, digit(7)].map((event, index) => ({ seq: index + 1, event })),
  );
  assert.deepEqual(await all(journal, 2), [{ seq: 3, event: digit(7) }]);
  assert.equal(journal.health().up, true);
  assert.match(journal.health().detail, /^0 events wait/);
});

test('who reads does not wait for company to what was appended, also when it came while another group was written', async () => {
  const journal = await fixture.open();
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    for (let atMs = 1; atMs <= 5; atMs += 1) {
      journal.append([digit(atMs)]);
      const first = journal.flush();
      await new Promise((done) => setImmediate(done));
      journal.append([digit(atMs)]);
      await Promise.all([first, journal.flush()]);
    }
    assert.match(journal.health().detail, /^0 events wait/);
  } finally {
    mock.timers.reset();
  }
});

test('the story of a contact holds its offers and what agents did for it, and nothing of another contact', async () => {
  const journal = await fixture.open();
  const contactId = 'exchange-1763690000.12';
  const offerId = `${contactId}.o1-k3x9`;
  const story: Event[] = [
    digit(1, contactId),
    { kind: 'offer.made', atMs: 2, offerId, contactId, agentId: 'ann', queueId: 'sales', deadlineMs: 9 },
    { kind: 'offer.answered', atMs: 3, offerId },
    { kind: 'agent.wrap_up_started', atMs: 4, agentId: 'ann', contactId, untilMs: 9 },
  ];
  const others: Event[] = [
    digit(1, 'exchange-1763690000.1'),
    { kind: 'offer.rang', atMs: 2, offerId: 'exchange-1763690000.1.o2-k3x9' },
    { kind: 'agent.wrap_up_ended', atMs: 5, agentId: 'ann' },
  ];
  journal.append([...others, ...story, ...others]);
  const found = await journal.ofContact(contactId);
  assert.deepEqual(
    found.map(({ event }) => event),
    story,
  );
  assert.deepEqual(
    found.map(({ seq }) => seq),
    [4, 5, 6, 7],
  );
  assert.deepEqual(await journal.ofContact('nobody'), []);
});

test('between gives some kinds of a span, its end excluded, page after page', async () => {
  const journal = await fixture.open();
  journal.append(digits(5_000, 1));
  journal.append([{ kind: 'controller.stopped', atMs: 100 }, digit(4_999)]);
  const found: number[] = [];
  await journal.between(10, 4_999, ['digit.received'], ({ event }) => found.push(event.atMs));
  assert.deepEqual(
    found,
    Array.from({ length: 4_989 }, (_, index) => index + 10),
  );
  const stops: JournalEntry[] = [];
  await journal.between(0, 5_000, ['controller.stopped'], (entry) => stops.push(entry));
  assert.deepEqual(
    stops.map(({ seq }) => seq),
    [5_001],
  );
});

test('text that jsonb refuses comes back exactly, and breaks nothing', async () => {
  const journal = await fixture.open();
  const hostile = ['a\0b', '\ud800', 'x\udfffy', '\\u0000', '\\\0', '"\n\r\u2028', '\u0001\u001f', '😀', '\\\\ud800'];
  const events = hostile.map(
    (from, index): Event => ({
      kind: 'contact.arrived',
      atMs: index,
      contactId: 'c1',
      channel: 'voice',
      legId: 'l1',
      from,
      to: '1',
    }),
  );
  events.push({ kind: 'step.left', atMs: 99, contactId: 'c1', stepId: 's', outcome: 'o', set: { 'k\0': '\udc00' } });
  journal.append(events);
  assert.deepEqual(
    (await all(journal)).map(({ event }) => event),
    events,
  );
  await journal.saveSnapshot({ seq: 1, atMs: 1, format: 1, state: { from: hostile } });
  assert.deepEqual((await journal.latestSnapshot())?.state, { from: hostile });
});

test('an event that must never be journaled is refused, and nothing of its batch is kept', async () => {
  const journal = await fixture.open();
  const wrong: Event[] = [{ kind: 'time.passed', atMs: 1 }, digit(1.5), digit(1, 'x'.repeat(513)), digit(1, '')];
  for (const event of wrong) assert.throws(() => journal.append([digit(1), event]), TypeError);
  assert.equal(journal.append([digit(2, 'x'.repeat(512))]), 1);
  assert.equal((await journal.ofContact('x'.repeat(512))).length, 1);
});

test('the newest snapshot is found and three are kept', async () => {
  const databaseUrl = await fixture.newDatabase();
  const journal = await fixture.open({ databaseUrl });
  assert.equal(await journal.latestSnapshot(), undefined);
  journal.append(digits(9));
  for (const seq of [1, 3, 5, 9, 7]) {
    await journal.saveSnapshot({ seq, atMs: seq * 10, format: 2, state: { calls: [seq], at: { b: 1, a: null } } });
  }
  const newest = { seq: 9, atMs: 90, format: 2, state: { calls: [9], at: { b: 1, a: null } } };
  assert.deepEqual(await journal.latestSnapshot(), newest);
  const kept = await fixture.query(databaseUrl, 'SELECT seq::int FROM snapshot ORDER BY seq');
  assert.deepEqual(kept, [{ seq: 5 }, { seq: 7 }, { seq: 9 }]);
  await assert.rejects(journal.saveSnapshot({ ...newest, seq: 10 }), TypeError);
});

test('after a kill -9 in the middle of appends, every event that was acknowledged is there, in order', async () => {
  const options = fixture.options(await fixture.newDatabase(), fixture.newDir());
  const script = fileURLToPath(new URL('appending-child.ts', import.meta.url));
  const file = join(fixture.newDir(), 'acknowledged');
  writeFileSync(file, '');
  const places = () => readFileSync(file, 'utf8').split('\n').slice(0, -1);
  const args = ['--import', 'tsx', script, options.databaseUrl, options.spoolDir, file];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = once(child, 'exit');
  await until(() => places().length > 3_000, '3,000 events are acknowledged');
  child.kill('SIGKILL');
  await ended;
  assert.equal(child.signalCode, 'SIGKILL');
  const acknowledged = Number(places().at(-1));
  const journal = await fixture.open(options);
  const entries = await all(journal);
  assert.ok(entries.length >= acknowledged && acknowledged >= 3_000, `${entries.length} of ${acknowledged}`);
  assert.equal(entries.at(-1)?.seq, entries.length);
  assert.equal(journal.append([digit(1)]), entries.length + 1);
});

test('a second controller is refused, and may write when the first has closed', { timeout: 20_000 }, async () => {
  const databaseUrl = await fixture.newDatabase();
  const first = await fixture.open({ databaseUrl });
  await assert.rejects(fixture.open({ databaseUrl, lockWithinMs: 300 }), { code: 'journal.locked' });
  first.append([digit(1)]);
  await first.close();
  await first.close();
  assert.throws(() => first.append([digit(2)]), { code: 'journal.closed' });
  const second = await fixture.open({ databaseUrl });
  assert.equal(second.append([digit(2)]), 2);
});

test('a last line torn by the kill is dropped; a line broken in the middle is refused with file and line', async () => {
  const databaseUrl = await fixture.newDatabase();
  const spoolDir = fixture.newDir();
  const path = join(spoolDir, '0000000000000001.jsonl');
  const line = (seq: number) => `{"seq":${seq},"v":1,"event":${JSON.stringify(digit(seq))}}\n`;
  writeFileSync(path, `${line(1)}${line(2).slice(0, 40)}\n${line(3)}`);
  await assert.rejects(fixture.open({ databaseUrl, spoolDir }), (error: JournalError) => {
    assert.equal(error.code, 'journal.spool_broken');
    assert.ok(error.message.startsWith(`${path}, line 2:`), error.message);
    return true;
  });
  writeFileSync(path, `${line(1)}${line(2)}`);
  appendFileSync(path, line(3).slice(0, 30));
  const journal = await fixture.open({ databaseUrl, spoolDir });
  assert.equal(journal.append([digit(9)]), 3);
  assert.deepEqual(
    (await all(journal)).map(({ event }) => event.atMs),
    [1, 2, 9],
  );
});

test('a spool that does not fit the database is refused: a gap, or another event in the same place', async () => {
  const spoolDir = fixture.newDir();
  const line = (seq: number) => `{"seq":${seq},"v":1,"event":${JSON.stringify(digit(seq))}}\n`;
  writeFileSync(join(spoolDir, '0000000000000003.jsonl'), line(3));
  await assert.rejects(fixture.open({ spoolDir }), { code: 'journal.gap' });
  const databaseUrl = await fixture.newDatabase();
  const earlier = await fixture.open({ databaseUrl });
  earlier.append(digits(5, 100));
  await earlier.close();
  await assert.rejects(fixture.open({ databaseUrl, spoolDir }), { code: 'journal.conflict' });
});

test('the spool is private, and empty after a close', async () => {
  const spoolDir = fixture.newDir();
  const journal = await fixture.open({ spoolDir });
  journal.append([digit(1)]);
  const [name = ''] = readdirSync(spoolDir);
  assert.equal(statSync(spoolDir).mode & 0o777, 0o700);
  assert.equal(statSync(join(spoolDir, name)).mode & 0o777, 0o600);
  assert.match(readFileSync(join(spoolDir, name), 'utf8'), /^\{"seq":1,"v":1,"event":\{"kind":"digit.received"/);
  await journal.close();
  assert.deepEqual(readdirSync(spoolDir), []);
});

test('a database of a newer release is refused', async () => {
  const databaseUrl = await fixture.newDatabase();
  await (await fixture.open({ databaseUrl })).close();
  await fixture.query(databaseUrl, "INSERT INTO journal_migration (version, name) VALUES (1000, 'later')");
  await assert.rejects(fixture.open({ databaseUrl }), { code: 'journal.newer' });
});

test('without PostgreSQL the opening is refused, and the refusal does not tell the password', async () => {
  const port = await freePort();
  const databaseUrl = `postgres://strowger:geheim@127.0.0.1:${port}/strowger`;
  const options = fixture.options(databaseUrl, fixture.newDir(), { unavailableAfterMs: 300 });
  await assert.rejects(openJournal(options), (error: JournalError) => {
    assert.equal(error.code, 'journal.unavailable');
    assert.equal(error.message, `PostgreSQL at 127.0.0.1:${port}/strowger does not answer (ECONNREFUSED).`);
    return true;
  });
});

test('an event that was removed from the database is noticed in a replay', async () => {
  const databaseUrl = await fixture.newDatabase();
  const journal = await fixture.open({ databaseUrl });
  journal.append(digits(5));
  await journal.flush();
  await fixture.query(databaseUrl, 'DELETE FROM journal WHERE seq = 3');
  await assert.rejects(all(journal), { code: 'journal.gap' });
});

test('50,000 entries are replayed in bounded memory', async () => {
  const journal = await fixture.open();
  for (let batch = 0; batch < 50; batch += 1) journal.append(digits(1_000, batch * 1_000 + 1));
  await journal.flush();
  const before = process.memoryUsage().rss;
  let count = 0;
  let peak = before;
  await journal.replay(0, ({ seq, event }) => {
    count += 1;
    if (event.atMs !== seq) throw new Error(`Place ${seq} holds ${event.atMs}.`);
    if (count % 1_000 === 0) peak = Math.max(peak, process.memoryUsage().rss);
  });
  assert.equal(count, 50_000);
  assert.ok(peak - before < 100e6, `${Math.round((peak - before) / 1e6)} MB more`);
});

test('an empty append is harmless', async () => {
  const journal = await fixture.open();
  assert.equal(journal.append([]), 0);
  assert.equal(journal.append([digit(1)]), 1);
  assert.equal(journal.append([]), 1);
  assert.ok(new JournalFull('x') instanceof JournalError);
});
