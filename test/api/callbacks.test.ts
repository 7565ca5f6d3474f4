import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flowSet } from '../controller/hall-state.ts';
import { siteWith } from '../outbound/centre.ts';
import { deskFixture } from './desk-fixture.ts';
import { type Answer, get, KEY, post, startApi, errorOf as wholeErrorOf } from './harness.ts';

const { flows: FLOWS } = flowSet(siteWith({ anna: {} }, { sales: {} }));

/** An API over rooms whose site lets numbers of one country be dialled, with one agent at her phone. */
async function centre() {
  const desk = deskFixture();
  const { rooms } = desk;
  const site = siteWith({ anna: {} }, { sales: {} });
  rooms.take({ kind: 'flows.loaded', atMs: rooms.nowMs, flows: { version: 'v2', site, flows: FLOWS, tables: {} } });
  const { api } = await startApi({}, desk);
  return { api, rooms };
}

const errorOf = (answer: Answer): string => wholeErrorOf(answer).code;

async function send(
  api: Awaited<ReturnType<typeof centre>>['api'],
  method: 'PATCH' | 'DELETE',
  url: string,
  payload?: object,
) {
  const response = await api.inject({ method, url, headers: { 'x-api-key': KEY }, ...(payload && { payload }) });
  return { status: response.statusCode, headers: response.headers, body: response.body };
}

const body = (answer: { body: string }) => JSON.parse(answer.body);

test('a callback is asked for, shown, moved and cancelled', async () => {
  const { api, rooms } = await centre();
  const asked = await post(api, '/v1/callbacks', {
    number: '030 123-456',
    queue: 'sales',
    id: 'order-1',
    name: 'Maria',
  });
  assert.equal(asked.status, 200);
  const order = body(asked);
  assert.deepEqual(
    [order.id, order.stage, order.number, order.name, order.contactId, order.attemptsMax],
    ['cb-order-1', 'queued', '+4930123456', 'Maria', 'cb-order-1.a1', 3],
  );
  assert.deepEqual(body(await post(api, '/v1/callbacks', { number: '030 999', queue: 'sales', id: 'order-1' })), order);
  assert.deepEqual(body(await get(api, '/v1/callbacks')).total, 1);
  const laterMs = rooms.nowMs + 60_000;
  const moved = body(await send(api, 'PATCH', '/v1/callbacks/cb-order-1', { dueAt: String(laterMs) }));
  assert.deepEqual([moved.stage, moved.dueAtMs, moved.attempts[0].result], ['due', laterMs, 'withdrawn']);
  const cancelled = body(await send(api, 'DELETE', '/v1/callbacks/cb-order-1'));
  assert.deepEqual([cancelled.stage, cancelled.reason], ['closed', 'cancelled']);
  assert.equal(errorOf(await send(api, 'DELETE', '/v1/callbacks/cb-order-1')), 'callback.closed');
  assert.deepEqual(body(await get(api, '/v1/callbacks')).total, 0);
  assert.deepEqual(body(await get(api, '/v1/callbacks?closed=true')).orders[0].id, 'cb-order-1');
});

test('what cannot be called back is refused, each with its own code', async () => {
  const { api } = await centre();
  const ask = async (more: object) =>
    errorOf(await post(api, '/v1/callbacks', { number: '030123456', queue: 'sales', ...more }));
  assert.equal(await ask({ queue: 'nowhere' }), 'queue.unknown');
  assert.equal(await ask({ queue: '@nobody' }), 'queue.unknown');
  assert.equal(await ask({ calendar: 'nowhere' }), 'calendar.unknown');
  assert.equal(await ask({ onMachine: 'nowhere' }), 'flow.unknown');
  assert.equal(await ask({ mode: 'customer_first', flow: 'nowhere' }), 'flow.unknown');
  assert.equal(await ask({ mode: 'agent_first', flow: 'main' }), 'callback.flow_mode');
  assert.equal(await ask({ number: 'anna' }), 'callback.number_invalid');
  assert.equal(await ask({ number: '+1555123456' }), 'callback.not_allowed');
  assert.equal(await ask({ dueAt: '2030-01-01T10:00:00Z', expiresAt: '2029-01-01T10:00:00Z' }), 'callback.expired');
  assert.equal(await ask({ dueAt: 'tomorrow' }), 'request.invalid');
  assert.equal((await post(api, '/v1/callbacks', { number: '030123456', queue: 'sales' })).status, 200);
  assert.equal(await ask({}), 'callback.duplicate');
  assert.equal(
    (await post(api, '/v1/callbacks', { number: '030123456', queue: 'sales', duplicates: 'replace' })).status,
    200,
  );
  assert.equal(errorOf(await get(api, '/v1/callbacks/nothing')), 'callback.unknown');
});

