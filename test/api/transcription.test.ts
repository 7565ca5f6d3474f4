import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openEventStream, UNSENT_BYTES_MAX } from '../../src/api/transcript/event-stream.ts';
import type { Event } from '../../src/model/event.ts';
import { failed, ok } from '../../src/model/failure.ts';
import { deskFixture } from './desk-fixture.ts';
import { errorOf, get, KEY, post, startApi } from './harness.ts';

/** An API over rooms whose journal is what has happened in them. */
async function house(t: TestContext, limits = {}) {
  const fixture = deskFixture();
  const { rooms, hall } = fixture;
  const story: typeof fixture.story = async (contactId) => {
    const entries = rooms.journal.map((event, at) => ({ seq: at + 1, event }));
    const found = entries.filter(({ event }) => 'contactId' in event && event.contactId === contactId);
    return found.length > 0 ? ok(found) : failed('contact.unknown', 'There is no contact with this id.');
  };
  const { api, lines } = await startApi({ limits }, { ...fixture, story });
  t.after(() => api.close());
  const tell = (event: object): void => void hall.enter({ atMs: hall.now(), ...event } as Event);
  const talk = (): void => {
    rooms.readyAgent('anna');
    rooms.arrive('c1');
    rooms.press('c1', '1');
    tell({ kind: 'offer.answered', offerId: rooms.state.acd.items.get('c1')!.offers[0] });
  };
  const piece = (text: string, fromMs = hall.now()): void =>
    tell({
      kind: 'transcript.heard',
      contactId: 'c1',
      speaker: 'customer',
      text,
      confidence: 0.5,
      fromMs,
      toMs: fromMs,
    });
  const kinds = (): string[] => rooms.journal.map(({ kind }) => kind).filter((kind) => kind.startsWith('transcri'));
  return { api, rooms, hall, lines, tell, talk, piece, kinds };
}

type Told = { readonly id?: string; readonly event: string; readonly data: Record<string, unknown> };

/** A program that follows a stream. */
async function follower(address: string, headers: Record<string, string> = {}, query = '') {
  const url = `${address}/v1/contacts/c1/transcript/stream${query}`;
  const client = request(url, { headers: { 'x-api-key': KEY, ...headers } });
  const [answer] = (await once(client.end(), 'response')) as [IncomingMessage];
  let text = '';
  answer.on('error', () => undefined);
  client.on('error', () => undefined);
  answer.setEncoding('utf8').on('data', (more: string) => {
    text += more;
  });
  const told = (): Told[] =>
    text.split('\n\n').flatMap((block) => {
      const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)));
      return fields['event'] ? [{ ...fields, event: fields['event'], data: JSON.parse(fields['data']) }] : [];
    });
  const has = async (count: number): Promise<Told[]> => {
    for (let turns = 0; told().length < count; turns++) {
      assert.ok(turns < 500, `only this came: ${text}`);
      await pause(10);
    }
    return told();
  };
  return { client, answer, has, told };
}

test('a call is written down and not any more when the API asks, and both stand in the audit', async (t) => {
  const { api, talk, kinds, rooms } = await house(t);
  assert.equal(errorOf(await post(api, '/v1/contacts/c1/transcription/start')).code, 'transcription.no_talk');
  talk();
  const begun = await post(api, '/v1/contacts/c1/transcription/start', {});
  assert.deepEqual(JSON.parse(begun.body), {
    contactId: 'c1',
    transcribing: true,
    language: 'en',
    hearing: ['customer', 'agent'],
  });
  assert.equal((await post(api, '/v1/contacts/c1/transcription/start')).status, 200, 'harmless when repeated');
  const other = await post(api, '/v1/contacts/c1/transcription/start', { language: 'zh' });
  assert.equal(errorOf(other).code, 'transcription.no_engine');
  assert.equal((await post(api, '/v1/contacts/c1/transcription/start', { language: '!' })).status, 400);
  const over = JSON.parse((await post(api, '/v1/contacts/c1/transcription/stop')).body);
  assert.deepEqual([over.transcribing, over.hearing], [false, []]);
  assert.equal(errorOf(await post(api, '/v1/contacts/c1/transcription/stop')).code, 'transcription.not_running');
  assert.deepEqual(kinds(), ['transcription.started', 'transcription.stopped']);
  assert.ok(rooms.journal.every((event) => !event.kind.startsWith('transcription.') || 'by' in event));
});

test('the transcript has its pieces in the order in which they were said, in pages', async (t) => {
  const { api, talk, piece, kinds } = await house(t);
  talk();
  piece('second', 2_000);
  piece('first', 1_000);
  piece('third', 3_000);
  const { body, headers } = await get(api, '/v1/contacts/c1/transcript');
  const whole = JSON.parse(body);
  assert.deepEqual(
    whole.pieces.map(({ text }: { text: string }) => text),
    ['first', 'second', 'third'],
  );
  assert.equal(whole.pieces[0].from, '1970-01-01T00:00:01.000Z');
  assert.equal(whole.next, null);
  assert.equal(headers['cache-control'], 'private, no-store');
  const page = JSON.parse((await get(api, '/v1/contacts/c1/transcript?limit=2')).body);
  const rest = JSON.parse((await get(api, `/v1/contacts/c1/transcript?after=${page.next}`)).body);
  assert.deepEqual([page.pieces.length, rest.pieces.length, rest.next], [2, 1, null]);
  assert.deepEqual(kinds().at(-1), 'transcript.read');
  assert.equal(kinds().filter((kind) => kind === 'transcript.read').length, 1, 'three looks are one reading');
  assert.equal(errorOf(await get(api, '/v1/contacts/c9/transcript')).code, 'contact.unknown');
});

