import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvColumns, csvRows } from '../../src/api/csv-rows.ts';
import { siteWith } from '../outbound/centre.ts';
import { deskFixture } from './desk-fixture.ts';
import { type Answer, errorOf, get, KEY, post, startApi } from './harness.ts';

async function centre() {
  const desk = deskFixture();
  const { rooms } = desk;
  const site = siteWith({ anna: {} }, { sales: {} });
  rooms.take({ kind: 'flows.loaded', atMs: rooms.nowMs, flows: { version: 'v2', site, flows: {}, tables: {} } });
  const { api } = await startApi({}, desk);
  return { api, rooms };
}

const body = (answer: Answer) => JSON.parse(answer.body);
const codeOf = (answer: Answer): string => errorOf(answer).code;
const SPRING = { id: 'spring', name: 'Spring', queue: 'sales', mode: 'customer_first' };
const csv = (api: Awaited<ReturnType<typeof centre>>['api'], text: string) =>
  post(api, '/v1/lists/spring/rows', text, { 'content-type': 'text/csv' });

test('a list is made with what is usual, filled from a file, started, stopped and deleted', async () => {
  const { api, rooms } = await centre();
  const made = body(await post(api, '/v1/lists', SPRING));
  assert.deepEqual(
    [made.mode, made.timeZone, made.attemptsMax, made.rules.busy.attemptsMax, made.abandonedMax, made.running],
    ['customer_first', 'UTC', 3, 3, 0.03, false],
  );
  assert.equal(codeOf(await post(api, '/v1/lists', SPRING)), 'list.exists');
  const file =
    'Number,Name,Time Zone,Priority,Contract\r\n030111,"Weber, Maria",Europe/Berlin,5,gold\r\n030222,,,,\r\n';
  assert.deepEqual(body(await csv(api, file)), { added: 2, known: 0, refused: 0, problems: [] });
  assert.deepEqual(body(await csv(api, file)), { added: 0, known: 2, refused: 0, problems: [] });
  const { rows } = body(await get(api, '/v1/lists/spring/rows?limit=1'));
  assert.deepEqual(
    [rows.length, rows[0].number, rows[0].name, rows[0].timeZone, rows[0].priority, rows[0].attributes],
    [1, '+4930111', 'Weber, Maria', 'Europe/Berlin', 5, { contract: 'gold' }],
  );
  const started = body(await post(api, '/v1/lists/spring/start'));
  assert.deepEqual([started.running, started.modeNow, started.rows.waiting], [true, 'customer_first', 2]);
  assert.equal(rooms.state.outbound.lists.get('spring')?.running, true);
  const remove = () => api.inject({ method: 'DELETE', url: '/v1/lists/spring', headers: { 'x-api-key': KEY } });
  assert.equal(JSON.parse((await remove()).body).error.code, 'list.running');
  assert.equal(body(await post(api, '/v1/lists/spring/stop')).running, false);
  assert.equal((await remove()).statusCode, 200);
  assert.equal(codeOf(await get(api, '/v1/lists/spring')), 'list.unknown');
  assert.deepEqual(body(await get(api, '/v1/lists')), { lists: [] });
});

test('rows that cannot be used are told with their line, and the others are added', async () => {
  const { api } = await centre();
  await post(api, '/v1/lists', SPRING);
  const file = 'number;time_zone;priority\nnobody;;\n030111;Mars/Olympus;\n"030\n222";;\n030333;;urgent\n030444;;1\n';
  assert.deepEqual(body(await csv(api, file)), {
    added: 2,
    known: 0,
    refused: 3,
    problems: [
      { line: 2, code: 'number_invalid', message: 'This is no telephone number.' },
      { line: 3, code: 'zone_unknown', message: 'The time zone is no IANA name, such as Europe/Berlin.' },
      { line: 6, code: 'priority_invalid', message: 'The priority is a whole number from -1000 to 1000.' },
    ],
  });
  const rows = [{ number: '030555', attributes: { a: 'b' } }, { number: 'x' }];
  const json = body(await post(api, '/v1/lists/spring/rows', { rows }));
  assert.deepEqual([json.added, json.problems[0].line], [1, 2]);
});

test('what is no list, no file or of no queue is refused by its own code', async () => {
  const { api } = await centre();
  assert.equal(codeOf(await post(api, '/v1/lists', { ...SPRING, queue: 'nowhere' })), 'queue.unknown');
  assert.equal(codeOf(await post(api, '/v1/lists', { ...SPRING, calendar: 'nowhere' })), 'calendar.unknown');
  assert.equal(codeOf(await post(api, '/v1/lists', { ...SPRING, timeZone: 'Mars/Olympus' })), 'list.zone_unknown');
  assert.equal(codeOf(await post(api, '/v1/lists', { ...SPRING, onMachine: 'nowhere' })), 'flow.unknown');
  assert.equal(codeOf(await csv(api, 'number\n030111\n')), 'list.unknown');
  await post(api, '/v1/lists', SPRING);
  assert.equal(codeOf(await csv(api, 'telephone\n030111\n')), 'list.malformed');
  assert.equal(codeOf(await csv(api, '')), 'list.malformed');
  const large = `number\n${'030111\n'.repeat(1_300_000)}`;
  assert.equal(codeOf(await csv(api, large)), 'request.too_large');
});

test('a CSV is read as spreadsheets write it', () => {
  const rows = (text: string) => [...csvRows(text)].map(({ line, fields }) => [line, fields]);
  assert.deepEqual(csvColumns('\uFEFFNumber,Full Name\r\n'), ['number', 'full_name']);
  assert.deepEqual(rows('a,b\r\n1,"x ""y"", z"\r\n\r\n2\r\n3,4,5'), [
    [2, { a: '1', b: 'x "y", z' }],
    [4, { a: '2', b: '' }],
    [5, { a: '3', b: '4' }],
  ]);
  assert.deepEqual(rows('a;b\n"1\n2";3\n4;5\n'), [
    [2, { a: '1\n2', b: '3' }],
    [4, { a: '4', b: '5' }],
  ]);
  assert.deepEqual(rows('a\n"never closed'), [[2, { a: 'never closed' }]]);
  assert.deepEqual(rows(''), []);
});
