import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AgentClient } from '../api/agent-client.ts';
import { Customer } from '../channels/chat/customer.ts';
import { Scene } from './scene.ts';
import { until } from './until.ts';

// A chat through the whole program: a flow, the same queue as calls, agents within their capacity, and nothing lost
// when connections break or the controller is killed.

const SITE = `
site: Calls and chats
numbers: { "200": sales, chat: chat }
queues:
  sales: { answer_within: 5s, rest: 1s, wrap_up: 0s }
  support: { answer_within: 5s, rest: 1s, wrap_up: 0s }
capacities:
  default: { load: 100, voice: { max: 1, weight: 60 }, chat: { max: 2, weight: 20 } }
agents:
  anna: { name: Anna, extension: "1001", queues: [sales] }
  ben: { name: Ben, extension: "1002", queues: [support] }
  carla: { extension: "1003", queues: [support] }
  dora: { extension: "1004", queues: [support] }
  emil: { extension: "1005", queues: [support] }
  fritz: { extension: "1006", queues: [support] }
`;

const CHAT = `
steps:
  choose:
    type: menu
    prompt: Good morning. What is it about?
    options:
      "1": { next: account, label: An order }
      "2": { next: bye, label: Nothing }
    timeout: 1m
  account: { type: gather, prompt: Your account number?, into: account, min: 3, max: 10, timeout: 1m }
  thanks: { type: play, prompt: "Thank you, \${{ vars.account }}." }
  wait: { type: queue, queue: sales }
  bye: { type: play, prompt: Goodbye. }
  end: { type: hangup }
`;

const SALES = 'steps: { wait: { type: queue, queue: sales }, end: { type: hangup } }';

let scene: Scene;
before(async () => {
  scene = await Scene.open({ files: { 'site.yaml': SITE, 'chat.yaml': CHAT, 'sales.yaml': SALES } });
});
after(() => scene?.close());

const chatUrl = (): string => `ws://127.0.0.1:${scene.exchange.slot.http}/chat/socket`;

async function agent(id: string): Promise<AgentClient> {
  const { slot, secrets } = scene.exchange;
  return AgentClient.open(`ws://127.0.0.1:${slot.http}/v1/agents/${id}/socket`, secrets.apiKey);
}

/** A customer who came through the flow to the queue. */
async function waiting(name = 'Maria'): Promise<Customer> {
  const customer = await Customer.begin(chatUrl(), { name });
  const question = await customer.next('message');
  assert.deepEqual(question.choices, [
    { key: '1', label: 'An order' },
    { key: '2', label: 'Nothing' },
  ]);
  customer.send({ type: 'choose', id: 'choice', key: '1', seq: question.seq });
  assert.equal((await customer.lines(3))[2], 'Your account number?');
  await customer.received(customer.write('4711'));
  await customer.lines(5);
  return customer;
}

async function accepts(client: AgentClient): Promise<string> {
  const { offer } = (await client.next('offer')) as unknown as { offer: { offerId: string; contactId: string } };
  await client.ask({ type: 'accept', offerId: offer.offerId });
  return offer.contactId;
}

const UP_TO_THE_QUEUE = [
  'Good morning. What is it about?',
  'An order',
  'Your account number?',
  '4711',
  'Thank you, 4711.',
];

