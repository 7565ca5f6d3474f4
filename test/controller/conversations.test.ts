import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgentNews, Conversations } from '../../src/controller/chat/conversations.ts';
import { createConversations } from '../../src/controller/chat/create-conversations.ts';
import type { Result } from '../../src/model/failure.ts';
import type { Queue } from '../../src/model/queue.ts';
import { type AgentInTest, site } from '../acd/site.ts';
import { flowSet, Rooms } from './hall-state.ts';
import { HallOfRooms } from './talking-hall.ts';

// The policy: an agent takes, writes, hands on and closes a chat without a phone, and is told at once what happens.

type House = { readonly rooms: Rooms; readonly hall: HallOfRooms; readonly desk: Conversations };

function house(
  agents: Record<string, AgentInTest> = { anna: {}, ben: {} },
  queues: Record<string, Partial<Queue>> = { sales: {}, support: {} },
): House {
  const rooms = new Rooms(flowSet(site(agents, queues)));
  const hall = new HallOfRooms(rooms);
  return { rooms, hall, desk: createConversations(hall) };
}

function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.failure.code;
}

/** Logs an agent in who has no phone. */
function logIn({ hall }: House, ...agentIds: string[]): void {
  for (const agentId of agentIds) hall.enter({ kind: 'agent.logged_in', atMs: hall.now(), agentId, by: 'api' });
}

function offerOf({ rooms }: House, agentId: string): string {
  const work = rooms.state.acd.agents.get(agentId)?.work.find(({ stage }) => stage === 'ringing');
  if (!work) throw new Error(`${agentId} is offered nothing`);
  return work.offerId;
}

/** Anna talks with the customer of a chat. */
function talking(): House {
  const made = house();
  logIn(made, 'anna');
  made.hall.chat('m1');
  assert.equal(codeOf(made.desk.accept(offerOf(made, 'anna'))), 'ok');
  return made;
}

function newsOf({ desk }: House, agentId: string): AgentNews[] {
  const news: AgentNews[] = [];
  desk.follow(agentId, (one) => news.push(one));
  return news;
}

const kinds = (news: readonly AgentNews[]): string[] => news.map(({ type }) => type).filter((type) => type !== 'agent');

test('a chat comes through the flow to an agent without a phone, who accepts it', () => {
  const made = house();
  logIn(made, 'anna');
  made.hall.chat('m1');
  const offerId = offerOf(made, 'anna');
  const accepted = made.desk.accept(offerId);
  assert.ok(accepted.ok);
  assert.equal(accepted.value?.stage, 'talking');
  assert.equal(accepted.value?.channel, 'chat');
  assert.equal(codeOf(made.desk.accept(offerId)), 'ok', 'twice is harmless');
  assert.equal(codeOf(made.desk.reject(offerId)), 'offer.taken');
});

test('what is not offered to this agent, or rings a phone, cannot be accepted', () => {
  const made = house();
  made.rooms.readyAgent('anna');
  made.rooms.arrive('c1');
  made.rooms.press('c1', '1');
  assert.equal(codeOf(made.desk.accept(offerOf(made, 'anna'))), 'offer.by_phone');
  assert.equal(codeOf(made.desk.accept('nothing')), 'offer.unknown');
  logIn(made, 'ben');
  made.hall.chat('m1');
  assert.equal(codeOf(made.desk.accept(offerOf(made, 'ben'), 'anna')), 'offer.unknown');
  assert.equal(codeOf(made.desk.accept(offerOf(made, 'ben'), 'ben')), 'ok');
});

test('a chat that is rejected goes to the next agent, in its old place', () => {
  const made = house();
  logIn(made, 'anna', 'ben');
  made.hall.chat('m1');
  assert.equal(codeOf(made.desk.reject(offerOf(made, 'anna'))), 'ok');
  assert.equal(made.rooms.state.acd.agents.get('anna')?.work.length, 0);
  assert.equal(codeOf(made.desk.accept(offerOf(made, 'ben'))), 'ok');
});

