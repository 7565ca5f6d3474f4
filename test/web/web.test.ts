import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import type { WebRequest } from '../../src/model/web.ts';
import { answerOf, ask, codeOf, far, json, web } from './web-fixture.ts';

test('JSON is asked for and comes back as data, with the status, headers in small letters, the time and one attempt', async () => {
  const crm = await far((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/vnd.crm+json; charset=utf-8', 'X-Case': 'Yes' });
    response.end('{"name":"Zoë","open":[1,2]}');
  });
  let nowMs = 1_000;
  const answer = answerOf(await web({ now: () => (nowMs += 7) }).send(ask(`${crm.url}/customers/7`)));
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body, { name: 'Zoë', open: [1, 2] });
  assert.equal(answer.headers['x-case'], 'Yes');
  assert.equal(answer.attempts, 1);
  assert.ok(answer.tookMs > 0 && answer.tookMs % 7 === 0, `${answer.tookMs}`);
  assert.match(crm.asked[0]!.request.headers.accept!, /json/);
});

test('the query is added to what the address has, and what the address has stays as it is written', async () => {
  const crm = await far();
  await web().send(ask(`${crm.url}/find?sort=a%20b#part`, { query: { phone: '+49 30 & more', name: 'Zoë' } }));
  assert.equal(crm.asked[0]!.request.url, '/find?sort=a%20b&phone=%2B49+30+%26+more&name=Zo%C3%AB');
});

test('a body goes out as JSON or as a form, with its type, its length and the key by which a repeat is known', async () => {
  const crm = await far();
  const room = web();
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
    await room.send(ask(crm.url, { method, body: { json: { n: 1, s: 'é' } } }));
    const { request, body } = crm.asked.at(-1)!;
    assert.equal(request.method, method);
    assert.equal(body, '{"n":1,"s":"é"}');
    assert.equal(request.headers['content-type'], 'application/json');
    assert.equal(request.headers['content-length'], '16');
    assert.equal(request.headers['idempotency-key'], 'c1.r1');
  }
  await room.send(ask(crm.url, { method: 'POST', body: { form: { a: 'b c', d: '=' } } }));
  assert.equal(crm.asked.at(-1)!.body, 'a=b+c&d=%3D');
  assert.equal(crm.asked.at(-1)!.request.headers['content-type'], 'application/x-www-form-urlencoded');
  await room.send(ask(crm.url));
  assert.equal(crm.asked.at(-1)!.request.headers['idempotency-key'], undefined);
});

test('headers of the step replace the usual ones, and secrets go out by their names with what stands before them', async () => {
  const crm = await far();
  const room = web({ secret: (name) => (name === 'crm_token' ? 's3cret' : undefined) });
  await room.send(
    ask(crm.url, {
      headers: { Accept: 'text/csv', 'User-Agent': 'Exchange' },
      secretHeaders: { Authorization: { secret: 'crm_token', prefix: 'Bearer ' } },
    }),
  );
  const { headers } = crm.asked[0]!.request;
  assert.equal(headers.accept, 'text/csv');
  assert.equal(headers['user-agent'], 'Exchange');
  assert.equal(headers.authorization, 'Bearer s3cret');
});

test('a secret that is not there ends the request before anything is sent', async () => {
  const crm = await far();
  const secretHeaders = { authorization: { secret: 'crm_token', prefix: '' } };
  const result = await web().send(ask(crm.url, { secretHeaders }));
  assert.equal(codeOf(result), 'web.secret_missing');
  assert.equal(!result.ok && result.failure.details?.['secret'], 'crm_token');
  assert.equal(crm.asked.length, 0);
});

test('every status is an answer', async () => {
  const crm = await far((request, response) => void response.writeHead(Number(request.url!.slice(1))).end());
  const room = web();
  for (const status of [201, 204, 301, 404, 429, 500, 503]) {
    assert.equal(answerOf(await room.send(ask(`${crm.url}/${status}`))).status, status);
  }
});

