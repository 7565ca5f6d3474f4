import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import type { ApiLimits } from '../../src/api/limits.ts';
import type { Event } from '../../src/model/event.ts';
import type { VaultInMemory } from '../recordings/vault-in-memory.ts';
import { NINE } from './desk-fixture.ts';
import { errorOf, get, KEY, post, startApi } from './harness.ts';

const SOUND = randomBytes(5000);

async function house(limits: Partial<ApiLimits> = {}) {
  const { api, desk } = await startApi({ limits });
  const events: Event[] = [];
  desk.hall.follow({ batch: (batch) => void events.push(...batch), signal: () => undefined });
  for (let at = 1; at <= 5; at++) {
    const agentId = at % 2 ? 'anna' : 'ben';
    desk.vault.put({ recordingId: `c${at}.r1-a`, contactId: `c${at}`, agentId, begunAtMs: NINE + at }, SOUND);
  }
  const sound = (headers: Record<string, string> = {}, id = 'c1.r1-a') =>
    api.inject({ method: 'GET', url: `/v1/recordings/${id}/sound`, headers: { 'x-api-key': KEY, ...headers } });
  return { api, desk, events, sound };
}

/** Every sound that was opened is closed, a moment after its answer. */
async function closed(vault: VaultInMemory): Promise<void> {
  for (let turns = 0; vault.reading > 0; turns++) {
    assert.ok(turns < 500, `${vault.reading} sounds are still open`);
    await pause(10);
  }
}

test('recordings are listed in pages, the newest first, and can be filtered', async () => {
  const { api } = await house();
  const ids: string[] = [];
  let after = '';
  for (let pages = 0; pages < 10; pages++) {
    const { body } = await get(api, `/v1/recordings?limit=2${after}`);
    const { recordings, next } = JSON.parse(body);
    assert.ok(recordings.length <= 2);
    ids.push(...recordings.map(({ id }: { id: string }) => id));
    if (next === null) break;
    after = `&after=${encodeURIComponent(next)}`;
  }
  assert.deepEqual(
    ids,
    [5, 4, 3, 2, 1].map((at) => `c${at}.r1-a`),
  );
  const { body } = await get(api, '/v1/recordings?agent=ben');
  assert.deepEqual(
    JSON.parse(body).recordings.map(({ agentId }: { agentId: string }) => agentId),
    ['ben', 'ben'],
  );
  for (const query of ['after=x', 'limit=0', 'from=yesterday', 'purpose=all']) {
    assert.equal(errorOf(await get(api, `/v1/recordings?${query}`)).code, 'request.invalid', query);
  }
});

test('one recording is shown without its key and without its place on the disk', async () => {
  const { api } = await house();
  const { status, body } = await get(api, '/v1/recordings/c1.r1-a');
  assert.equal(status, 200);
  assert.match(body, /"begunAt":"2026-11-20T09:00:00.001Z"/);
  assert.doesNotMatch(body, /wrappedKey|"file"/);
  assert.equal((await get(api, '/v1/recordings/c9.r1-a')).status, 404);
});

test('any range of the sound is the slice of the whole', async () => {
  const { sound, desk } = await house();
  const whole = await sound();
  assert.deepEqual([whole.statusCode, whole.headers['content-type']], [200, 'audio/flac']);
  assert.equal(whole.headers['accept-ranges'], 'bytes');
  assert.ok(whole.rawPayload.equals(SOUND));
  await fc.assert(
    fc.asyncProperty(fc.nat(SOUND.length - 1), fc.nat(SOUND.length + 100), async (from, length) => {
      const part = await sound({ range: `bytes=${from}-${from + length}` });
      const to = Math.min(SOUND.length, from + length + 1);
      assert.equal(part.statusCode, 206);
      assert.equal(part.headers['content-range'], `bytes ${from}-${to - 1}/${SOUND.length}`);
      assert.equal(part.headers['content-length'], String(to - from));
      assert.ok(part.rawPayload.equals(SOUND.subarray(from, to)));
    }),
    { numRuns: 30 },
  );
  const end = await sound({ range: 'bytes=-10' });
  assert.ok(end.rawPayload.equals(SOUND.subarray(-10)));
  await closed(desk.vault);
});