test('both write, each line stands once, and the agent may repeat a request', () => {
  const { hall, desk } = talking();
  hall.line('m1', 'I have a question.');
  const first = desk.write('m1', { text: ' Please ask. ', id: 'a' });
  const again = desk.write('m1', { text: ' Please ask. ', id: 'a' });
  assert.deepEqual(again, first);
  const found = desk.lines('m1', 2);
  assert.ok(found.ok);
  assert.deepEqual(
    found.value.lines.map(({ seq, from, text, name }) => [seq, from, text, name]),
    [
      [3, 'customer', 'I have a question.', undefined],
      [4, 'agent', 'Please ask.', 'anna'],
    ],
  );
  assert.equal(found.value.over, false);
});

test('only the agent who talks to a contact writes to it, and only what can be read', () => {
  const made = talking();
  const { hall, desk, rooms } = made;
  assert.equal(codeOf(desk.write('m1', { text: 'Hi', agentId: 'ben' })), 'contact.not_talking');
  assert.equal(codeOf(desk.write('m1', { text: ' \u0000 ' })), 'message.invalid');
  assert.equal(codeOf(desk.write('m1', { text: 'x'.repeat(4001) })), 'message.invalid');
  assert.equal(codeOf(desk.write('nobody', { text: 'Hi' })), 'contact.unknown');
  hall.chat('m2');
  assert.equal(codeOf(desk.write('m2', { text: 'Hi' })), 'contact.not_talking');
  rooms.arrive('c1');
  assert.equal(codeOf(desk.write('c1', { text: 'Hi' })), 'contact.not_written');
  assert.equal(codeOf(desk.lines('c1', 0)), 'contact.not_written');
  hall.journalFull = true;
  assert.equal(codeOf(desk.write('m1', { text: 'Hi' })), 'journal.unavailable');
});

test('a transfer to another agent ends the part of the first, who wraps up, and reaches the second', () => {
  const made = talking();
  logIn(made, 'ben');
  assert.equal(codeOf(made.desk.transfer('m1', { agentId: 'ben' }, 'anna')), 'ok');
  const { agents, items } = made.rooms.state.acd;
  assert.deepEqual(
    agents.get('anna')?.work.map(({ stage }) => stage),
    [],
  );
  assert.equal(items.get('m1')?.queueId, '@ben');
  assert.equal(codeOf(made.desk.accept(offerOf(made, 'ben'))), 'ok');
  const found = made.desk.lines('m1', 0);
  assert.ok(found.ok && found.value.lines.length >= 2, 'the second agent reads all of it');
});

test('a transfer goes to a queue or a flow that is there, and nowhere else', () => {
  const { desk, rooms } = talking();
  assert.equal(codeOf(desk.transfer('m1', { queueId: 'nothing' })), 'queue.unknown');
  assert.equal(codeOf(desk.transfer('m1', { agentId: 'nobody' })), 'agent.unknown');
  assert.equal(codeOf(desk.transfer('m1', { agentId: 'ben' })), 'agent.logged_out');
  assert.equal(codeOf(desk.transfer('m1', { flowId: 'nothing' })), 'flow.unknown');
  assert.equal(codeOf(desk.transfer('m1', { queueId: 'support' }, 'ben')), 'contact.not_talking');
  assert.equal(codeOf(desk.transfer('m1', { queueId: 'support' })), 'ok');
  assert.equal(rooms.state.acd.items.get('m1')?.queueId, 'support');
  assert.equal(rooms.state.flow.sessions.get('m1')?.stepId, 'wait', 'the flow waits on in its step');
});

test('a transfer to a flow begins it', () => {
  const { desk, rooms } = talking();
  assert.equal(codeOf(desk.transfer('m1', { flowId: 'main' })), 'ok');
  assert.equal(rooms.state.acd.items.has('m1'), false);
  assert.equal(rooms.state.flow.sessions.get('m1')?.stepId, 'choose');
});