const BODIES: readonly (readonly [string, string, string, number, unknown])[] = [
  ['text stays text', 'text/plain', '{"a":1}', 200, '{"a":1}'],
  ['a byte order mark is no part of JSON', 'application/json', '\ufeff[1]', 200, [1]],
  ['no body of a JSON type is null', 'application/json', '', 200, null],
  ['broken JSON of a failure is the text', 'application/json', '<html>', 502, '<html>'],
  ['broken JSON of a success', 'application/json', '{"a":', 200, 'web.invalid'],
  ['a number beyond all bounds', 'application/json', '[1e999]', 200, 'web.invalid'],
  ['a key that would change what an object is', 'application/json', '{"a":{"__proto__":{"b":1}}}', 200, 'web.invalid'],
  ['JSON of 33 levels', 'application/json', '['.repeat(33) + ']'.repeat(33), 200, 'web.invalid'],
  ['JSON of 100,000 levels', 'application/json', '['.repeat(100_000), 200, 'web.invalid'],
  ['JSON of 100,000 levels that closes', 'text/json', '['.repeat(1e5) + ']'.repeat(1e5), 200, 'web.invalid'],
];

for (const [what, type, text, status, expected] of BODIES) {
  test(`an answer: ${what}`, async () => {
    const crm = await far((_, response) => void response.writeHead(status, { 'content-type': type }).end(text));
    const result = await web().send(ask(crm.url));
    assert.deepEqual(result.ok ? result.value.body : result.failure.code, expected);
  });
}

test('text comes in the character set that the answer names, and in UTF-8 when nobody knows that', async () => {
  const crm = await far((request, response) => {
    response.writeHead(200, { 'content-type': `text/plain; charset=${request.url!.slice(1)}` });
    response.end(Buffer.from('café', request.url === '/iso-8859-1' ? 'latin1' : 'utf8'));
  });
  const room = web();
  assert.equal(answerOf(await room.send(ask(`${crm.url}/iso-8859-1`))).body, 'café');
  assert.equal(answerOf(await room.send(ask(`${crm.url}/x-unheard-of`))).body, 'café');
});

test('nothing packed is asked for, and a packed answer is refused', async () => {
  const crm = await far((_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('zzz'));
  assert.equal(codeOf(await web().send(ask(crm.url))), 'web.invalid');
  assert.equal(crm.asked[0]!.request.headers['accept-encoding'], 'identity');
});

test('cookies are not handed to flows', async () => {
  const crm = await far((_, response) => void response.writeHead(200, { 'set-cookie': ['a=1', 'b=2'] }).end());
  assert.equal(answerOf(await web().send(ask(crm.url))).headers['set-cookie'], undefined);
});

test('a kept connection serves the next request', async () => {
  const crm = await far();
  const room = web();
  for (let n = 0; n < 5; n++) answerOf(await room.send(ask(crm.url)));
  assert.equal(new Set(crm.asked.map(({ request }) => request.socket.remotePort)).size, 1);
});

test('who does not answer in time is given up, whether nothing comes or the body drips on', async () => {
  const silent = await far(() => undefined);
  const dripping = await far((_, response) => void response.writeHead(200).write('a'));
  const room = web();
  for (const crm of [silent, dripping]) {
    const gone = once(crm.server, 'connection').then(([socket]) => once(socket, 'close'));
    assert.equal(codeOf(await room.send(ask(crm.url, { timeoutMs: 100 }))), 'web.timeout');
    await gone;
  }
});

test('a name server that does not answer is given up in the time for connecting', async () => {
  const room = web({ lookUp: () => new Promise(() => undefined) });
  const result = await room.send(ask('http://crm.example.com/', { connectTimeoutMs: 30 }));
  assert.ok(!result.ok && result.failure.code === 'web.timeout');
  assert.match(result.failure.message, /connection/, 'and not in the time of the whole attempt');
});

test('a refused connection, a name that does not exist and a connection that breaks are the network', async () => {
  const room = web({ lookUp: async () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })) });
  const gone = await far();
  await new Promise((closed) => gone.server.close(closed));
  const refused = await room.send(ask(gone.url));
  assert.equal(codeOf(refused), 'web.network');
  assert.equal(!refused.ok && refused.failure.details?.['reason'], 'ECONNREFUSED');
  const unknown = await room.send(ask('http://crm.example.com/'));
  assert.equal(!unknown.ok && unknown.failure.details?.['reason'], 'ENOTFOUND');
  const breaking = await far((_, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('half');
    response.socket!.destroySoon();
  });
  assert.equal(codeOf(await room.send(ask(breaking.url))), 'web.network');
  const garbled = await far((request) => void request.socket.end('220 mail.example.com ESMTP\r\n'));
  assert.equal(codeOf(await room.send(ask(garbled.url))), 'web.invalid');
  const upgrading = await far(
    (request) =>
      void request.socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
  );
  assert.equal(codeOf(await room.send(ask(upgrading.url))), 'web.network');
});

