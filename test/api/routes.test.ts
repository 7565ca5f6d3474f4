import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deskFixture, NINE } from './desk-fixture.ts';
import { errorOf, get, post, startApi } from './harness.ts';

const NINE_ISO = '2026-11-20T09:00:00.000Z';

/** For the tests that change nothing in it. */
const { api } = await startApi();

test('health is 200 while all is up and 503 when not, and only the holder of the key sees details', async () => {
  const { api, desk } = await startApi();
  const part = { up: true, since: NINE_ISO, sinceMs: NINE };
  const open = await get(api, '/health', {});
  assert.equal(open.status, 200);
  assert.deepEqual(JSON.parse(open.body), { status: 'ok', release: '0.1.0-test', parts: { database: part } });
  const full = JSON.parse((await get(api, '/v1/health')).body);
  assert.equal(full.parts.database.detail, 'PostgreSQL at a secret place');
  desk.up = false;
  const down = await get(api, '/health', {});
  assert.equal(down.status, 503);
  assert.deepEqual(JSON.parse(down.body).parts.database, { ...part, up: false });
  assert.ok(!down.body.includes('secret'));
  assert.equal((await get(api, '/v1/health')).status, 503);
});

test('the site is told without what concerns nobody outside', async () => {
  const site = JSON.parse((await get(api, '/v1/site')).body);
  assert.deepEqual(Object.keys(site).sort(), ['agents', 'featureCodes', 'name', 'numbers', 'pauseReasons', 'queues']);
  assert.deepEqual(site.agents[0], { id: 'anna', name: 'Anna', extension: '201' });
  assert.deepEqual(site.numbers, [{ number: '100', flow: 'welcome' }]);
});

test('answers hold what their schema says and nothing that leaks by accident', async () => {
  const desk = deskFixture();
  const leaky = { ...desk, contacts: () => desk.contacts().map((c) => ({ ...c, pin: '1234' })) };
  const { api } = await startApi({ desk: leaky });
  const { contacts } = JSON.parse((await get(api, '/v1/contacts')).body);
  assert.deepEqual(contacts, [
    {
      id: 'c9',
      channel: 'voice',
      from: '5550109',
      to: '100',
      arrivedAt: NINE_ISO,
      arrivedAtMs: NINE,
      stage: 'waiting',
      queueId: 'sales',
    },
  ]);
});

test('queues are listed and found by id', async () => {
  const { queues } = JSON.parse((await get(api, '/v1/queues')).body);
  assert.deepEqual(queues, [JSON.parse((await get(api, '/v1/queues/sales')).body)]);
  assert.equal(queues[0].agents.logged_out, 2);
  assert.deepEqual(queues[0].contacts, [
    { contactId: 'c9', channel: 'voice', position: 1, waitedMs: 1_500, overdue: false, relaxationStep: 0 },
  ]);
  assert.equal(queues[0].calendar.until, '2026-11-20T10:00:00.000Z');
  const unknown = await get(api, '/v1/queues/none');
  assert.equal(unknown.status, 404);
  assert.equal(errorOf(unknown).code, 'queue.unknown');
});

test('agents are logged in, paused, made ready and logged out, again and again', async () => {
  const { api, desk } = await startApi();
  for (const [wish, body, state] of [
    ['login', undefined, 'ready'],
    ['login', {}, 'ready'],
    ['pause', { reason: 'lunch' }, 'paused'],
    ['pause', { reason: 'lunch' }, 'paused'],
    ['ready', undefined, 'ready'],
    ['logout', undefined, 'logged_out'],
    ['logout', undefined, 'logged_out'],
  ] as const) {
    const answer = await post(api, `/v1/agents/anna/${wish}`, body);
    assert.equal(answer.status, 200, wish);
    const agent = JSON.parse(answer.body);
    assert.equal(agent.state, state);
    assert.equal(agent.stateSince, NINE_ISO);
    assert.equal(agent.pauseReason, state === 'paused' ? 'lunch' : undefined);
    assert.deepEqual(agent, JSON.parse((await get(api, '/v1/agents/anna')).body));
  }
  assert.ok(desk.asked.every(({ by, agentId }) => by === 'api' && agentId === 'anna'));
  assert.equal(JSON.parse((await get(api, '/v1/agents')).body).agents.length, 2);
});

test('a POST without a body may name the type of the body that it does not have', async () => {
  const answer = await post(api, '/v1/agents/anna/login', '', { 'content-type': 'application/json' });
  assert.equal(answer.status, 200);
});