test('a chat comes through a flow to the agent who has a call already, is written, handed on and closed', async () => {
  await scene.staff('anna');
  const { line } = await scene.call('200');
  const ring = await scene.phone('anna').nextRing();
  await ring.answer();
  await scene.agentIs('anna', 'talking');
  const anna = await agent('anna');
  const customer = await waiting();
  const contactId = await accepts(anna);
  assert.deepEqual((await anna.next('contact'))['contact'] && (await scene.agent('anna')).state, 'talking');
  await customer.received(customer.write('Where is my order?'));
  await anna.until('the question', () => anna.of('message').length > 0);
  // The connection breaks while the agent writes.
  customer.break();
  await anna.ask({ type: 'message', contactId, id: 'a1', text: 'One moment, please.' });
  await anna.ask({ type: 'message', contactId, id: 'a2', text: 'Ben will help you.' });
  await customer.resume();
  const both = [...UP_TO_THE_QUEUE, 'Where is my order?', 'One moment, please.', 'Ben will help you.'];
  assert.deepEqual(await customer.lines(both.length), both);
  await scene.exchange.post('/v1/agents/ben/login');
  const ben = await agent('ben');
  await anna.ask({ type: 'transfer', contactId, agent: 'ben' });
  await anna.next('contact.handled');
  assert.equal(await accepts(ben), contactId);
  const { contact } = (await ben.next('contact')) as unknown as { contact: { lines: { text: string }[] } };
  assert.deepEqual(
    contact.lines.map(({ text }) => text),
    both,
  );
  await ben.ask({ type: 'message', contactId, id: 'b1', text: 'It is on its way.' });
  await ben.ask({ type: 'close', contactId });
  assert.deepEqual(await customer.lines(both.length + 2), [...both, 'It is on its way.', 'Goodbye.']);
  assert.equal(await customer.closed(), 1000);
  const { summary } = await scene.story(contactId);
  assert.deepEqual(
    summary.queues.map(({ queue, agent, outcome }) => [queue, agent, outcome]),
    [
      ['sales', 'anna', 'answered'],
      ['@ben', 'ben', 'answered'],
    ],
  );
  assert.ok(!line.hasEnded, 'the call was not disturbed');
  await line.hangUp();
  anna.break();
  ben.break();
  await scene.reset();
});

test('the controller is killed with chats in a menu, waiting and talking, and nothing that was received is lost', async () => {
  await scene.exchange.post('/v1/agents/anna/login');
  const anna = await agent('anna');
  const inMenu = await Customer.begin(chatUrl(), { name: 'in the menu' });
  await inMenu.next('message');
  const talking = await waiting('talking');
  const contactId = await accepts(anna);
  await talking.received(talking.write('Hello'));
  await anna.ask({ type: 'message', contactId, id: 'a1', text: 'Good morning' });
  const second = await waiting('second');
  await accepts(anna);
  const third = await waiting('third');
  await third.until('the place in line', () => third.of('status').at(-1)?.status === 'waiting');
  for (let line = 0; line < 10; line++) talking.write(`line ${line}`);
  await scene.exchange.killController();
  await scene.exchange.startController();
  for (const customer of [inMenu, talking, second, third]) await customer.resume();
  await talking.until('all receipts', () => talking.unsent.size === 0);
  const lines = [...UP_TO_THE_QUEUE, 'Hello', 'Good morning', ...Array.from({ length: 10 }, (_, at) => `line ${at}`)];
  assert.deepEqual(await talking.lines(lines.length), lines);
  assert.equal(talking.of('status').at(-1)?.status, 'talking');
  const again = await agent('anna');
  const welcome = again.of('welcome')[0] as unknown as { contacts: { lines: { text: string }[] }[] };
  assert.deepEqual(
    welcome.contacts[0]?.lines.map(({ text }) => text),
    lines,
  );
  await again.ask({ type: 'message', contactId, id: 'a2', text: 'Welcome back' });
  assert.equal((await talking.lines(lines.length + 1)).at(-1), 'Welcome back');
  // The question that was asked before still stands, and is not asked twice.
  assert.deepEqual(inMenu.texts(), ['Good morning. What is it about?']);
  inMenu.send({ type: 'choose', id: 'choice', key: '2' });
  assert.equal(await inMenu.closed(), 1000);
  // Who waited still waits, and is next.
  await again.ask({ type: 'close', contactId });
  await accepts(again);
  await until('the third talks', () => third.of('status').at(-1)?.status === 'talking' || undefined);
  for (const customer of [second, third]) {
    customer.send({ type: 'bye' });
    assert.equal(await customer.closed(), 1000);
  }
  again.break();
  await scene.quiet();
});

test('the page is served without a key, with a policy that lets it talk to nobody else', async () => {
  const base = `http://127.0.0.1:${scene.exchange.slot.http}`;
  for (const path of ['/chat', '/chat/chat.css', '/chat/chat.js']) {
    const answer = await fetch(base + path);
    assert.equal(answer.status, 200, path);
    assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'; script-src 'self'/);
  }
});
