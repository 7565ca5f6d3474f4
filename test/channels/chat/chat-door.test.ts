import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { ChatDoorOptions } from '../../../src/channels/chat/chat-door.ts';
import { Customer } from './customer.ts';
import { House, prompt, type Script } from './house.ts';

// The policy: what was said to be received is kept, whatever breaks; every line comes once and in order; and whoever is
// rude, slow or lost gets a code.

const houses: House[] = [];
afterEach(async () => {
  for (const house of houses.splice(0)) await house.close();
});

async function open(options: Partial<ChatDoorOptions> = {}, script?: Script): Promise<House> {
  const house = await House.open(options, script);
  houses.push(house);
  return house;
}

const greeting: Script = (event) =>
  event.kind === 'contact.arrived' ? [prompt(event.contactId, 'Good morning.', event.atMs)] : [];

const choices = [
  { key: '1', label: 'Sales' },
  { key: '2', label: 'Support' },
];

test('a customer who says hello arrives, is welcome, and reads what the site says', async () => {
  const house = await open({}, greeting);
  const hello = { to: 'sales', name: ' Maria\tP. ', language: 'de-AT', given: { order: 4711, vip: true } };
  const customer = await Customer.begin(house.url, hello);
  assert.deepEqual(await customer.lines(1), ['Good morning.']);
  const [welcome] = customer.of('welcome');
  const [line] = customer.of('message');
  assert.equal(welcome?.contactId, house.contactId);
  assert.deepEqual([line?.seq, line?.from, line?.at], [1, 'site', new Date(house.nowMs).toISOString()]);
  assert.deepEqual(await customer.next('status'), { type: 'status', status: 'flow' });
  const { contactId } = house;
  assert.deepEqual(
    house.taken.find(({ kind }) => kind === 'contact.arrived'),
    {
      kind: 'contact.arrived',
      atMs: house.nowMs,
      contactId,
      channel: 'chat',
      legId: contactId,
      from: 'Maria P.',
      to: 'sales',
      language: 'de-AT',
      given: { order: 4711, vip: true },
    },
  );
  const shown = house.taken.find(({ kind }) => kind === 'prompt.finished');
  assert.equal(shown?.kind === 'prompt.finished' && shown.result, 'done');
});

test('a line is received when it is kept, and comes back with its number', async () => {
  const house = await open();
  const customer = await Customer.begin(house.url);
  await customer.received(customer.write(' Hello\r\nthere\u0007 '));
  assert.deepEqual(house.received(), ['Hello\nthere']);
  assert.deepEqual(await customer.lines(1), ['Hello\nthere']);
  house.write('How can I help?');
  assert.deepEqual(await customer.lines(2), ['Hello\nthere', 'How can I help?']);
  const answer = customer.of('message')[1]!;
  assert.deepEqual([answer.seq, answer.from, answer.name], [2, 'agent', 'ANNA']);
});

test('a line that could not be kept is not said to be received, and may be sent again', async () => {
  const house = await open();
  const customer = await Customer.begin(house.url);
  house.journalFull = true;
  const id = customer.write('Hello');
  const error = await customer.next('error');
  assert.deepEqual([error.code, error.id], ['chat.unavailable', id]);
  assert.deepEqual(customer.of('received'), []);
  house.journalFull = false;
  customer.write('Hello', id);
  await customer.received(id);
  assert.deepEqual(house.received(), ['Hello']);
});

test('a line that is sent again is received again, and taken once', async () => {
  const house = await open();
  const customer = await Customer.begin(house.url);
  for (let time = 0; time < 3; time++) customer.write('Hello', 'a');
  await customer.until('three receipts', () => customer.of('received').length === 3);
  assert.deepEqual(house.received(), ['Hello']);
  assert.deepEqual(customer.texts(), ['Hello']);
});