test('flows that are asked for go with the order, and one for a machine wants the machine told from a person', async () => {
  const { api, rooms } = await centre();
  const flowsOf = (id: string) => {
    const order = rooms.state.outbound.orders.get(id)?.order;
    return [order?.flowId, order?.onMachine, order?.detectMachine];
  };
  const flows = { flow: 'main', onMachine: 'main' };
  await post(api, '/v1/callbacks', { number: '030123456', queue: 'sales', mode: 'customer_first', id: 'a', ...flows });
  assert.deepEqual(flowsOf('cb-a'), ['main', 'main', true]);
  rooms.readyAgent('anna');
  const clicked = { agentId: 'anna', number: '030999' };
  assert.equal(errorOf(await post(api, '/v1/click-to-call', { ...clicked, onMachine: 'nowhere' })), 'flow.unknown');
  const { id } = body(await post(api, '/v1/click-to-call', { ...clicked, onMachine: 'main' }));
  assert.deepEqual(flowsOf(id), [undefined, 'main', true]);
});

test('a click rings the agent who asked, before anything else, and only one who is logged in', async () => {
  const { api, rooms } = await centre();
  const click = (agentId: string) => post(api, '/v1/click-to-call', { agentId, number: '030123456' });
  assert.equal(errorOf(await click('nobody')), 'agent.unknown');
  assert.equal(errorOf(await click('anna')), 'agent.logged_out');
  rooms.readyAgent('anna');
  const order = body(await click('anna'));
  assert.deepEqual([order.kind, order.queueId, order.attemptsMax], ['click', '@anna', 1]);
  const [offer] = [...rooms.state.acd.offers.values()];
  assert.deepEqual([offer?.agentId, offer?.contactId], ['anna', order.contactId]);
});

test('a number that is shown first is called, or passed over, by its agent alone', async () => {
  const { api, rooms } = await centre();
  rooms.readyAgent('anna');
  await post(api, '/v1/callbacks', { number: '030123456', queue: 'sales', mode: 'preview', id: 'one' });
  assert.equal(errorOf(await post(api, '/v1/agents/anna/preview', { answer: 'skip' })), 'offer.not_preview');
  rooms.answer('anna');
  const skipped = body(await post(api, '/v1/agents/anna/preview', { answer: 'skip' }));
  assert.deepEqual(
    [skipped.id, skipped.attempts.map(({ result }: { result: string }) => result)],
    ['cb-one', ['skipped']],
  );
});

test('forbidden numbers are added all or none, looked up, paged through and allowed again', async () => {
  const { api } = await centre();
  await post(api, '/v1/callbacks', { number: '030123456', queue: 'sales', id: 'open' });
  const wrong = await post(api, '/v1/do-not-call', { numbers: ['030123456', 'nobody'] });
  assert.equal(errorOf(wrong), 'callback.number_invalid');
  assert.equal(body(wrong).error.details.place, 1);
  assert.deepEqual(body(await get(api, '/v1/do-not-call')), { numbers: [], total: 0 });
  const numbers = ['030123456', '+49 30 123 456', '030 777'];
  assert.deepEqual(body(await post(api, '/v1/do-not-call', { numbers, reason: 'asked' })), { added: 2 });
  assert.equal(body(await get(api, '/v1/callbacks/cb-open')).reason, 'not_allowed');
  const found = body(await get(api, '/v1/do-not-call/030123456'));
  assert.deepEqual([found.number, found.reason, found.by], ['+4930123456', 'asked', 'api']);
  const first = body(await get(api, '/v1/do-not-call?limit=1'));
  assert.deepEqual([first.numbers[0].number, first.total], ['+4930123456', 2]);
  const second = body(await get(api, `/v1/do-not-call?limit=1&after=${encodeURIComponent('+4930123456')}`));
  assert.equal(second.numbers[0].number, '+4930777');
  assert.equal(
    errorOf(await post(api, '/v1/callbacks', { number: '030123456', queue: 'sales' })),
    'callback.not_allowed',
  );
  assert.equal((await send(api, 'DELETE', '/v1/do-not-call/030123456')).status, 200);
  assert.equal(errorOf(await get(api, '/v1/do-not-call/030123456')), 'do_not_call.unknown');
  assert.equal((await post(api, '/v1/callbacks', { number: '030123456', queue: 'sales' })).status, 200);
});