test('who closes has done with the contact, whose flow goes on to its end', () => {
  const { desk, rooms } = talking();
  assert.equal(codeOf(desk.close('m1')), 'ok');
  const handled = rooms.journal.find(({ kind }) => kind === 'contact.handled');
  assert.equal(handled?.kind === 'contact.handled' && handled.endedBy, 'agent');
  assert.equal(rooms.state.flow.sessions.get('m1')?.stage, 'ended');
  assert.ok(rooms.journal.some(({ kind }) => kind === 'hangup.requested'));
  assert.equal(codeOf(desk.close('m1')), 'contact.not_talking');
});

test('the customer sees when the agent who talks is writing', () => {
  const { desk, hall } = talking();
  assert.equal(codeOf(desk.showTyping('m1', 'ben')), 'contact.not_talking');
  assert.equal(codeOf(desk.showTyping('m1', 'anna')), 'ok');
  assert.deepEqual(hall.commands, [{ do: 'show_typing', contactId: 'm1' }]);
});

test('an agent is told of the offer, the talk, each line once, and the end', () => {
  const made = house();
  logIn(made, 'anna');
  const news = newsOf(made, 'anna');
  const others = newsOf(made, 'ben');
  made.hall.chat('m1');
  made.desk.accept(offerOf(made, 'anna'));
  made.hall.line('m1', 'Hello');
  made.hall.signal({ what: 'typing', contactId: 'm1' });
  made.desk.write('m1', { text: 'Hello, Maria' });
  made.hall.signal({ what: 'seen', contactId: 'm1', seq: 4 });
  made.desk.close('m1');
  assert.deepEqual(kinds(news), ['offer', 'contact', 'message', 'typing', 'message', 'seen', 'contact.handled']);
  const talk = news.find((one) => one.type === 'contact');
  assert.deepEqual(
    talk?.type === 'contact' && talk.contact.lines.map(({ text }) => text),
    ['Press 1.', '1'],
    'what was written before comes with the contact',
  );
  const lines = news.flatMap((one) => (one.type === 'message' ? [[one.line.seq, one.line.text]] : []));
  assert.deepEqual(lines, [
    [3, 'Hello'],
    [4, 'Hello, Maria'],
  ]);
  assert.deepEqual(kinds(others), []);
});

test('an agent is told of changes of her own state, and only of changes', () => {
  const made = house();
  const news = newsOf(made, 'anna');
  logIn(made, 'anna');
  made.hall.enter({ kind: 'phone.changed', atMs: made.hall.now(), agentId: 'ben', phone: 'idle' });
  made.hall.chat('m1');
  const states = news.flatMap((one) => (one.type === 'agent' ? [one.agent.state] : []));
  assert.deepEqual(states, ['unreachable', 'ringing']);
});

test('an offer that is taken back is told with its reason', () => {
  const made = house();
  logIn(made, 'anna');
  const news = newsOf(made, 'anna');
  made.hall.chat('m1');
  made.hall.enter({
    kind: 'contact.ended',
    atMs: made.hall.now(),
    contactId: 'm1',
    cause: 'hung_up',
    endedBy: 'customer',
  });
  const withdrawn = news.find((one) => one.type === 'offer.withdrawn');
  assert.equal(withdrawn?.type === 'offer.withdrawn' && withdrawn.reason, 'customer_gone');
});

test('the situation of an agent has all that is in hand, also after a restart of who tells', () => {
  const made = talking();
  made.hall.line('m1', 'Hello');
  logIn(made, 'ben');
  made.hall.chat('m2');
  const again: House = { ...made, desk: createConversations(made.hall) };
  const news = newsOf(again, 'anna');
  const found = again.desk.situation('anna');
  assert.ok(found.ok);
  assert.deepEqual(
    found.value.contacts.map(({ contactId, seq }) => [contactId, seq]),
    [['m1', 3]],
  );
  again.hall.line('m1', 'Are you there?');
  assert.deepEqual(kinds(news), ['message'], 'only what is new');
  assert.equal(codeOf(again.desk.situation('nobody')), 'agent.unknown');
});