test('after a break the rest comes, nothing is lost and nothing doubled', async () => {
  const house = await open({}, greeting);
  const customer = await Customer.begin(house.url);
  await customer.lines(1);
  customer.break();
  house.write('one');
  house.write('two');
  await customer.resume();
  assert.deepEqual(await customer.lines(3), ['Good morning.', 'one', 'two']);
  house.write('three');
  assert.deepEqual(await customer.lines(4), ['Good morning.', 'one', 'two', 'three']);
});

test('the token outlives a restart of the door, and so do the lines', async () => {
  const house = await open({}, greeting);
  const customer = await Customer.begin(house.url);
  await customer.lines(1);
  await house.close();
  assert.equal(await customer.closed(), 1012);
  await house.start();
  house.write('I am still here.');
  await customer.resume(house.url);
  assert.deepEqual(await customer.lines(2), ['Good morning.', 'I am still here.']);
  await customer.received(customer.write('So am I.'));
});

test('several pages of one customer see the same lines', async () => {
  const house = await open();
  const customer = await Customer.begin(house.url);
  const other = new Customer(house.url);
  other.token = customer.token;
  await other.resume();
  customer.write('from the one');
  other.write('from the other', 'x');
  const lines = ['from the one', 'from the other'];
  assert.deepEqual((await customer.lines(2)).toSorted(), lines);
  assert.deepEqual(await other.lines(2), customer.texts());
});

test('the page that was opened first is closed when there are too many of one chat', async () => {
  const house = await open({ limits: { connectionsOfContact: 2 } });
  const first = await Customer.begin(house.url);
  for (let page = 0; page < 2; page++) {
    const other = new Customer(house.url);
    other.token = first.token;
    await other.resume();
  }
  assert.equal(await first.closed(), 1008);
  assert.deepEqual(first.codes(), ['chat.replaced']);
});

test('a choice is taken as its key, and shown as its words', async () => {
  const house = await open();
  const customer = await Customer.begin(house.url);
  house.say('What is it about?', { choices });
  const question = await customer.next('message');
  assert.deepEqual(question.choices, choices);
  customer.send({ type: 'choose', id: 'a', key: '2', seq: question.seq });
  customer.send({ type: 'choose', id: 'a', key: '2', seq: question.seq });
  await customer.until('two receipts', () => customer.of('received').length === 2);
  const digits = house.taken.flatMap((event) => (event.kind === 'digit.received' ? [event.digit] : []));
  assert.deepEqual(digits, ['2']);
  assert.deepEqual(await customer.lines(2), ['What is it about?', 'Support']);
});

test('what cannot be chosen, or not any more, is refused', async () => {
  const house = await open();
  const customer = await Customer.begin(house.url);
  const choose = async (id: string, key: string, seq?: number): Promise<string> => {
    const before = customer.codes().length;
    customer.send({ type: 'choose', id, key, ...(seq === undefined ? {} : { seq }) });
    await customer.until('an error', () => customer.codes().length > before);
    return customer.codes().at(-1)!;
  };
  assert.equal(await choose('a', '1'), 'chat.choice_unknown');
  house.say('First?', { choices });
  const first = await customer.next('message');
  assert.equal(await choose('b', '7'), 'chat.choice_unknown');
  house.say('Second?', { choices });
  assert.equal(await choose('c', '1', first.seq), 'chat.choice_unknown');
  const { contactId, nowMs: atMs } = house;
  house.take({ kind: 'step.left', atMs, contactId, stepId: 'ask', outcome: 'no_input' });
  assert.equal(await choose('d', '1'), 'chat.choice_unknown');
  assert.ok(!house.taken.some(({ kind }) => kind === 'digit.received'));
});

test('what is sensitive is marked for the customer, and not kept', async () => {
  const house = await open();
  const customer = await Customer.begin(house.url);
  house.say('Your PIN?', { sensitive: true });
  assert.equal((await customer.next('message')).sensitive, true);
  const { contactId, nowMs: atMs } = house;
  const about = { atMs, contactId, messageId: 'a', text: '4711', sensitive: true } as const;
  house.take({ kind: 'message.received', ...about });
  house.write('Thank you.');
  assert.deepEqual(await customer.lines(3), ['Your PIN?', '', 'Thank you.']);
});