test('the environment names no proxy', async () => {
  const crm = await far();
  process.env['HTTP_PROXY'] = process.env['http_proxy'] = 'http://127.0.0.1:1';
  try {
    assert.equal(answerOf(await web().send(ask(crm.url))).status, 200);
  } finally {
    delete process.env['HTTP_PROXY'];
    delete process.env['http_proxy'];
  }
});

test('the one who asked may call it off: before it goes out, while it runs and between two attempts', async () => {
  const crm = await far((request, response) => void (request.url === '/silent' || response.writeHead(503).end()));
  const room = web();
  assert.equal(codeOf(await room.send(ask(crm.url), AbortSignal.abort())), 'web.cancelled');
  assert.equal(crm.asked.length, 0);
  const running = new AbortController();
  const first = room.send(ask(`${crm.url}/silent`), running.signal);
  await once(crm.server, 'request');
  running.abort();
  assert.equal(codeOf(await first), 'web.cancelled');
  const pausing = new AbortController();
  let looks = 0;
  // The clock is looked at when the request begins, and when the pause before the next attempt is worked out.
  const now = (): number => {
    if (++looks === 2) queueMicrotask(() => pausing.abort());
    return Date.now();
  };
  const retry: WebRequest['retry'] = { attempts: 5, backoffMs: 30_000, on: ['5xx'] };
  const second = web({ now }).send(ask(crm.url, { retry }), pausing.signal);
  assert.equal(codeOf(await second), 'web.cancelled');
  assert.equal(crm.asked.length, 2);
  assert.deepEqual(room.lines, []);
});

test('closing calls off what is under way, takes nothing more, and may be done twice', async () => {
  const crm = await far(() => undefined);
  const room = web();
  const running = room.send(ask(crm.url));
  await once(crm.server, 'request');
  const closing = room.close();
  assert.equal(codeOf(await running), 'web.cancelled');
  await closing;
  await room.close();
  assert.equal(codeOf(await room.send(ask(crm.url))), 'web.cancelled');
  assert.equal(crm.asked.length, 1);
});

test('the log has host and code, and neither path, query, headers, secrets nor bodies', async () => {
  const crm = await far((_, response) => json(response, { pin: 'pin-4711' }, 200));
  await new Promise((closed) => crm.server.close(closed));
  const room = web({ secret: () => 'token-4711' });
  const result = await room.send(
    ask(`${crm.url}/customers/path-4711`, {
      method: 'POST',
      query: { phone: 'query-4711' },
      headers: { 'x-account': 'header-4711' },
      secretHeaders: { authorization: { secret: 'crm', prefix: '' } },
      body: { json: { pin: 'body-4711' } },
    }),
  );
  assert.equal(room.lines.length, 1);
  assert.match(room.lines[0]!, /"code":"web.network".*"host":"127.0.0.1"/);
  assert.doesNotMatch(room.lines[0]! + JSON.stringify(result), /4711/);
});
