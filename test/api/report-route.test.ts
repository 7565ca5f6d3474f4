import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvOf } from '../../src/api/csv.ts';
import { dequeued, deskFixture, NINE, queued } from './desk-fixture.ts';
import { errorOf, get, NOW, startApi } from './harness.ts';

const URL = '/v1/reports/queues';

/** For the tests that change nothing in it. */
const { api } = await startApi();

test('the default report is today so far, one row for each queue, by SL-4 and named', async () => {
  const report = JSON.parse((await get(api, URL)).body);
  assert.equal(report.from, '2026-11-20T00:00:00.000Z');
  assert.equal(report.toMs, NOW);
  assert.equal(report.asOfMs, NOW);
  assert.equal(report.serviceLevelFormula.id, 'SL-4');
  assert.deepEqual(
    report.rows.map((row: { queueId: string }) => row.queueId),
    ['sales', 'support'],
  );
  const [sales, support] = report.rows;
  assert.equal(sales.offered, 2);
  assert.equal(sales.serviceLevel, 0.5);
  assert.equal(sales.averageHandleMs, 68_000);
  assert.equal(sales.formula, 'SL-4');
  assert.equal(support.serviceLevel, null);
});

test('every parameter does what it says', async () => {
  const rows = async (query: string) => JSON.parse((await get(api, `${URL}?${query}`)).body).rows;
  assert.equal((await rows('within=5000'))[0].answeredWithin, 0);
  assert.equal((await rows('formula=SL-1'))[0].serviceLevel, 1);
  assert.equal((await rows('shortAbandonMs=26000'))[0].shortAbandoned, 1);
  assert.deepEqual((await rows('queue=support')).length, 1);
  const quarters = await rows(`from=${NINE}&to=${NINE + 1_800_000}&interval=15m&queue=sales`);
  assert.deepEqual(
    quarters.map((row: { offered: number }) => row.offered),
    [1, 1],
  );
  // A plus sign that nobody escaped arrives as a space.
  const local = await rows('from=2026-11-20T10:00:00+01:00&to=2026-11-20T10:15%2B01:00&queue=sales');
  assert.equal(local[0].fromMs, NINE);
  assert.equal(local[0].offered, 1);
});

test('a date is the start of that day in the time zone', async () => {
  const url = `${URL}?from=2026-11-20&to=2026-11-21&timezone=Asia/Kolkata`;
  const report = JSON.parse((await get(api, url)).body);
  assert.equal(report.from, '2026-11-19T18:30:00.000Z');
  assert.equal(report.to, '2026-11-20T18:30:00.000Z');
});

test('the report as CSV has the same words and figures as in JSON', async () => {
  const answer = await get(api, `${URL}?format=csv&queue=sales`);
  assert.match(String(answer.headers['content-type']), /^text\/csv/);
  const [head, line, end] = answer.body.split('\r\n');
  const [row] = JSON.parse((await get(api, `${URL}?queue=sales`)).body).rows;
  assert.deepEqual(head?.split(','), Object.keys(row));
  assert.deepEqual(
    line?.split(','),
    Object.values(row).map((value) => (value === null ? '' : String(value))),
  );
  assert.equal(end, '');
});

test('CSV quotes what must be quoted and hands no formula to a spreadsheet', () => {
  assert.equal(csvOf(['a', 'b'], [{ a: 'x "y", z', b: null }]), 'a,b\r\n"x ""y"", z",\r\n');
  assert.equal(csvOf(['a', 'b'], [{ a: '=1+1', b: -1 }]), "a,b\r\n'=1+1,-1\r\n");
});