test('the status is told when it changes, and the place in the queue as it goes on', async () => {
  const house = await open({ limits: { lookMs: 10 } });
  const customer = await Customer.begin(house.url);
  await customer.next('status');
  house.status = { status: 'waiting', position: 3 };
  assert.deepEqual(await customer.next('status'), { type: 'status', status: 'waiting', position: 3 });
  house.status = { status: 'waiting', position: 2 };
  assert.deepEqual(await customer.next('status'), { type: 'status', status: 'waiting', position: 2 });
  house.status = { status: 'talking', agent: 'Anna' };
  assert.deepEqual(await customer.next('status'), { type: 'status', status: 'talking', agent: 'Anna' });
});

test('typing and what was seen are told on, but not at any price', async () => {
  const house = await open();
  const customer = await Customer.begin(house.url);
  house.write('one');
  house.write('two');
  await customer.lines(2);
  for (let time = 0; time < 5; time++) customer.send({ type: 'typing' });
  for (const seq of [1, 2, 1, 99]) customer.send({ type: 'ack', seq });
  await customer.received(customer.write('done'));
  const { contactId } = house;
  assert.deepEqual(house.signals, [
    { what: 'typing', contactId },
    { what: 'seen', contactId, seq: 1 },
    { what: 'seen', contactId, seq: 2 },
  ]);
  house.door.perform({ do: 'show_typing', contactId });
  await customer.next('typing');
});

test('bye ends the chat', async () => {
  const house = await open();
  const customer = await Customer.begin(house.url);
  customer.send({ type: 'bye' });
  assert.equal(await customer.closed(), 1000);
  assert.deepEqual(customer.of('status').at(-1), { type: 'status', status: 'ended' });
  const { contactId, nowMs: atMs } = house;
  const ended = { kind: 'contact.ended', atMs, contactId, cause: 'hung_up', endedBy: 'customer' };
  assert.deepEqual(house.taken.at(-1), ended);
});

test('a chat that the site ends is over when the last words are there; who was away may read them still', async () => {
  const house = await open();
  const here = await Customer.begin(house.url);
  house.say('Goodbye.');
  house.take({ kind: 'hangup.requested', atMs: house.nowMs, contactId: house.contactId, cause: 'normal' });
  assert.equal(await here.closed(), 1000);
  assert.deepEqual(here.texts(), ['Goodbye.']);
  const away = new Customer(house.url);
  away.token = here.token;
  await away.resume();
  assert.equal(await away.closed(), 1000);
  assert.deepEqual(away.texts(), ['Goodbye.']);
  house.transcripts.clear();
  const late = new Customer(house.url);
  late.token = here.token;
  await late.resume();
  assert.equal(await late.closed(), 1008);
  assert.deepEqual(late.codes(), ['chat.over']);
});

test('who is away for too long has left; who comes back in time has not', async () => {
  const house = await open({ limits: { lookMs: 10, awayMs: 60_000 } });
  const gone = await Customer.begin(house.url);
  const { contactId } = house;
  const back = await Customer.begin(house.url);
  gone.break();
  back.break();
  await back.until('the break is seen', () => house.door.health().detail === '0 connections');
  house.nowMs += 59_000;
  await back.resume();
  house.nowMs += 1_000;
  await back.until('the end of the other', () => house.taken.some(({ kind }) => kind === 'contact.ended'));
  const ended = { kind: 'contact.ended', atMs: house.nowMs, contactId, cause: 'lost', endedBy: 'customer' };
  assert.deepEqual(
    house.taken.filter(({ kind }) => kind === 'contact.ended'),
    [ended],
  );
});