test('what is said stands in no story and in no log', async (t) => {
  const { api, talk, piece, lines } = await house(t);
  talk();
  piece('my secret is pear');
  const { body } = await get(api, '/v1/contacts/c1');
  assert.match(body, /transcript\.heard/);
  await get(api, '/v1/contacts/c1/transcript');
  assert.doesNotMatch(`${body}${JSON.stringify(lines)}`, /pear/);
});

test('without a key nothing is told', async (t) => {
  const { api } = await house(t);
  for (const url of ['/v1/contacts/c1/transcript', '/v1/contacts/c1/transcript/stream']) {
    assert.equal((await get(api, url, {})).status, 401);
  }
});

test('a stream tells what was said before and then what is said, once each, and ends with the call', async (t) => {
  const { api, talk, piece, tell, hall } = await house(t);
  talk();
  piece('before');
  const stream = await follower(await api.listen());
  assert.equal(stream.answer.headers['content-type'], 'text/event-stream');
  await stream.has(1);
  hall.signal({ what: 'partial_transcript', contactId: 'c1', speaker: 'agent', text: 'and' });
  piece('and then');
  tell({ kind: 'transcription.stopped', contactId: 'c1', by: 'system' });
  const ended = once(stream.answer, 'end');
  tell({ kind: 'contact.ended', contactId: 'c1', cause: 'hung_up', endedBy: 'customer' });
  await ended;
  const told = await stream.has(5);
  assert.deepEqual(
    told.map(({ event, data }) => [event, data['text'] ?? data['what'] ?? '']),
    [
      ['piece', 'before'],
      ['partial', 'and'],
      ['piece', 'and then'],
      ['change', 'transcription.stopped'],
      ['over', ''],
    ],
  );
  assert.equal(told[1]?.id, undefined, 'what is not kept has no number');
});

test('a connection that broke goes on after the last number and misses nothing', async (t) => {
  const { api, talk, piece } = await house(t);
  talk();
  piece('one');
  const address = await api.listen();
  const first = await follower(address);
  const [{ id = '' } = {}] = await first.has(1);
  first.client.destroy();
  piece('two');
  const second = await follower(address, { 'last-event-id': id });
  const third = await follower(address, {}, `?after=${id}`);
  piece('three');
  for (const stream of [second, third]) {
    const told = await stream.has(2);
    assert.deepEqual(
      told.map(({ data }) => data['text']),
      ['two', 'three'],
    );
  }
});

test('a stream of a call that is over tells all of it and ends', async (t) => {
  const { api, talk, piece, tell } = await house(t);
  talk();
  piece('all');
  tell({ kind: 'contact.ended', contactId: 'c1', cause: 'hung_up', endedBy: 'customer' });
  const stream = await follower(await api.listen());
  await once(stream.answer, 'end');
  assert.deepEqual(
    stream.told().map(({ event }) => event),
    ['piece', 'over'],
  );
});

test('who reads nothing is let go when too much waits, and who reads is not', async () => {
  let gone = 0;
  const slow = openEventStream(() => {
    gone += 1;
  });
  const good = openEventStream(() => assert.fail('a reader that reads is kept'));
  let read = 0;
  good.body.on('data', (bytes: Buffer) => {
    read += bytes.length;
  });
  const text = 'x'.repeat(4_000);
  let sent = 0;
  while (!slow.body.destroyed) {
    assert.ok(sent <= UNSENT_BYTES_MAX + 10_000, 'what waits is bounded');
    for (const stream of [slow, good]) stream.send('piece', { text });
    sent += text.length;
    await pause(1);
  }
  await pause(1);
  assert.ok(gone === 1 && read > UNSENT_BYTES_MAX - 10_000);
  slow.send('piece', { text });
  slow.end();
});

test('the bound on the time of an answer is not for streams', async (t) => {
  const { api, talk, piece } = await house(t, { answerMs: 200 });
  talk();
  const stream = await follower(await api.listen());
  await pause(300);
  piece('late');
  await stream.has(1);
});

test('more streams than allowed are refused, and the API closes with streams open', async (t) => {
  const { api, talk } = await house(t);
  talk();
  const address = await api.listen();
  const open = await Promise.all(Array.from({ length: 100 }, () => follower(address)));
  const refused = await fetch(`${address}/v1/contacts/c1/transcript/stream`, { headers: { 'x-api-key': KEY } });
  assert.equal(refused.status, 503);
  assert.match(await refused.text(), /stream\.full/);
  const ended = once(open[0]!.answer, 'end');
  await Promise.all([ended, api.close()]);
});