test('spans, rows, queues and zones that do not go are refused by name', async () => {
  const { api, desk } = await startApi();
  for (const [query, status, code] of [
    [`from=${NINE}&to=${NINE}`, 400, 'report.range_empty'],
    ['from=2025-01-01&to=2026-11-20', 400, 'report.range_too_long'],
    ['from=2026-10-01&to=2026-11-20&interval=5m', 400, 'report.too_many_rows'],
    ['from=2026-11-01&to=2026-11-20&interval=5m', 400, 'report.too_many_rows'],
    ['timezone=Mars/Olympus', 400, 'report.timezone_unknown'],
  ] as const) {
    const answer = await get(api, `${URL}?${query}`);
    assert.equal(answer.status, status, query);
    assert.equal(errorOf(answer).code, code);
  }
  assert.equal(desk.ranges.length, 0);
  assert.equal(errorOf(await get(api, `${URL}?queue=none`)).code, 'queue.unknown');
});

test("an agent's own queue has rows where it had contacts, by the agent's name, and can be asked for", async () => {
  const { api } = await startApi(
    {},
    deskFixture([queued('a', NINE, '@ben'), dequeued('a', NINE + 5_000, 5_000, 'answered', '@ben')]),
  );
  const rows = async (query: string) => JSON.parse((await get(api, `${URL}?${query}`)).body).rows;
  const told = ({ queueId, queueName, offered, serviceLevel }: Record<string, unknown>) => [
    queueId,
    queueName,
    offered,
    serviceLevel,
  ];
  assert.deepEqual((await rows('')).map(told), [
    ['sales', 'Sales', 0, null],
    ['support', 'Support', 0, null],
    ['@ben', 'Ben', 1, 1],
  ]);
  assert.deepEqual((await rows('queue=%40ben')).map(told), [['@ben', 'Ben', 1, 1]]);
  assert.deepEqual((await rows('queue=%40anna')).map(told), [['@anna', 'Anna', 0, null]]);
  assert.equal(errorOf(await get(api, `${URL}?queue=%40nobody`)).code, 'queue.unknown');
});

test('outcomes after the end of the report are found, and no further than needed', async () => {
  const to = NINE + 60_000;
  const events = [queued('a', NINE), dequeued('a', NINE + 1_200_000, 1_200_000, 'abandoned')];
  const { api, desk } = await startApi({ now: () => NINE + 86_400_000 * 3 }, deskFixture(events));
  const report = JSON.parse((await get(api, `${URL}?from=${NINE}&to=${to}&queue=sales`)).body);
  assert.equal(report.rows[0].abandoned, 1);
  assert.equal(report.rows[0].stillWaiting, 0);
  assert.deepEqual(
    desk.ranges.map(({ fromMs, toMs }) => [fromMs - NINE, toMs - NINE]),
    [
      [0, 60_000],
      [60_000, 60_000 + 900_000],
      [960_000, 960_000 + 1_800_000],
    ],
  );
});

test('a contact whose outcome never comes is looked for during one day, and a report of the future reads nothing', async () => {
  const { api, desk } = await startApi({ now: () => NINE + 86_400_000 * 3 }, deskFixture([queued('a', NINE)]));
  const report = JSON.parse((await get(api, `${URL}?from=${NINE}&to=${NINE + 1}&queue=sales`)).body);
  assert.equal(report.rows[0].stillWaiting, 1);
  assert.equal(report.rows[0].longestWaitMs, 86_400_001);
  assert.equal(report.asOfMs, NINE + 86_400_001);
  const read = desk.ranges.length;
  const future = JSON.parse((await get(api, `${URL}?from=2027-01-01&to=2027-01-02`)).body);
  assert.equal(future.rows[0].offered, 0);
  assert.equal(desk.ranges.length, read);
});

test('a third report at once is told to wait', async () => {
  const { api, desk } = await startApi();
  let open = () => {};
  desk.gate = new Promise((resolve) => {
    open = resolve;
  });
  const two = [get(api, URL), get(api, URL)];
  const started = async () => {
    while (desk.ranges.length < 2) await new Promise((resolve) => setImmediate(resolve));
  };
  await started();
  const third = await get(api, URL);
  assert.equal(third.status, 503);
  assert.equal(errorOf(third).code, 'report.busy');
  open();
  assert.deepEqual(
    (await Promise.all(two)).map(({ status }) => status),
    [200, 200],
  );
  assert.equal((await get(api, URL)).status, 200);
});
