import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { deskFixture } from './desk-fixture.ts';
import { KEY, startApi } from './harness.ts';

/** Sends text over a bare socket and gives back all that came until the server closed it. */
function raw(address: string, text: string): Promise<string> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.setEncoding('utf8');
    socket.on('data', (part) => {
      answer += part;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

function codeOf(answer: string): string {
  return JSON.parse(answer.split('\r\n\r\n')[1] ?? '').error.code;
}

test('it listens on the host given, answers, and is gone after close, which may be called twice', async () => {
  const { api } = await startApi();
  const address = await api.listen();
  assert.match(address, /^http:\/\/127\.0\.0\.1:\d+$/);
  const answer = await fetch(`${address}/v1/queues`, { headers: { authorization: `Bearer ${KEY}` } });
  assert.equal(answer.status, 200);
  await answer.text();
  await Promise.all([api.close(), api.close()]);
  await api.close();
  await assert.rejects(fetch(`${address}/health`));
});

test('a port that is taken is refused', async () => {
  const first = await startApi();
  const { port } = new URL(await first.api.listen());
  const second = await startApi({ port: Number(port) });
  await assert.rejects(second.api.listen(), { code: 'EADDRINUSE' });
  await second.api.close();
  await first.api.close();
});

test('what is no HTTP is answered in the one shape and closed', async () => {
  const { api } = await startApi();
  const answer = await raw(await api.listen(), 'HELLO\r\n\r\n');
  assert.match(answer, /^HTTP\/1\.1 400 /);
  assert.equal(codeOf(answer), 'request.malformed');
  await api.close();
});

test('header fields without end are refused', async () => {
  const { api } = await startApi();
  const answer = await raw(
    await api.listen(),
    `GET /health HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`,
  );
  assert.match(answer, /^HTTP\/1\.1 431 /);
  assert.equal(codeOf(answer), 'request.headers_too_large');
  await api.close();
});

test('a request that does not arrive whole in time is closed with 408', async () => {
  const { api } = await startApi({ limits: { requestMs: 150 } });
  const answer = await raw(await api.listen(), 'GET /health HTTP/1.1\r\nHost: x\r\n');
  assert.match(answer, /^HTTP\/1\.1 408 /);
  assert.equal(codeOf(answer), 'request.timed_out');
  await api.close();
});

test('a body that does not arrive whole in time is closed with 408', async () => {
  const { api } = await startApi({ limits: { requestMs: 150 } });
  const head = `POST /v1/agents/anna/pause HTTP/1.1\r\nHost: x\r\nX-API-Key: ${KEY}\r\nContent-Type: application/json\r\n`;
  const answer = await raw(await api.listen(), `${head}Content-Length: 100\r\n\r\n{"reason`);
  assert.match(answer, /^HTTP\/1\.1 408 /);
  assert.equal(codeOf(answer), 'request.timed_out');
  await api.close();
});

test('an answer that takes too long is a 503', async () => {
  const desk = deskFixture();
  let open = () => {};
  desk.gate = new Promise((resolve) => {
    open = resolve;
  });
  const { api } = await startApi({ limits: { answerMs: 100 } }, desk);
  const address = await api.listen();
  const answer = await fetch(`${address}/v1/reports/queues`, { headers: { 'x-api-key': KEY } });
  assert.equal(answer.status, 503);
  assert.equal(JSON.parse(await answer.text()).error.code, 'server.too_slow');
  assert.equal(answer.headers.get('retry-after'), '5');
  open();
  await api.close();
});

test('close lets an answer under way finish', async () => {
  const desk = deskFixture();
  let open = () => {};
  desk.gate = new Promise((resolve) => {
    open = resolve;
  });
  const { api } = await startApi({}, desk);
  const address = await api.listen();
  const asked = fetch(`${address}/v1/reports/queues`, { headers: { 'x-api-key': KEY } });
  while (desk.ranges.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const closed = api.close();
  open();
  assert.equal((await asked).status, 200);
  await closed;
});

test('close cuts what does not finish within its bound', async () => {
  const desk = deskFixture();
  desk.gate = new Promise(() => {});
  const { api } = await startApi({ limits: { closeMs: 100 } }, desk);
  const address = await api.listen();
  const asked = fetch(`${address}/v1/reports/queues`, { headers: { 'x-api-key': KEY } });
  while (desk.ranges.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const cut = assert.rejects(asked);
  await api.close();
  await cut;
});

test('connections over the bound are closed at once', async () => {
  const { api } = await startApi({ limits: { connections: 1 } });
  const address = await api.listen();
  const { hostname, port } = new URL(address);
  const first = connect(Number(port), hostname);
  await new Promise((resolve) => first.once('connect', resolve));
  assert.equal(await raw(address, '').catch(() => ''), '');
  first.destroy();
  await api.close();
});
