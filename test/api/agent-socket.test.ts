import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { WebSocket } from 'ws';
import { AgentClient } from './agent-client.ts';
import { KEY, startApi } from './harness.ts';

// The agent's program over WebSocket: it is told what happens as it happens, and told the rest after a break.

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const api of open.splice(0)) await api.close();
});

/** An API over real rooms in which anna is logged in. */
async function start() {
  const { api, desk } = await startApi();
  open.push(api);
  const url = `${(await api.listen()).replace('http', 'ws')}/v1/agents/anna/socket`;
  const { hall } = desk;
  hall.enter({ kind: 'agent.logged_in', atMs: hall.now(), agentId: 'anna', by: 'api' });
  return { api, hall, url, desk };
}

const logIn = { type: 'log_in' };

test('an agent logs in, takes a chat, writes, reads and closes over one connection', async () => {
  const { hall, url } = await start();
  const anna = await AgentClient.open(url, KEY);
  const welcome = await anna.next('welcome');
  assert.deepEqual([welcome['resumed'], welcome['offers'], welcome['contacts']], [false, [], []]);
  hall.chat('m1');
  const { offer } = (await anna.next('offer')) as unknown as { offer: Record<string, unknown> };
  assert.deepEqual([offer['contactId'], offer['from'], offer['byPhone']], ['m1', 'Maria', false]);
  assert.match(String(offer['deadline']), /Z$/);
  await anna.ask({ type: 'accept', offerId: offer['offerId'] });
  const { contact } = (await anna.next('contact')) as unknown as { contact: { lines: { text: string }[] } };
  assert.deepEqual(
    contact.lines.map(({ text }) => text),
    ['Press 1.', '1'],
  );
  hall.line('m1', 'Hello');
  const { line } = (await anna.next('message')) as unknown as { line: Record<string, unknown> };
  assert.deepEqual([line['seq'], line['from'], line['text']], [3, 'customer', 'Hello']);
  await anna.ask({ type: 'typing', contactId: 'm1' });
  await anna.ask({ type: 'message', contactId: 'm1', id: 'a', text: 'Hello, Maria' });
  hall.signal({ what: 'seen', contactId: 'm1', seq: 4 });
  assert.equal((await anna.next('seen'))['seq'], 4);
  await anna.ask({ type: 'close', contactId: 'm1' });
  assert.equal((await anna.next('contact.handled'))['endedBy'], 'agent');
});

test('news are numbered without gaps, and come again after a break', async () => {
  const { hall, url } = await start();
  const anna = await AgentClient.open(url, KEY);
  hall.chat('m1');
  await anna.next('offer');
  anna.break();
  hall.chat('m2');
  hall.enter({ kind: 'agent.logged_out', atMs: hall.now(), agentId: 'anna', by: 'api' });
  await anna.resume(KEY);
  await anna.until('the withdrawal', () => anna.of('offer.withdrawn').length > 0);
  const numbers = anna.numbers();
  assert.deepEqual(
    numbers,
    numbers.map((_, place) => place + 1),
  );
  assert.equal(anna.of('welcome').at(-1)?.['resumed'], true);
});

test('who comes back to another stream, or too late, is told all anew', async () => {
  const { url } = await start();
  const anna = await AgentClient.open(url, KEY);
  anna.break();
  anna.stream = 'of-a-life-before';
  await anna.resume(KEY);
  const last = anna.of('welcome').at(-1);
  assert.equal(last?.['resumed'], false);
  assert.ok(last?.['agent']);
});

test('the key comes in the header or in the first message, and never by the address', async () => {
  const { url } = await start();
  const inHeader = await AgentClient.open(url, undefined, { headers: { 'x-api-key': KEY } });
  await inHeader.next('welcome');
  for (const [key, code] of [
    [undefined, 'auth.missing'],
    ['wrong', 'auth.wrong'],
  ] as const) {
    const client = await AgentClient.open(`${url}?key=${KEY}`, key);
    assert.equal(await client.closed(), 1008);
    assert.deepEqual(client.codes(), [code]);
  }
  await assert.rejects(AgentClient.open(url, undefined, { headers: { 'x-api-key': 'wrong' } }), /401/);
});

