import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openLists } from '../../src/lists/list-table.ts';
import type { CallList, ListRow, ListStore } from '../../src/model/call/list.ts';
import { type Fixture, startFixture } from '../journal/journal-fixture.ts';
import { freePort } from '../supervisor/free-port.ts';

const RULE = { attemptsMax: 2, retryMs: 60_000 };
const LIST: CallList = {
  id: 'spring',
  name: 'Spring',
  queueId: 'sales',
  mode: 'preview',
  timeZone: 'Europe/Berlin',
  calendarId: null,
  language: 'de',
  callerId: null,
  ringMs: 30_000,
  detectMachine: false,
  rules: {
    busy: RULE,
    no_answer: RULE,
    machine: RULE,
    unavailable: RULE,
    failed: RULE,
    declined: RULE,
    skipped: RULE,
  },
  attemptsMax: 3,
  callsPerAgent: 1,
  abandonedMax: 0.03,
  abandonedOf: 100,
  createdAtMs: 1000,
};

let fixture: Fixture;
let store: ListStore;
let databaseUrl: string;

before(async () => {
  fixture = await startFixture(await freePort());
  databaseUrl = await fixture.newDatabase();
  // The journal brings the schema up to date.
  await fixture.open({ databaseUrl });
  store = openLists(databaseUrl);
});
after(async () => {
  await store.close();
  await store.close();
  await fixture.end();
});

function row(number: string, about: Partial<ListRow> = {}): ListRow {
  return { number, name: null, timeZone: null, priority: 0, attributes: {}, ...about };
}

async function fresh(...rows: readonly ListRow[]): Promise<void> {
  await store.remove('spring');
  await store.create(LIST);
  await store.add('spring', rows, 1000);
}

test('a list is kept as it was made, once, and goes with its rows', async () => {
  await fresh(row('+491'));
  await store.create({ ...LIST, name: 'Another' });
  assert.deepEqual(await store.find('spring'), LIST);
  assert.deepEqual(await store.all(), [LIST]);
  await store.remove('spring');
  assert.equal(await store.find('spring'), undefined);
  assert.deepEqual(await store.counts('spring'), { waiting: 0, out: 0, done: 0 });
});

test('rows are numbered as they come; a number that is there already is left out', async () => {
  await fresh(
    row('+491', { name: 'Maria', attributes: { contract: 'gold' } }),
    row('+492', { timeZone: 'Asia/Tokyo' }),
  );
  assert.equal(await store.add('spring', [row('+492'), row('+493')], 2000), 1);
  const rows = await store.rows('spring', 0, 10);
  assert.deepEqual(
    rows.map(({ number, name, timeZone, attributes }) => [number, name, timeZone, attributes]),
    [
      ['+491', 'Maria', null, { contract: 'gold' }],
      ['+492', null, 'Asia/Tokyo', {}],
      ['+493', null, null, {}],
    ],
  );
  assert.deepEqual(await store.rows('spring', rows[1]!.row, 10, 'waiting'), [rows[2]]);
});

test('rows are taken zone by zone in their order, each once, with the id of its order', async () => {
  await fresh(
    row('+491'),
    row('+492', { priority: 5 }),
    row('+493', { timeZone: 'Asia/Tokyo' }),
    row('+494', { timeZone: 'Europe/Rome' }),
  );
  assert.deepEqual(await store.zones('spring'), ['', 'Asia/Tokyo', 'Europe/Rome']);
  assert.deepEqual(await store.take('spring', [''], 10, 999), [], 'not before they are due');
  const taken = await store.take('spring', ['', 'Europe/Rome'], 2, 1000);
  assert.deepEqual(
    taken.map(({ number, state, orderId }) => [number, state, orderId]),
    [
      ['+492', 'out', `spring.r2-1-${(1000).toString(36)}`],
      ['+491', 'out', `spring.r1-1-${(1000).toString(36)}`],
    ],
  );
  const more = await store.take('spring', ['', 'Europe/Rome'], 10, 1000);
  assert.deepEqual(
    more.map(({ number }) => number),
    ['+494'],
  );
  assert.deepEqual(await store.zones('spring'), ['Asia/Tokyo']);
  assert.deepEqual((await store.out()).length, 3);
  assert.deepEqual(await store.counts('spring'), { waiting: 1, out: 3, done: 0 });
});

test('what came of an order is written down once; what was taken back counts as no attempt', async () => {
  await fresh(row('+491'));
  const [one] = await store.take('spring', [''], 1, 1000);
  const orderId = one!.orderId!;
  assert.equal((await store.ofOrder(orderId))?.number, '+491');
  await store.settle(orderId, 'withdrawn', 1000);
  assert.deepEqual((await store.rows('spring', 0, 1))[0]?.attempts, 0);
  const [two] = await store.take('spring', [''], 1, 1001);
  await store.settle(two!.orderId!, 'busy', 9000);
  await store.settle(two!.orderId!, 'no_answer', null);
  const [after] = await store.rows('spring', 0, 1);
  assert.deepEqual(
    [after?.state, after?.attempts, after?.results, after?.lastResult, after?.nextAtMs, after?.orderId],
    ['waiting', 1, { busy: 1 }, 'busy', 9000, null],
  );
  const [three] = await store.take('spring', [''], 1, 9000);
  await store.settle(three!.orderId!, 'talked', null);
  assert.deepEqual(await store.counts('spring'), { waiting: 0, out: 0, done: 1 });
  assert.equal(await store.ofOrder(orderId), undefined);
});

test('a database that is away is told by its code, without a number in the words', async () => {
  const away = openLists('postgres://nobody:secret@127.0.0.1:1/none');
  await assert.rejects(away.find('spring'), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'list.unavailable');
    assert.doesNotMatch(error.message, /secret/);
    return true;
  });
  await away.close();
});
