import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '../../src/api/errors.ts';
import { deskFixture } from './desk-fixture.ts';
import { errorOf, get, KEY, post, startApi } from './harness.ts';

const PAUSE = '/v1/agents/anna/pause';
const JSON_TYPE = { 'content-type': 'application/json' };

/** For the tests that change nothing in it. */
const { api } = await startApi();

test('an unknown path and a wrong method are answered in the one shape', async () => {
  assert.equal(errorOf(await get(api, '/v2/queues')).code, 'route.unknown');
  assert.equal(errorOf(await post(api, '/v1/queues')).code, 'route.unknown');
  assert.equal(errorOf(await get(api, `/v1/agents/${'a'.repeat(500)}`)).code, 'request.invalid');
});

test('a malformed address is answered in the one shape', async () => {
  const answer = await get(api, '/v1/agents/%zz');
  assert.equal(answer.status, 400);
  assert.equal(errorOf(answer).code, 'request.malformed');
});

test('broken JSON, and JSON that reaches for prototypes, is malformed', async () => {
  for (const body of ['{"reason":', 'lunch', '{"__proto__":{"reason":"lunch"}}']) {
    const answer = await post(api, PAUSE, body, JSON_TYPE);
    assert.equal(answer.status, 400, body);
    assert.equal(errorOf(answer).code, 'request.malformed', body);
  }
});

test('a body that is no JSON is an unsupported type', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
    const answer = await post(api, PAUSE, 'reason=lunch', { 'content-type': type });
    assert.equal(answer.status, 415, type);
    assert.equal(errorOf(answer).code, 'request.unsupported_type', type);
  }
});

test('a body over 64 KiB is too large', async () => {
  const answer = await post(api, PAUSE, { reason: 'x'.repeat(65_536) });
  assert.equal(answer.status, 413);
  assert.equal(errorOf(answer).code, 'request.too_large');
});

test('an invalid body names the place and what is allowed', async () => {
  const { api, desk } = await startApi();
  const cases: [unknown, string, RegExp][] = [
    [{}, '/reason', /reason/],
    [{ reason: '' }, '/reason', /1 character/],
    [{ reason: { a: 1 } }, '/reason', /string/],
    [{ reason: 'lunch', until: 'noon' }, '/until', /reason/],
    [['lunch'], '/', /object/],
  ];
  for (const [body, path, allowed] of cases) {
    const error = errorOf(await post(api, PAUSE, body as object));
    assert.equal(error.code, 'request.invalid');
    assert.equal(error.details?.['in'], 'body');
    assert.equal(error.details?.['path'], path);
    assert.match(error.details?.['allowed'] ?? '', allowed);
  }
  assert.equal(errorOf(await post(api, PAUSE)).code, 'request.invalid');
  assert.equal(errorOf(await post(api, PAUSE, '', JSON_TYPE)).code, 'request.invalid');
  assert.deepEqual(desk.asked, []);
});

test('an invalid query names the parameter and what is allowed', async () => {
  const cases: [string, string, RegExp][] = [
    ['interval=2h', '/interval', /5m, 15m, 30m, 1h, 1d, whole/],
    ['interval=1h&interval=1d', '/interval', /string/],
    ['formula=best', '/formula', /SL-4/],
    ['within=-1', '/within', />= 0/],
    ['within=fast', '/within', /integer/],
    ['color=red', '/color', /from, to/],
    ['from=yesterday', '/from', /2026-11-20T09:00:00Z/],
    ['from=2026-02-30', '/from', /2026/],
    ['from=2026-11-20T09:00', '/from', /offset/],
    ['to=2026-11-20T25:00Z', '/to', /2026/],
    ['to=99999999999999', '/to', /2099/],
  ];
  for (const [query, path, allowed] of cases) {
    const answer = await get(api, `/v1/reports/queues?${query}`);
    assert.equal(answer.status, 400, query);
    const error = errorOf(answer);
    assert.equal(error.code, 'request.invalid', query);
    assert.equal(error.details?.['path'], path, query);
    assert.match(error.details?.['allowed'] ?? '', allowed, query);
  }
});

test('what breaks inside is a 500 that tells nothing, and the log has it under the same id', async () => {
  const desk = deskFixture();
  const broken = {
    ...desk,
    queues: () => {
      throw new Error('secret words');
    },
  };
  const { api, lines } = await startApi({ desk: broken });
  const answer = await get(api, '/v1/queues');
  assert.equal(answer.status, 500);
  assert.equal(errorOf(answer).code, 'server.failed');
  assert.ok(!answer.body.includes('secret'));
  const logged = lines.find(({ level }) => level === 'error')?.fields as { requestId: string; err: Error };
  assert.equal(logged.requestId, JSON.parse(answer.body).error.requestId);
  assert.equal(logged.err.message, 'secret words');
});

test('a journal that is away is a 503 that says when to try again', async () => {
  const { api, desk } = await startApi();
  desk.journalUp = false;
  for (const url of ['/v1/contacts/c1', '/v1/reports/queues']) {
    const answer = await get(api, url);
    assert.equal(answer.status, 503);
    assert.equal(errorOf(answer).code, 'journal.unavailable');
    assert.equal(answer.headers['retry-after'], '5');
  }
});

test('failures of the controller that the table does not have are not found, or conflicts', () => {
  assert.equal(new ApiError({ code: 'skill.unknown', message: '' }).status, 404);
  assert.equal(new ApiError({ code: 'agent.on_fire', message: '' }).status, 409);
  assert.equal(new ApiError({ code: 'constructor', message: '' }).status, 409);
});

test('no line of the log has a number, a key or an address', async () => {
  const { api, lines } = await startApi();
  await get(api, '/v1/contacts');
  await get(api, '/v1/contacts/c1?number=5550100');
  await get(api, '/v1/nothing/5550100');
  await get(api, '/v1/queues', { 'x-api-key': 'not-the-key-5550100' });
  assert.equal(lines.length, 4);
  const log = JSON.stringify(lines);
  for (const secret of ['55501', KEY, 'not-the-key']) assert.ok(!log.includes(secret), secret);
});
