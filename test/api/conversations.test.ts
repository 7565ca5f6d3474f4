import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorOf, get, post, startApi } from './harness.ts';

// What agents do with contacts without a phone, over HTTP; the rules themselves are tested at the controller.

/** An API behind which a chat is offered to anna. */
async function offered() {
  const { api, desk } = await startApi();
  const { hall, rooms } = desk;
  hall.enter({ kind: 'agent.logged_in', atMs: hall.now(), agentId: 'anna', by: 'api' });
  hall.chat('m1');
  const offerId = rooms.state.acd.items.get('m1')!.offers[0]!;
  return { api, desk, hall, rooms, offerId };
}

async function talking() {
  const made = await offered();
  assert.equal((await post(made.api, `/v1/offers/${made.offerId}/accept`)).status, 200);
  return made;
}

const bodyOf = ({ body }: { body: string }) => JSON.parse(body);

test('an offer is accepted, and the contact comes back as it is then', async () => {
  const { api, offerId } = await offered();
  const answer = await post(api, `/v1/offers/${offerId}/accept`, { agentId: 'anna' });
  assert.equal(answer.status, 200);
  const { contact } = bodyOf(answer);
  assert.deepEqual([contact.id, contact.stage, contact.agentId, contact.channel], ['m1', 'talking', 'anna', 'chat']);
  assert.equal(errorOf(await post(api, '/v1/offers/nothing/accept')).code, 'offer.unknown');
  assert.equal(errorOf(await post(api, `/v1/offers/${offerId}/reject`)).code, 'offer.taken');
});

test('an offer is rejected', async () => {
  const { api, rooms, offerId } = await offered();
  assert.equal((await post(api, `/v1/offers/${offerId}/reject`, {})).status, 200);
  assert.equal(rooms.state.acd.items.get('m1')?.stage, 'waiting');
});

test('lines are written and read after a number', async () => {
  const { api, hall } = await talking();
  hall.line('m1', 'Hello');
  const written = await post(api, '/v1/contacts/m1/messages', { text: 'Hello, Maria', id: 'a' });
  assert.equal(written.status, 200);
  assert.deepEqual([bodyOf(written).seq, bodyOf(written).name], [4, 'anna']);
  const found = bodyOf(await get(api, '/v1/contacts/m1/messages?after=2'));
  assert.deepEqual([found.seq, found.over], [4, false]);
  assert.deepEqual(
    found.lines.map(({ from, text }: { from: string; text: string }) => [from, text]),
    [
      ['customer', 'Hello'],
      ['agent', 'Hello, Maria'],
    ],
  );
  assert.match(found.lines[0].at, /^\d{4}-.*Z$/);
  const all = bodyOf(await get(api, '/v1/contacts/m1/messages'));
  assert.deepEqual(all.lines[0].choices, [{ key: '1', label: '1' }]);
});

test('what cannot be written is refused', async () => {
  const { api } = await talking();
  const path = '/v1/contacts/m1/messages';
  assert.equal(errorOf(await post(api, path, { text: '' })).code, 'request.invalid');
  assert.equal(errorOf(await post(api, path, { text: 'x'.repeat(4001) })).code, 'request.invalid');
  assert.equal(errorOf(await post(api, path, { text: 'Hi', id: 'a b' })).code, 'request.invalid');
  assert.equal(errorOf(await post(api, path, { text: ' ' })).code, 'message.invalid');
  assert.equal(errorOf(await post(api, path, { text: 'Hi', agentId: 'ben' })).code, 'contact.not_talking');
  assert.equal(errorOf(await post(api, '/v1/contacts/nobody/messages', { text: 'Hi' })).code, 'contact.unknown');
  assert.equal(errorOf(await get(api, '/v1/contacts/m1/messages?after=-1')).code, 'request.invalid');
});

test('a contact is handed on to one place', async () => {
  const { api, rooms } = await talking();
  const path = '/v1/contacts/m1/transfer';
  assert.equal(errorOf(await post(api, path, {})).code, 'request.invalid');
  assert.equal(errorOf(await post(api, path, { queue: 'sales', flow: 'main' })).code, 'request.invalid');
  assert.equal(errorOf(await post(api, path, { queue: 'nothing' })).code, 'queue.unknown');
  assert.equal((await post(api, path, { queue: 'sales' })).status, 200);
  assert.notEqual(rooms.state.acd.items.get('m1')?.stage, 'talking');
});

test('a talk is closed, and the flow goes on', async () => {
  const { api } = await talking();
  assert.equal((await post(api, '/v1/contacts/m1/close')).status, 200);
  assert.equal(errorOf(await post(api, '/v1/contacts/m1/close')).code, 'contact.not_talking');
});
