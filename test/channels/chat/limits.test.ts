import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { WebSocket } from 'ws';
import type { ChatDoorOptions } from '../../../src/channels/chat/chat-door.ts';
import { Customer } from './customer.ts';
import { House } from './house.ts';

// The policy: everything that a stranger may send has a bound, and a code says which one was reached.

const houses: House[] = [];
afterEach(async () => {
  for (const house of houses.splice(0)) await house.close();
});

async function open(options: Partial<ChatDoorOptions> = {}): Promise<House> {
  const house = await House.open(options);
  houses.push(house);
  return house;
}

/** The status and the code of a connection that is refused before it is one. */
function refusal(url: string, options: object = {}): Promise<{ status: number; code: string }> {
  const socket = new WebSocket(url, options);
  return new Promise((done, fail) => {
    socket.on('open', () => fail(new Error('the connection was taken')));
    socket.on('error', () => undefined);
    socket.on('unexpected-response', (_request, response) => {
      let body = '';
      response.on('data', (part) => {
        body += part;
      });
      response.on('end', () => {
        const { error } = JSON.parse(body) as { error: { code: string } };
        done({ status: response.statusCode ?? 0, code: error.code });
      });
    });
  });
}

const WRONG: readonly [string, string][] = [
  ['no JSON', 'hello'],
  ['no object', '[1]'],
  ['no type', '{}'],
  ['a type that is unknown', '{"type":"shout"}'],
  ['a message without an id', '{"type":"message","text":"Hi"}'],
  ['an id with other characters', '{"type":"message","id":"a b","text":"Hi"}'],
  ['a message without a text', '{"type":"message","id":"a"}'],
  ['a text of blanks', '{"type":"message","id":"a","text":" \\n\\u0000 "}'],
  ['a text that is too long', JSON.stringify({ type: 'message', id: 'a', text: 'x'.repeat(4001) })],
  ['a key that no telephone has', '{"type":"choose","id":"a","key":"12"}'],
  ['a number that is none', '{"type":"ack","seq":-1}'],
];

for (const [what, text] of WRONG) {
  test(`${what} is malformed, and the chat goes on`, async () => {
    const house = await open();
    const customer = await Customer.begin(house.url);
    customer.send(text);
    assert.equal((await customer.next('error')).code, 'chat.malformed');
    await customer.received(customer.write('Hello'));
    assert.deepEqual(house.received(), ['Hello']);
  });
}

const WRONG_HELLOS: readonly object[] = [
  { to: 'a b' },
  { name: 'x'.repeat(101) },
  { name: 5 },
  { language: 'English' },
  { given: [] },
  { given: { 'a b': 1 } },
  { given: { a: { b: 1 } } },
  { given: { a: 'x'.repeat(201) } },
  { given: Object.fromEntries(Array.from({ length: 21 }, (_, place) => [`f${place}`, 1])) },
];

test('a hello that is not as it should be begins nothing', async () => {
  const house = await open();
  for (const hello of WRONG_HELLOS) {
    const customer = new Customer(house.url);
    await customer.connect();
    customer.send({ type: 'hello', ...hello });
    assert.equal((await customer.next('error')).code, 'chat.malformed', JSON.stringify(hello));
    customer.break();
  }
  assert.equal(house.transcripts.size, 0);
});

test('who does not begin with hello or resume is sent away', async () => {
  const house = await open();
  const customer = new Customer(house.url);
  await customer.connect();
  customer.send({ type: 'message', id: 'a', text: 'Hello' });
  assert.equal(await customer.closed(), 1008);
  assert.deepEqual(customer.codes(), ['chat.not_greeted']);
});

test('a second hello changes nothing', async () => {
  const house = await open();
  const customer = await Customer.begin(house.url);
  customer.send({ type: 'hello' });
  assert.equal((await customer.next('error')).code, 'chat.greeted_twice');
  assert.equal(house.transcripts.size, 1);
});

test('a token that is not ours opens nothing', async () => {
  const house = await open();
  const { token } = await Customer.begin(house.url);
  const [id, signature] = token.split('.');
  for (const wrong of ['', '.', id!, `${id}.`, `${id}x.${signature}`, `${id}.${signature!.slice(0, -4)}AAAA`]) {
    const thief = new Customer(house.url);
    thief.token = wrong;
    await thief.resume();
    assert.equal(await thief.closed(), 1008, wrong);
    assert.deepEqual(thief.codes(), ['chat.token_wrong'], wrong);
  }
});

