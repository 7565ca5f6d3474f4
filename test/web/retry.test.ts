import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { failed } from '../../src/model/failure.ts';
import { RETRY_ON } from '../../src/model/web.ts';
import { type Ended, pauseMs } from '../../src/web/retry.ts';
import { answerOf, ask, codeOf, far, web } from './web-fixture.ts';

const status = (code: number, retryAfter?: string): Ended => ({ ok: true, status: code, retryAfter });
const all = (attempts: number, backoffMs: number) => ({ attempts, backoffMs, on: RETRY_ON });

test('the pause doubles with each attempt, up to 30 s, and is drawn from nothing to that', () => {
  const longest = [1, 2, 3, 4, 9].map((made) => pauseMs(all(10, 1_000), status(503), made, 0, 1));
  assert.deepEqual(longest, [1_000, 2_000, 4_000, 8_000, 30_000]);
  assert.equal(pauseMs(all(10, 1_000), status(503), 3, 0, 0.25), 1_000);
  assert.equal(pauseMs(all(10, 1_000), status(503), 3, 0, 0), 0);
});

test('no pause is longer than 30 s and no more than ten attempts are made, whatever the flow and the server say', () => {
  const header = fc.option(fc.oneof(fc.string(), fc.nat().map(String), fc.date({ noInvalidDate: true }).map(String)), {
    nil: undefined,
  });
  fc.assert(
    fc.property(
      fc.nat(),
      fc.double({ noNaN: true }),
      fc.integer({ min: 1, max: 50 }),
      header,
      fc.nat(),
      (attempts, backoffMs, made, after, nowMs) => {
        for (const random of [0, 0.5, 1]) {
          const ms = pauseMs({ attempts, backoffMs, on: RETRY_ON }, status(429, after), made, nowMs, random);
          if (ms === undefined) continue;
          assert.ok(ms >= 0 && ms <= 30_000, `${ms}`);
          assert.ok(made < 10 && made < attempts);
        }
      },
    ),
  );
});

test('what the server asks for by Retry-After is the least; for more than 30 s nobody waits', () => {
  const wait = (after: string) => pauseMs(all(5, 100), status(503, after), 1, Date.UTC(2026, 10, 21, 9, 0, 0), 0.5);
  assert.equal(wait('7'), 7_000);
  assert.equal(wait('30'), 30_000);
  assert.equal(wait('31'), undefined);
  assert.equal(wait('Sat, 21 Nov 2026 09:00:12 GMT'), 12_000);
  assert.equal(wait('Sat, 21 Nov 2026 08:00:00 GMT'), 50);
  assert.equal(wait('Sat, 21 Nov 2026 10:00:00 GMT'), undefined);
  assert.equal(wait('soon'), 50);
  assert.equal(wait('-1'), 50);
});

test('only what the step names is tried again', () => {
  const endings: readonly (readonly [string, Ended])[] = [
    ['5xx', status(500)],
    ['5xx', status(599)],
    ['429', status(429)],
    ['network', failed('web.network', '')],
    ['timeout', failed('web.timeout', '')],
  ];
  for (const on of RETRY_ON) {
    for (const [reason, ended] of endings) {
      const again = pauseMs({ attempts: 2, backoffMs: 10, on: [on] }, ended, 1, 0, 0);
      assert.equal(again, reason === on ? 0 : undefined, `${reason} with ${on}`);
    }
  }
  const never = ['web.forbidden', 'web.too_large', 'web.invalid', 'web.secret_missing', 'web.busy', 'web.cancelled'];
  const others = [status(200), status(302), status(404), status(600), ...never.map((code) => failed(code, ''))];
  for (const ended of others) assert.equal(pauseMs(all(5, 10), ended, 1, 0, 0), undefined);
});

test('a server that recovers is asked until it does, with the same key each time', async () => {
  const crm = await far((_, response) => void response.writeHead(crm.asked.length < 3 ? 503 : 200).end());
  const answer = answerOf(await web().send(ask(crm.url, { method: 'POST', body: { json: 1 }, retry: all(5, 1) })));
  assert.deepEqual([answer.status, answer.attempts], [200, 3]);
  assert.deepEqual(new Set(crm.asked.map(({ request }) => request.headers['idempotency-key'])), new Set(['c1.r1']));
  assert.deepEqual(
    crm.asked.map(({ body }) => body),
    ['1', '1', '1'],
  );
});

test('after the last attempt its answer, or its failure, is the result', async () => {
  const failing = await far((_, response) => void response.writeHead(500).end());
  const answer = answerOf(await web().send(ask(failing.url, { retry: all(3, 1) })));
  assert.deepEqual([answer.status, answer.attempts, failing.asked.length], [500, 3, 3]);
  const breaking = await far((request) => void request.socket.destroy());
  const result = await web().send(ask(breaking.url, { method: 'POST', retry: all(4, 1) }));
  assert.equal(codeOf(result), 'web.network');
  assert.equal(!result.ok && result.failure.details?.['attempts'], 4);
  assert.equal(breaking.asked.length, 4);
  const silent = await far(() => undefined);
  const late = await web().send(ask(silent.url, { timeoutMs: 50, retry: all(2, 1) }));
  assert.equal(codeOf(late), 'web.timeout');
  assert.equal(silent.asked.length, 2);
});

test('a kept connection that the other side has closed is no failure', async () => {
  let served = 0;
  const crm = await far((request, response) => {
    // The second request meets a connection that ends at that moment, as if the server had let go of it while idle.
    if (++served === 2) request.socket.destroy();
    else response.end('ok');
  });
  const room = web();
  for (let n = 0; n < 3; n++) assert.equal(answerOf(await room.send(ask(crm.url))).attempts, 1);
  assert.equal(served, 4);
});

test('but a POST is not made a second time unless the step says so', async () => {
  let served = 0;
  const crm = await far((request, response) => void (++served === 2 ? request.socket.destroy() : response.end('ok')));
  const room = web();
  answerOf(await room.send(ask(crm.url)));
  assert.equal(codeOf(await room.send(ask(crm.url, { method: 'POST' }))), 'web.network');
  assert.equal(served, 2);
});