test('a range that cannot be is refused, and what is no range is answered whole', async () => {
  const { sound, desk } = await house();
  for (const range of ['bytes=5000-', 'bytes=9999-10000', 'bytes=-0']) {
    const answer = await sound({ range });
    assert.equal(answer.statusCode, 416, range);
    assert.equal(answer.headers['content-range'], 'bytes */5000');
    assert.equal(JSON.parse(answer.body).error.code, 'recording.range');
  }
  for (const range of ['bytes=5-2', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=', 'bytes=a-b', 'bytes=-']) {
    assert.equal((await sound({ range })).statusCode, 200, range);
  }
  await closed(desk.vault);
});

test('If-Range gives the part only of what it knows', async () => {
  const { sound } = await house();
  const { etag } = (await sound()).headers;
  const range = 'bytes=0-9';
  assert.equal((await sound({ range, 'if-range': String(etag) })).statusCode, 206);
  for (const other of ['"another"', `W/${etag}`, 'Fri, 20 Nov 2026 09:00:00 GMT']) {
    assert.equal((await sound({ range, 'if-range': other })).statusCode, 200, other);
  }
});

test('listening, holding and deleting stand in the journal; the pieces of one listening stand there once', async () => {
  const { api, events, sound } = await house();
  for (let at = 0; at < 3; at++) await sound({ range: `bytes=${at * 10}-` });
  assert.equal((await post(api, '/v1/recordings/c1.r1-a/hold', { reason: 'court order 12' })).status, 200);
  const url = '/v1/recordings/c1.r1-a?reason=asked';
  const headers = { 'x-api-key': KEY };
  assert.equal((await api.inject({ method: 'DELETE', url, headers })).json().error.code, 'recording.on_hold');
  assert.equal((await post(api, '/v1/recordings/c1.r1-a/release')).status, 200);
  const proof = (await api.inject({ method: 'DELETE', url, headers })).json();
  assert.deepEqual([proof.fileGone, proof.keyGone, proof.copyUnreadable], [true, true, true]);
  assert.equal((await api.inject({ method: 'DELETE', url, headers })).statusCode, 200, 'harmless when repeated');
  assert.equal((await sound()).json().error.code, 'recording.deleted');
  assert.equal((await sound()).statusCode, 410);
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ['recording.played', 'recording.held', 'recording.released', 'recording.deleted'],
  );
  const noReason = await api.inject({ method: 'DELETE', url: '/v1/recordings/c2.r1-a', headers });
  assert.equal(noReason.json().error.code, 'request.invalid');
});

test('a call without a talk cannot be recorded, and the answer says why', async () => {
  const { api } = await house();
  assert.equal(errorOf(await post(api, '/v1/contacts/c1/recording/start')).code, 'recording.no_talk');
  assert.equal((await post(api, '/v1/recordings/keys/rotate')).status, 200);
});

test('who leaves in the middle or takes nothing leaves no sound open', async (t) => {
  const { api, desk } = await house();
  t.after(() => api.close());
  desk.vault.put({ recordingId: 'long.r1-a' }, randomBytes(20_000_000));
  const address = await api.listen();
  const client = request(`${address}/v1/recordings/long.r1-a/sound`, { headers: { 'x-api-key': KEY } });
  const [answer] = (await once(client.end(), 'response')) as [IncomingMessage];
  await once(answer, 'readable');
  assert.equal(desk.vault.reading, 1);
  assert.ok(desk.vault.given < 20_000_000, 'no more is decrypted than the client takes');
  client.destroy();
  await closed(desk.vault);
});

test('a recording that takes longer to be read than an answer may take to begin is served whole', async (t) => {
  const answerMs = 100;
  const { api, desk } = await house({ answerMs });
  t.after(() => api.close());
  const sound = randomBytes(20_000_000);
  desk.vault.put({ recordingId: 'long.r1-a' }, sound);
  const client = request(`${await api.listen()}/v1/recordings/long.r1-a/sound`, { headers: { 'x-api-key': KEY } });
  const [answer] = (await once(client.end(), 'response')) as [IncomingMessage];
  await once(answer, 'readable');
  // More than the buffers of both ends hold is still to come by then.
  await pause(3 * answerMs);
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part as Buffer);
  assert.ok(Buffer.concat(parts).equals(sound));
});