test('an agent whom the site does not have, and a path that is none, are refused', async () => {
  const { url } = await start();
  const nobody = await AgentClient.open(url.replace('anna', 'nobody'), KEY);
  assert.equal(await nobody.closed(), 1008);
  assert.deepEqual(nobody.codes(), ['agent.unknown']);
  await assert.rejects(AgentClient.open(url.replace('socket', 'sockets'), KEY), /404/);
});

const WRONG: readonly [unknown, string][] = [
  ['hello', 'request.malformed'],
  [{ type: 'shout' }, 'request.invalid'],
  [{ type: 'accept' }, 'request.invalid'],
  [{ type: 'message', contactId: 'm1', text: 'Hi' }, 'request.invalid'],
  [{ type: 'message', contactId: 'm1', id: 'a', text: 'x'.repeat(4001) }, 'request.invalid'],
  [{ type: 'transfer', contactId: 'm1' }, 'request.invalid'],
  [{ type: 'transfer', contactId: 'm1', queue: 'sales', agent: 'ben' }, 'request.invalid'],
  [{ type: 'accept', offerId: 'nothing' }, 'offer.unknown'],
  [{ type: 'close', contactId: 'nobody' }, 'contact.unknown'],
  [{ type: 'pause', reason: 'nothing' }, 'agent.logged_out'],
];

for (const [message, code] of WRONG) {
  test(`${JSON.stringify(message).slice(0, 80)} is answered with ${code}, and the connection goes on`, async () => {
    const { url } = await start();
    const anna = await AgentClient.open(url, KEY);
    anna.send(typeof message === 'string' ? message : { ...(message as object), ref: 'r' });
    const error = await anna.next('error');
    assert.equal(error['code'], code);
    if (typeof message !== 'string') assert.equal(error['ref'], 'r');
    await anna.ask(logIn);
  });
}

test('what an agent asks for about herself is asked of the desk', async () => {
  const { url, desk } = await start();
  const anna = await AgentClient.open(url, KEY);
  await anna.ask(logIn);
  await anna.ask({ type: 'pause', reason: 'lunch' });
  await anna.ask({ type: 'ready' });
  await anna.ask({ type: 'log_out' });
  const wishes = ['log_in', 'pause', 'ready', 'log_out'];
  assert.deepEqual(
    desk.asked,
    wishes.map((wish) => ({ agentId: 'anna', wish, by: 'api' })),
  );
});

test('who says something else before hello is sent away', async () => {
  const { url } = await start();
  const socket = new WebSocket(url);
  const code = await new Promise<number>((done) => {
    socket.on('open', () => socket.send(JSON.stringify(logIn)));
    socket.on('close', done);
  });
  assert.equal(code, 1008);
});

test('a program that reads nothing is let go, and the others are not held up', async () => {
  const { hall, url, desk } = await start();
  const anna = await AgentClient.open(url, KEY);
  hall.chat('m1');
  const { offer } = (await anna.next('offer')) as unknown as { offer: { offerId: string } };
  const { offerId } = offer;
  assert.ok(desk.conversations.accept(offerId).ok);
  const slow = await AgentClient.open(url, KEY);
  slow.stopReading();
  for (let line = 0; line < 4000 && slow.closedWith === undefined; line++) {
    hall.line('m1', 'x'.repeat(4000), `c${line}`);
    if (line % 50 === 0) await new Promise((done) => setImmediate(done));
  }
  await anna.until('many lines', () => anna.of('message').length > 1000);
  slow.readOn();
  assert.equal(await slow.closed(), 1006);
  await anna.ask({ type: 'typing', contactId: 'm1' });
});

test('programs that are connected leave the plain connections their room', async () => {
  const { api } = await startApi({ limits: { connections: 1 } });
  open.push(api);
  const address = await api.listen();
  const url = `${address.replace('http', 'ws')}/v1/agents/anna/socket`;
  for (let program = 0; program < 3; program++) await (await AgentClient.open(url, KEY)).next('welcome');
  const answer = await fetch(`${address}/v1/queues`, { headers: { 'x-api-key': KEY, connection: 'close' } });
  assert.equal(answer.status, 200);
});

test('when the API closes, programs are told to come back', async () => {
  const { api, url } = await start();
  const anna = await AgentClient.open(url, KEY);
  await anna.next('welcome');
  await api.close();
  assert.equal(await anna.closed(), 1012);
  assert.deepEqual(anna.codes(), ['socket.stopping']);
});
