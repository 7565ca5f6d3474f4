import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '../../src/model/event.ts';
import { auditRow } from '../../src/reports/audit.ts';
import { answeredCall, deskFixture, entriesOf, NINE, site } from './desk-fixture.ts';
import { errorOf, get, NOW, startApi } from './harness.ts';

const WATCH = { contactId: 'c1', legId: 'c1.l0-1', agentId: 'bea' };
const BY_HAND: readonly Event[] = [
  {
    kind: 'watch.started',
    atMs: NINE,
    ...WATCH,
    offerId: 'o2',
    queueId: 'sales',
    watchedAgentId: 'anna',
    mode: 'listen',
    announced: false,
    by: 'api',
  },
  { kind: 'watch.changed', atMs: NINE + 1, ...WATCH, mode: 'barge', by: 'phone' },
  { kind: 'watch.took_over', atMs: NINE + 2, ...WATCH, by: 'phone' },
  { kind: 'emergency.declared', atMs: NINE + 3, queueId: null, flowId: 'words', by: 'api' },
  { kind: 'emergency.lifted', atMs: NINE + 4, queueId: 'sales', by: 'api' },
  { kind: 'agent.paused', atMs: NINE + 5, agentId: 'anna', reason: 'lunch', by: 'phone' },
  { kind: 'agent.paused', atMs: NINE + 6, agentId: 'anna', reason: 'lunch', by: 'api' },
  { kind: 'calendar.forced', atMs: NINE + 7, calendarId: 'office', forced: 'closed', by: 'api' },
  { kind: 'recording.played', atMs: NINE + 8, contactId: 'c1', recordingId: 'c1.r1-1', by: 'api' },
  { kind: 'do_not_call.added', atMs: NINE + 9, number: '+4915551234', by: 'api', reason: 'asked' },
  { kind: 'flows.loaded', atMs: NINE + 10, flows: { version: 'v2', site, flows: {}, tables: {} } },
];

const { api } = await startApi({}, deskFixture([...answeredCall, ...BY_HAND]));

test('the audit tells who did what by which way, and leaves out what happens by itself and what agents do themselves', async () => {
  const { rows, next } = JSON.parse((await get(api, '/v1/audit')).body);
  assert.equal(next, null);
  assert.deepEqual(
    rows.map((row: { what: string; by: string; agentId: string | null; about: string | null }) => [
      row.what,
      row.by,
      row.agentId,
      row.about,
    ]),
    [
      ['watch.started', 'api', 'bea', 'c1.l0-1'],
      ['watch.changed', 'phone', 'bea', 'c1.l0-1'],
      ['watch.took_over', 'phone', 'bea', 'c1.l0-1'],
      ['emergency.declared', 'api', null, 'words'],
      ['emergency.lifted', 'api', null, null],
      ['agent.paused', 'api', 'anna', null],
      ['calendar.forced', 'api', null, 'office'],
      ['recording.played', 'api', null, 'c1.r1-1'],
      ['do_not_call.added', 'api', null, null],
      ['flows.loaded', 'system', null, 'v2'],
    ],
  );
  assert.equal(rows[0].text, 'bea watches over anna (listen, not announced).');
  assert.deepEqual([rows[0].contactId, rows[0].queueId], ['c1', 'sales']);
  assert.ok(!JSON.stringify(rows).includes('5551234'), 'no number of a customer stands in it');
});

test('it comes in pages that miss nothing and repeat nothing', async () => {
  const seen: number[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const { rows, next } = JSON.parse((await get(api, `/v1/audit?limit=3&after=${after}`)).body);
    assert.ok(rows.length <= 3);
    seen.push(...rows.map(({ seq }: { seq: number }) => seq));
    after = next;
  }
  const all = JSON.parse((await get(api, '/v1/audit')).body).rows.map(({ seq }: { seq: number }) => seq);
  assert.deepEqual(seen, all);
});

test('a range leaves out what came before and after, and CSV has the same rows', async () => {
  const { rows } = JSON.parse((await get(api, `/v1/audit?from=${NINE + 3}&to=${NINE + 5}`)).body);
  assert.deepEqual(
    rows.map(({ what }: { what: string }) => what),
    ['emergency.declared', 'emergency.lifted'],
  );
  const csv = await get(api, `/v1/audit?from=${NINE}&limit=2&format=csv`);
  const [head, first, second, end] = csv.body.split('\r\n');
  assert.equal(head, 'seq,at,what,by,agentId,contactId,queueId,about,text');
  assert.match(first!, /^\d+,2026-11-20T09:00:00\.000Z,watch\.started,api,bea,c1,sales,c1\.l0-1,"bea watches over/);
  assert.match(second!, /watch\.changed/);
  assert.equal(end, '');
  assert.equal(Number(csv.headers['audit-next']), JSON.parse((await get(api, '/v1/audit?limit=2')).body).next);
});

test('a range that is empty, too long or no range is refused, and a journal that is away is told', async () => {
  const codeOf = async (query: string) => {
    const answer = await get(api, `/v1/audit?${query}`);
    return [answer.status, errorOf(answer).code];
  };
  assert.deepEqual(await codeOf(`from=${NOW + 10}`), [400, 'report.range_empty']);
  assert.deepEqual(await codeOf('from=0'), [400, 'report.range_too_long']);
  assert.deepEqual(await codeOf('from=yesterday'), [400, 'request.invalid']);
  assert.deepEqual(await codeOf('limit=0'), [400, 'request.invalid']);
  const away = deskFixture();
  away.journalUp = false;
  const { api: other } = await startApi({}, away);
  const answer = await get(other, '/v1/audit');
  assert.deepEqual([answer.status, errorOf(answer).code], [503, 'journal.unavailable']);
});

test('an order of a flow is no work of a hand, one over the API is', () => {
  const order = { id: 'k1', kind: 'callback', queueId: 'sales' } as Extract<Event, { kind: 'order.placed' }>['order'];
  const rowBy = (by: 'flow' | 'api') => auditRow(entriesOf([{ kind: 'order.placed', atMs: NINE, order, by }])[0]!);
  assert.equal(rowBy('flow'), undefined);
  assert.equal(rowBy('api')?.text, 'An order (callback) was given.');
});