test('wishes that cannot be fulfilled say why', async () => {
  const { api } = await startApi();
  const cases: [string, object | undefined, number, string][] = [
    ['/v1/agents/none/login', undefined, 404, 'agent.unknown'],
    ['/v1/agents/anna/ready', undefined, 409, 'agent.logged_out'],
    ['/v1/agents/anna/pause', { reason: 'lunch' }, 409, 'agent.logged_out'],
  ];
  for (const [url, body, status, code] of cases) {
    const answer = await post(api, url, body);
    assert.equal(answer.status, status);
    assert.equal(errorOf(answer).code, code);
  }
  await post(api, '/v1/agents/anna/login');
  const answer = await post(api, '/v1/agents/anna/pause', { reason: 'boredom' });
  assert.equal(answer.status, 400);
  assert.equal(errorOf(answer).code, 'agent.reason_unknown');
  assert.equal(errorOf(await get(api, '/v1/agents/none')).code, 'agent.unknown');
});

test('what an agent has in hand is listed, with every moment in both forms', async () => {
  const agent = JSON.parse((await get(api, '/v1/agents/ben')).body);
  assert.equal(agent.loadPercent, 100);
  const [wrapUp] = agent.work;
  assert.deepEqual([wrapUp.stage, wrapUp.since, wrapUp.untilMs], ['wrap_up', NINE_ISO, NINE + 10_000]);
  assert.deepEqual(wrapUp.resultRequired, ['sold', 'not sold']);
  assert.deepEqual(agent.skillLevels, {});
});

test('a wrap-up is extended and ended with what the body says, which may be nothing', async () => {
  const { api, desk } = await startApi();
  const end = await post(api, '/v1/agents/ben/end-wrap-up', { contactId: 'c1', result: 'sold' });
  assert.equal(JSON.parse(end.body).state, 'ready');
  const bare = await post(api, '/v1/agents/ben/end-wrap-up');
  assert.deepEqual([bare.status, errorOf(bare).code], [409, 'agent.result_required']);
  const extended = await post(api, '/v1/agents/ben/extend-wrap-up');
  assert.deepEqual([extended.status, errorOf(extended).code], [409, 'agent.extension_refused']);
  assert.deepEqual(
    desk.asked.map(({ wish }) => wish),
    ['end_wrap_up', 'end_wrap_up', 'extend_wrap_up'],
  );
  const odd = await post(api, '/v1/agents/ben/end-wrap-up', { contact: 'c1' });
  assert.deepEqual([odd.status, errorOf(odd).code], [400, 'request.invalid']);
});

test('calendars are listed, forced and given back to their hours', async () => {
  const { api } = await startApi();
  const { calendars } = JSON.parse((await get(api, '/v1/calendars')).body);
  const office = {
    id: 'office',
    timeZone: 'Europe/Berlin',
    open: true,
    because: 'hours',
    until: '2026-11-20T10:00:00.000Z',
    untilMs: NINE + 3_600_000,
  };
  assert.deepEqual(calendars, [office]);
  const force = async (state: string) => JSON.parse((await post(api, '/v1/calendars/office/force', { state })).body);
  const closed = await force('closed');
  assert.deepEqual(closed, {
    id: 'office',
    timeZone: 'Europe/Berlin',
    open: false,
    because: 'forced',
    forced: 'closed',
  });
  assert.deepEqual(await force('hours'), office);
  assert.equal(errorOf(await post(api, '/v1/calendars/none/force', { state: 'open' })).code, 'calendar.unknown');
  assert.equal(errorOf(await post(api, '/v1/calendars/office/force', { state: 'ajar' })).code, 'request.invalid');
});

test('a contact is told as a story, with every moment in both forms', async () => {
  const { summary, timeline } = JSON.parse((await get(api, '/v1/contacts/c1')).body);
  assert.equal(summary.arrivedAt, NINE_ISO);
  assert.equal(summary.arrivedAtMs, NINE);
  assert.equal(summary.queues[0].queuedAt, '2026-11-20T09:00:03.000Z');
  const rang = timeline.find((item: { what: string }) => item.what === 'offer.expired');
  assert.equal(rang.text, "Anna's phone rang for 6.2 s; nobody answered.");
  assert.equal(rang.at, '2026-11-20T09:00:09.300Z');
  assert.equal(rang.atMs - rang.sinceStartMs, NINE);
  const unknown = await get(api, '/v1/contacts/none');
  assert.equal(unknown.status, 404);
  assert.equal(errorOf(unknown).code, 'contact.unknown');
});
