import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { test } from 'node:test';
import type { WebRequest } from '../../src/model/web.ts';
import { answerOf, ask, codeOf, type Far, far, names, web } from './web-fixture.ts';

/** Redirects `/STATUS?LOCATION` there, and answers everything else with its path. */
function redirecting(request: IncomingMessage, response: ServerResponse): void {
  const found = /^\/(30\d)\?(.*)$/.exec(request.url!);
  if (!found) return void response.end(request.url);
  response.writeHead(Number(found[1]), { location: decodeURIComponent(found[2]!) }).end();
}

const crm = await far(redirecting);
const to = (status: number, place: string, from: Far = crm) => `${from.url}/${status}?${encodeURIComponent(place)}`;

test('a redirect is an answer as any other when none is to be followed', async () => {
  for (const status of [301, 302, 303, 307, 308]) {
    const answer = answerOf(await web().send(ask(to(status, '/new'))));
    assert.equal(answer.status, status);
    assert.equal(answer.headers['location'], '/new');
  }
});

test('as many redirects are followed as the step says; one more is the answer', async () => {
  const room = web();
  const thrice = to(302, `/302?${encodeURIComponent(`/302?${encodeURIComponent('/end')}`)}`);
  assert.equal(answerOf(await room.send(ask(thrice, { redirects: 3 }))).body, '/end');
  assert.equal(answerOf(await room.send(ask(thrice, { redirects: 2 }))).status, 302);
});

test('a circle of redirects ends after ten, whatever the step says', async () => {
  const circle = await far((_, response) => void response.writeHead(307, { location: '/again' }).end());
  assert.equal(answerOf(await web().send(ask(circle.url, { redirects: 1_000 }))).status, 307);
  assert.equal(circle.asked.length, 11);
});

test('303, and 301 and 302 after a POST, go on with GET and without a body; the others repeat the request', async () => {
  const room = web();
  const cases: readonly (readonly [number, WebRequest['method'], string])[] = [
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'PUT', 'GET'],
    [301, 'PUT', 'PUT'],
    [307, 'POST', 'POST'],
    [308, 'PATCH', 'PATCH'],
  ];
  for (const [status, method, then] of cases) {
    await room.send(ask(to(status, '/new'), { method, redirects: 1, body: { json: [1] } }));
    const { request, body } = crm.asked.at(-1)!;
    assert.equal(request.method, then, `${method} ${status}`);
    assert.equal(body, then === 'GET' ? '' : '[1]');
    assert.equal(request.headers['idempotency-key'], then === 'GET' ? undefined : 'c1.r1');
    assert.equal(request.headers['content-length'], then === 'GET' ? undefined : '3');
  }
});

test('secrets, authorization and cookies stay with the origin that they were meant for', async () => {
  const room = web({ secret: () => 'token' });
  const other = await far(redirecting);
  const more: Partial<WebRequest> = {
    redirects: 1,
    headers: { cookie: 'a=1', Authorization: 'Basic x', 'x-plain': 'stays' },
    secretHeaders: { 'X-Api-Key': { secret: 'key', prefix: '' } },
  };
  await room.send(ask(to(302, `${crm.url}/same`), more));
  const same = crm.asked.at(-1)!.request.headers;
  assert.deepEqual([same['x-api-key'], same.cookie, same.authorization], ['token', 'a=1', 'Basic x']);
  await room.send(ask(to(302, `${other.url}/other`), more));
  const elsewhere = other.asked.at(-1)!.request;
  assert.equal(elsewhere.url, '/other');
  const { headers } = elsewhere;
  assert.deepEqual([headers['x-api-key'], headers.cookie, headers.authorization], [undefined, undefined, undefined]);
  assert.equal(headers['x-plain'], 'stays');
});

test('each hop is checked again: a redirect does not lead where flows may not go', async () => {
  const lookUp = names({ 'crm.example.com': [['127.0.0.1']], 'inside.example.com': [['127.0.0.1']] });
  const room = web({ allow: () => ['crm.example.com'], lookUp });
  const asked = crm.asked.length;
  for (const place of [
    `${crm.url}/inside`,
    `http://inside.example.com:${crm.port}/`,
    'http://169.254.169.254/latest',
  ]) {
    const url = to(302, place).replace('127.0.0.1', 'crm.example.com');
    assert.equal(codeOf(await room.send(ask(url, { redirects: 5 }))), 'web.forbidden', place);
  }
  assert.equal(crm.asked.length, asked + 3, 'only the first hop of each');
});

test('a redirect to what is no web address is refused', async () => {
  const room = web();
  for (const place of ['file:///etc/passwd', 'http://', `http://user:pw@127.0.0.1:${crm.port}/`, 'ftp://127.0.0.1/']) {
    assert.equal(codeOf(await room.send(ask(to(302, place), { redirects: 1 }))), 'web.invalid', place);
  }
});

test('a redirect without a place is the answer', async () => {
  const lost = await far((_, response) => void response.writeHead(302).end());
  assert.equal(answerOf(await web().send(ask(lost.url, { redirects: 3 }))).status, 302);
});

test('the time of an attempt is for all of its hops together', async () => {
  const slow = await far((request, response) => void (request.url === '/' && redirecting(request, response)));
  const result = await web().send(ask(to(302, `${slow.url}/silent`), { redirects: 1, timeoutMs: 100 }));
  assert.equal(codeOf(result), 'web.timeout');
});
