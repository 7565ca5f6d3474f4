import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import { createTurns } from '../../src/web/turns.ts';
import { PER_ORIGIN_MAX, RUNNING_MAX, WAITING_MAX } from '../../src/web/web.ts';
import { answerOf, ask, codeOf, far, names, web } from './web-fixture.ts';

const KIB_256 = 256 * 1024;

test('an answer of 256 KiB is read, and one byte more ends the connection, told beforehand or not', async () => {
  const crm = await far((request, response) => {
    const [, how, bytes] = request.url!.split('/');
    const text = 'a'.repeat(Number(bytes));
    if (how === 'told') response.setHeader('content-length', bytes!);
    if (text.length <= KIB_256) response.end(text);
    // Without an end: what is too large is given up before the rest has come, and before any of it where that is told.
    else if (how === 'told') response.flushHeaders();
    else response.write(text);
  });
  const room = web();
  for (const how of ['told', 'untold']) {
    assert.equal(String(answerOf(await room.send(ask(`${crm.url}/${how}/${KIB_256}`))).body).length, KIB_256);
    const gone = new Promise((closed) => {
      crm.server.once('request', (request) => request.socket.once('close', closed));
    });
    assert.equal(codeOf(await room.send(ask(`${crm.url}/${how}/${KIB_256 + 1}`))), 'web.too_large');
    await gone;
  }
});

test('headers of an answer above 16 KiB are too large', async () => {
  const crm = await far((_, response) => void response.writeHead(200, { 'x-long': 'a'.repeat(17_000) }).end());
  assert.equal(codeOf(await web().send(ask(crm.url))), 'web.too_large');
});

test('a body of 64 KiB goes out, and one byte more does not', async () => {
  const crm = await far();
  const room = web();
  const put = (length: number) => room.send(ask(crm.url, { method: 'PUT', body: { json: 'a'.repeat(length - 2) } }));
  assert.equal(codeOf(await put(64 * 1024)), 'answered 200');
  assert.equal(codeOf(await put(64 * 1024 + 1)), 'web.too_large');
  assert.equal(crm.asked.length, 1);
});

test('a body that cannot be written, or one with GET, is refused', async () => {
  const crm = await far();
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  for (const json of [circle, undefined, 1n, () => 1]) {
    assert.equal(codeOf(await web().send(ask(crm.url, { method: 'POST', body: { json } }))), 'web.invalid');
  }
  assert.equal(codeOf(await web().send(ask(crm.url, { body: { json: 1 } }))), 'web.invalid');
  assert.equal(crm.asked.length, 0);
});

test('one origin is asked 50 times at once, all together 200 times, 1,000 wait in order, and the next one is told so', async () => {
  const open: ServerResponse[] = [];
  const crm = await far((_, response) => void open.push(response));
  const hosts = Array.from({ length: 6 }, (_, n) => `crm${n}.example.com`);
  const lookUp = names(Object.fromEntries(hosts.map((host) => [host, [['127.0.0.1']]])));
  const room = web({ allow: () => ['*.example.com'], lookUp });
  const send = (host: string) => room.send(ask(`http://${host}:${crm.port}/`, { timeoutMs: 60_000 }));
  const arrived = async (count: number): Promise<void> => {
    while (crm.asked.length < count) await once(crm.server, 'request');
  };

  const first = Array.from({ length: 60 }, () => send(hosts[0]!));
  await arrived(50);
  const others = hosts.slice(1).flatMap((host) => Array.from({ length: 40 }, () => send(host)));
  await arrived(200);
  const perHost = crm.asked.map(({ request }) => request.headers.host!.split(':')[0]!);
  assert.equal(perHost.filter((host) => host === hosts[0]).length, PER_ORIGIN_MAX);
  assert.equal(open.length, RUNNING_MAX);

  const waitingAlready = 60 - 50 + (200 - 150);
  const more = Array.from({ length: WAITING_MAX - waitingAlready }, () => send(hosts[5]!));
  assert.equal(codeOf(await send(hosts[1]!)), 'web.busy');
  assert.equal(open.length, RUNNING_MAX);

  crm.server.on('request', () => assert.ok(open.length - answered <= RUNNING_MAX));
  let answered = 0;
  const answering = setInterval(() => {
    for (const response of open.slice(answered)) response.end('ok');
    answered = open.length;
  }, 1);
  const results = await Promise.all([...first, ...others, ...more]);
  clearInterval(answering);
  assert.ok(results.every((result) => result.ok));
});

test('who has no turn before its time is over is told that there are too many', async () => {
  const crm = await far(() => undefined);
  const room = web();
  const running = Array.from({ length: PER_ORIGIN_MAX }, () => room.send(ask(crm.url)));
  assert.equal(codeOf(await room.send(ask(crm.url, { timeoutMs: 30 }))), 'web.busy');
  const waiting = new AbortController();
  const called = room.send(ask(crm.url), waiting.signal);
  waiting.abort();
  assert.equal(codeOf(await called), 'web.cancelled');
  await room.close();
  assert.deepEqual(new Set((await Promise.all(running)).map(codeOf)), new Set(['web.cancelled']));
});

test('turns: the first in line whose origin has room is next, and one who went away leaves no gap', async () => {
  const turns = createTurns({ runningMax: 2, perOriginMax: 1, waitingMax: 4 });
  const never = new AbortController().signal;
  const order: string[] = [];
  const enter = (origin: string, name: string, signal = never) =>
    turns.enter(origin, signal).then((turn) => order.push(`${name} ${turn}`));
  const leaving = new AbortController();
  await Promise.all([enter('a', 'a1'), enter('b', 'b1')]);
  const waiting = [enter('a', 'a2'), enter('a', 'a3', leaving.signal), enter('b', 'b2'), enter('c', 'c1')];
  await enter('d', 'd1');
  leaving.abort();
  await waiting[1];
  turns.leave('b');
  await waiting[2];
  turns.leave('a');
  await waiting[0];
  turns.leave('a');
  await waiting[3];
  assert.deepEqual(order, ['a1 entered', 'b1 entered', 'd1 full', 'a3 gone', 'b2 entered', 'a2 entered', 'c1 entered']);
  assert.equal(await turns.enter('e', leaving.signal), 'gone');
});