test('who says nothing is not kept waiting for', async () => {
  const house = await open({ limits: { handshakeMs: 20 } });
  const customer = new Customer(house.url);
  await customer.connect();
  assert.equal(await customer.closed(), 1008);
  assert.deepEqual(customer.codes(), ['chat.timed_out']);
});

test('who writes too much at once is told to slow down, over all connections, and may go on later', async () => {
  const house = await open();
  const customer = await Customer.begin(house.url);
  for (let line = 0; line < 21; line++) customer.write(`line ${line}`);
  const error = await customer.next('error');
  assert.deepEqual([error.code, error.id], ['chat.slow_down', 'c21']);
  customer.break();
  await customer.resume();
  assert.equal((await customer.next('error')).id, 'c21');
  house.nowMs += 10_000;
  customer.send(customer.unsent.get('c21')!);
  await customer.received('c21');
  assert.equal(house.received().length, 21);
});

test('a flood of any kind ends the connection', async () => {
  const house = await open({ limits: { frames: 50 } });
  const customer = await Customer.begin(house.url);
  for (let time = 0; time < 60; time++) customer.send({ type: 'typing' });
  assert.equal(await customer.closed(), 1008);
  assert.deepEqual(customer.codes(), ['chat.slow_down']);
});

test('a message of more bytes than allowed ends the connection', async () => {
  const house = await open();
  const customer = await Customer.begin(house.url);
  customer.send(JSON.stringify({ type: 'typing', more: 'x'.repeat(40_000) }));
  assert.equal(await customer.closed(), 1009);
});

test('one address may begin so many chats in a minute', async () => {
  const house = await open({ limits: { newChats: 2 } });
  for (let chat = 0; chat < 2; chat++) await Customer.begin(house.url);
  const third = new Customer(house.url);
  await third.connect();
  third.send({ type: 'hello' });
  assert.equal(await third.closed(), 1008);
  assert.deepEqual(third.codes(), ['chat.slow_down']);
  house.nowMs += 60_000;
  await Customer.begin(house.url);
});

test('connections over the bounds are refused, in all and of one address', async () => {
  const full = await open({ limits: { connections: 1 } });
  await Customer.begin(full.url);
  assert.deepEqual(await refusal(full.url), { status: 503, code: 'chat.full' });
  const house = await open({ limits: { connectionsOfAddress: 1 }, behindProxy: true });
  const from = (address: string): object => ({ headers: { 'x-forwarded-for': `10.0.0.1, ${address}` } });
  const first = await Customer.begin(house.url, {}, from('192.0.2.1'));
  assert.deepEqual(await refusal(house.url, from('192.0.2.1')), { status: 429, code: 'chat.address_full' });
  await Customer.begin(house.url, {}, from('192.0.2.2'));
  first.break();
  await first.until('the place is free again', () => house.door.health().detail === '1 connections');
  await Customer.begin(house.url, {}, from('192.0.2.1'));
});

test('a page of another origin is refused, unless it is allowed', async () => {
  const strict = await open();
  const other = { origin: 'https://elsewhere.example' };
  assert.deepEqual(await refusal(strict.url, other), { status: 403, code: 'chat.origin_refused' });
  const own = new URL(strict.url);
  await Customer.begin(strict.url, {}, { origin: `http://${own.host}` });
  const named = await open({ origins: ['https://elsewhere.example'] });
  await Customer.begin(named.url, {}, other);
  const all = await open({ origins: ['*'] });
  await Customer.begin(all.url, {}, other);
});

test('when no more can be kept, no new chat is taken', async () => {
  const house = await open();
  house.journalFull = true;
  const customer = new Customer(house.url);
  await customer.connect();
  customer.send({ type: 'hello' });
  assert.equal(await customer.closed(), 1013);
  assert.deepEqual(customer.codes(), ['chat.refused']);
});

test('who does not answer to a ping is not there any more', async () => {
  const house = await open({ limits: { lookMs: 10, pingMs: 1_000 } });
  const alive = await Customer.begin(house.url);
  const silent = await Customer.begin(house.url, {}, { autoPong: false });
  house.nowMs += 1_000;
  await silent.until('a ping', () => true);
  await new Promise((done) => setTimeout(done, 60));
  house.nowMs += 1_000;
  assert.equal(await silent.closed(), 1006);
  await alive.received(alive.write('Hello'));
});
