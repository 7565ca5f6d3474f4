import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADDRESSES_MAX, WRONG_KEYS_MAX, wrongKeyTable } from '../../src/api/authentication.ts';
import { errorOf, get, KEY, NOW, startApi } from './harness.ts';

/** For the tests that change nothing in it. */
const { api } = await startApi();

test('a request without a key is refused, and told how to bring one', async () => {
  const answer = await get(api, '/v1/queues', {});
  assert.equal(answer.status, 401);
  assert.equal(errorOf(answer).code, 'auth.missing');
  assert.match(String(answer.headers['www-authenticate']), /^Bearer/);
  assert.equal(errorOf(await get(api, '/v1/queues', { authorization: 'Basic eDp5' })).code, 'auth.missing');
});

test('a wrong key is refused, even one that begins like the right one', async () => {
  for (const key of ['x', KEY.slice(0, -1), `${KEY}x`, KEY.toUpperCase()]) {
    assert.equal(errorOf(await get(api, '/v1/queues', { 'x-api-key': key })).code, 'auth.wrong');
  }
});

test('both forms of the key open every route', async () => {
  assert.equal((await get(api, '/v1/queues', { authorization: `Bearer ${KEY}` })).status, 200);
  assert.equal((await get(api, '/v1/queues', { authorization: `bearer ${KEY}` })).status, 200);
  assert.equal((await get(api, '/v1/queues', { 'x-api-key': KEY })).status, 200);
});

test('only /health and /openapi.json are open', async () => {
  const document = JSON.parse((await get(api, '/openapi.json', {})).body);
  for (const [path, methods] of Object.entries<Record<string, object>>(document.paths)) {
    for (const method of Object.keys(methods) as ('get' | 'post')[]) {
      const url = path.replace('{id}', 'anna');
      const { statusCode } = await api.inject({ method, url });
      const open = path === '/health' || path === '/openapi.json';
      assert.equal(statusCode, open ? 200 : 401, `${method} ${path}`);
    }
  }
});

test('a path that does not exist is not told to those without a key', async () => {
  assert.equal((await get(api, '/v1/nothing', {})).status, 401);
});

test('after twenty wrong keys in a minute an address is told to slow down, and the right key still works', async () => {
  let now = NOW;
  const { api } = await startApi({ now: () => now });
  const wrong = () => get(api, '/v1/queues', { 'x-api-key': 'wrong' });
  for (let i = 0; i < WRONG_KEYS_MAX; i += 1) assert.equal((await wrong()).status, 401);
  now += 15_000;
  const slow = await wrong();
  assert.equal(slow.status, 429);
  assert.equal(errorOf(slow).code, 'auth.slow_down');
  assert.equal(slow.headers['retry-after'], '45');
  assert.equal((await get(api, '/v1/queues')).status, 200);
  now += 45_000;
  assert.equal((await wrong()).status, 401);
});

test('the table of addresses forgets the oldest when it is full', () => {
  const table = wrongKeyTable();
  for (let i = 0; i <= WRONG_KEYS_MAX; i += 1) table.add('first', 0);
  assert.ok(table.add('first', 1) > 0);
  for (let i = 0; i < ADDRESSES_MAX; i += 1) table.add(`address ${i}`, 2);
  assert.equal(table.add('first', 3), 0);
});

test('a key that is too short is refused at the start', async () => {
  await assert.rejects(startApi({ apiKey: 'short' }), /at least 16/);
});
