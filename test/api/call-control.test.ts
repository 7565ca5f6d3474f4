import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCallControl } from '../../src/controller/call-control/control-calls.ts';
import { createConversations } from '../../src/controller/chat/create-conversations.ts';
import { contactViews } from '../../src/controller/contact-view.ts';
import { Switchboard } from '../calls/switchboard.ts';
import { HallOfRooms } from '../controller/talking-hall.ts';
import { deskFixture } from './desk-fixture.ts';
import { errorOf, KEY, post, startApi } from './harness.ts';

/** An API over real rooms in which Anna talks to contact `c1`, and Ben is free. */
async function talking() {
  const rooms = new Switchboard();
  rooms.talk();
  rooms.readyAgent('ben');
  const hall = new HallOfRooms(rooms);
  const control = { callControl: createCallControl(hall), conversations: createConversations(hall) };
  const { api } = await startApi({ desk: { ...deskFixture(), ...control, contacts: () => contactViews(rooms.state) } });
  const ask = (path: string, body: object | null = null) => post(api, `/v1/contacts/c1/${path}`, body ?? {});
  const remove = (legId: string) =>
    api.inject({ method: 'DELETE', url: `/v1/contacts/c1/parties/${legId}`, headers: { 'x-api-key': KEY } });
  const call = async (path: string, body?: object) => JSON.parse((await ask(path, body)).body).contact.call;
  return { rooms, api, ask, remove, call };
}

type Party = { who: string; agentId?: string; place?: string; muted: boolean };

function seen(parties: readonly Party[]): string[] {
  return parties.map(({ who, agentId = '', place = '-' }) => `${who} ${agentId} ${place}`);
}

test('hold and back, and what the call looks like meanwhile', async () => {
  const { call } = await talking();
  const held = await call('hold', { agentId: 'anna' });
  assert.equal(held.held, true);
  assert.deepEqual(seen(held.parties), ['customer  -', 'agent anna -']);
  const back = await call('retrieve');
  assert.equal(back.held, false);
  assert.deepEqual(seen(back.parties), ['customer  talk', 'agent anna talk']);
});

test('a question to a colleague: asked, talking aside, all three, and the hand-over', async () => {
  const { rooms, call } = await talking();
  assert.equal((await call('consult', { number: '201' })).consult.stage, 'asked');
  rooms.answer('ben');
  rooms.keys('x', '1');
  const contact = contactViews(rooms.state)[0]!;
  assert.deepEqual(seen(contact.call!.parties), ['customer  -', 'agent anna aside', 'agent ben aside']);
  assert.deepEqual(seen((await call('consult/join')).parties), ['customer  talk', 'agent anna talk', 'agent ben talk']);
  const done = await call('consult/complete');
  assert.deepEqual(seen(done.parties), ['customer  talk', 'agent ben talk']);
});

test('back to the customer; and whoever was brought in can be sent away, but nobody else', async () => {
  const { rooms, ask, remove } = await talking();
  await ask('consult', { agent: 'ben' });
  assert.equal((await ask('consult/back')).status, 200);
  await ask('consult', { agent: 'ben' });
  rooms.answer('ben');
  const { offerId } = rooms.last('contact.connected');
  assert.equal(JSON.parse((await remove('c1')).body).error.code, 'leg.unknown');
  assert.equal((await remove(offerId)).statusCode, 200);
  assert.equal(rooms.calls.calls.get('c1')?.consult, null);
});

test('microphones: the agent’s own, or one that is named', async () => {
  const { call } = await talking();
  const muted = (parties: Party[]) => parties.filter((one) => one.muted).map(({ who }) => who);
  assert.deepEqual(muted((await call('mute')).parties), ['agent']);
  assert.deepEqual(muted((await call('mute', { legId: 'c1' })).parties), ['customer', 'agent']);
  assert.deepEqual(muted((await call('unmute')).parties), ['customer']);
});

test('keys are sent to the customer, and only keys', async () => {
  const { rooms, ask } = await talking();
  assert.equal((await ask('dtmf', { digits: '12w#' })).status, 200);
  const { digits, toneMs } = rooms.last('dtmf.sent');
  assert.deepEqual([digits, toneMs], ['12w#', 100]);
  assert.equal(errorOf(await ask('dtmf', { digits: 'hello' })).code, 'request.invalid');
});

test('a transfer to a number outside, and to an extension', async () => {
  const outside = await talking();
  assert.equal((await outside.ask('transfer', { number: '030 12345' })).status, 200);
  assert.equal(outside.rooms.last('leg.asked').purpose, 'transfer');
  const inside = await talking();
  await inside.ask('transfer', { number: '300' });
  assert.equal(inside.rooms.state.acd.items.get('c1')?.queueId, 'support');
});

for (const [path, body, status, code] of [
  ['hold', { agentId: 'ben' }, 409, 'contact.not_talking'],
  ['consult', { agent: 'nobody' }, 404, 'agent.unknown'],
  ['consult', { agent: 'carla' }, 409, 'agent.logged_out'],
  ['consult', { queue: 'nowhere' }, 404, 'queue.unknown'],
  ['consult', { number: '0900 1234' }, 403, 'outgoing.not_allowed'],
  ['consult', { number: 'hello' }, 400, 'outgoing.number_invalid'],
  ['consult', {}, 400, 'request.invalid'],
  ['consult/back', {}, 409, 'call.no_consult'],
  ['consult/complete', {}, 409, 'call.no_consult'],
  ['mute', { legId: 'nobody' }, 404, 'leg.unknown'],
  ['transfer', { number: '0900 1234' }, 403, 'outgoing.not_allowed'],
] as const) {
  test(`${path} ${JSON.stringify(body)} is refused as ${code}`, async () => {
    const refused = await (await talking()).ask(path, body);
    assert.deepEqual([refused.status, errorOf(refused).code], [status, code]);
  });
}

test('what cannot be done to a call that is not there, a chat, or before an answer', async () => {
  const { rooms, api, ask } = await talking();
  assert.equal(errorOf(await post(api, '/v1/contacts/c9/hold', {})).code, 'contact.unknown');
  const chat = { contactId: 'm1', legId: 'm1', channel: 'chat', from: 'Maria', to: '100' } as const;
  rooms.take({ kind: 'contact.arrived', atMs: rooms.nowMs, ...chat });
  assert.equal(errorOf(await post(api, '/v1/contacts/m1/hold', {})).code, 'contact.no_call');
  await ask('consult', { agent: 'ben' });
  assert.equal(errorOf(await ask('hold')).code, 'call.consulting');
  assert.equal(errorOf(await ask('consult/join')).code, 'call.not_answered');
});
