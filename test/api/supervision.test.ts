import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSupervision } from '../../src/controller/watch/supervise.ts';
import { flowSet, Rooms } from '../controller/hall-state.ts';
import { HallOfRooms } from '../controller/talking-hall.ts';
import { SITE } from '../flow/receptionist.ts';
import { deskFixture } from './desk-fixture.ts';
import { errorOf, KEY, post, startApi } from './harness.ts';

const SUPERVISED = SITE.replace(
  'pause_reasons',
  `  bea: { extension: "1002", supervises: [sales] }
  dora: { extension: "1003", supervises: all }
  cem: { extension: "1004" }
pause_reasons`,
);

/** An API over real rooms in which anna talks to contact `c`; bea may listen, cem may not. */
async function talking() {
  const rooms = new Rooms(flowSet(SUPERVISED));
  const desk = { ...deskFixture(), supervision: createSupervision(new HallOfRooms(rooms)) };
  const { api } = await startApi({ desk });
  for (const agentId of ['bea', 'dora', 'cem']) {
    rooms.take({ kind: 'phone.changed', atMs: rooms.nowMs, agentId, phone: 'idle' });
  }
  rooms.readyAgent();
  rooms.arrive('c');
  rooms.press('c', '1');
  rooms.answer();
  const watch = (supervisorId: string, mode?: string) =>
    post(api, '/v1/contacts/c/watch', { supervisorId, ...(mode === undefined ? {} : { mode }) });
  const remove = (url: string) => api.inject({ method: 'DELETE', url, headers: { 'x-api-key': KEY } });
  const get = async (url: string) => JSON.parse((await api.inject({ url, headers: { 'x-api-key': KEY } })).body);
  const answered = (contactId: string, legId: string) =>
    rooms.take({ kind: 'leg.answered', atMs: rooms.nowMs, contactId, legId });
  return { rooms, api, watch, remove, get, answered };
}

test('a supervisor is rung, hears the talk, changes, and stops; each is in the journal with her and the way', async () => {
  const { rooms, api, watch, remove, get, answered } = await talking();
  const started = JSON.parse((await watch('bea')).body);
  const { id, mode, stage, agentId, supervisorId, announced } = started;
  assert.deepEqual([mode, stage, agentId, supervisorId, announced], ['listen', 'ringing', 'anna', 'bea', false]);
  answered('c', id);
  const whispers = JSON.parse((await post(api, `/v1/watches/${id}/mode`, { mode: 'whisper' })).body);
  assert.deepEqual([whispers.mode, whispers.stage], ['whisper', 'watching']);
  assert.equal((await post(api, `/v1/watches/${id}/mode`, { mode: 'whisper' })).status, 200);
  assert.deepEqual(
    (await get('/v1/watches')).watches.map((one: { id: string }) => one.id),
    [id],
  );
  assert.equal(JSON.parse((await remove(`/v1/watches/${id}`)).body).stage, 'over');
  assert.deepEqual((await get('/v1/watches')).watches, []);
  const told = rooms.journal.filter(({ kind }) => kind.startsWith('watch.'));
  assert.deepEqual(
    told.map((event) => [event.kind, 'agentId' in event && event.agentId, 'by' in event && event.by]),
    [
      ['watch.started', 'bea', 'api'],
      ['watch.changed', 'bea', 'api'],
      ['watch.stopped', 'bea', 'api'],
    ],
  );
});

test('a supervisor takes the talk over: the item is hers, and the agent wraps up', async () => {
  const { rooms, api, watch, answered } = await talking();
  const { id } = JSON.parse((await watch('bea', 'barge')).body);
  const early = await post(api, `/v1/watches/${id}/take-over`);
  assert.deepEqual([early.status, errorOf(early).code], [409, 'supervision.ringing']);
  answered('c', id);
  assert.equal((await post(api, `/v1/watches/${id}/take-over`)).status, 200);
  const item = rooms.state.acd.items.get('c');
  assert.deepEqual([item?.stage, item?.offers], ['talking', [id]]);
  assert.equal(rooms.state.acd.offers.get(id)?.agentId, 'bea');
  const handled = rooms.journal.findLast((event) => event.kind === 'contact.handled');
  assert.ok(handled?.kind === 'contact.handled');
  assert.deepEqual([handled.agentId, handled.transferred], ['anna', { to: 'agent', agentId: 'bea' }]);
  rooms.take({ kind: 'leg.ended', atMs: rooms.nowMs, contactId: 'c', legId: id, cause: 'hung_up' });
  const last = rooms.journal.findLast((event) => event.kind === 'contact.handled');
  assert.deepEqual([last?.agentId, rooms.state.acd.items.has('c')], ['bea', false]);
});

test('who may not, whose phone is away, who watches already and what is no talk are refused by a code each', async () => {
  const { rooms, api, watch } = await talking();
  const codeOf = async (answer: ReturnType<typeof watch>) => {
    const done = await answer;
    return [done.status, errorOf(done).code];
  };
  assert.deepEqual(await codeOf(watch('cem')), [403, 'supervision.not_allowed']);
  assert.deepEqual(await codeOf(watch('anna')), [403, 'supervision.not_allowed']);
  assert.deepEqual(await codeOf(watch('nobody')), [404, 'agent.unknown']);
  assert.deepEqual(await codeOf(watch('bea', 'shout')), [400, 'request.invalid']);
  rooms.take({ kind: 'phone.changed', atMs: rooms.nowMs, agentId: 'dora', phone: 'unreachable' });
  assert.deepEqual(await codeOf(watch('dora')), [409, 'supervision.unreachable']);
  assert.equal((await watch('bea')).status, 200);
  assert.deepEqual(await codeOf(watch('bea')), [409, 'supervision.busy']);
  rooms.arrive('flow');
  const inFlow = post(api, '/v1/contacts/flow/watch', { supervisorId: 'dora' });
  assert.deepEqual(await codeOf(inFlow), [409, 'contact.not_talking']);
  assert.deepEqual(await codeOf(post(api, '/v1/contacts/gone/watch', { supervisorId: 'dora' })), [
    404,
    'contact.unknown',
  ]);
  assert.deepEqual(await codeOf(post(api, '/v1/watches/c.l0-x/mode', { mode: 'barge' })), [404, 'watch.unknown']);
});

test('no more supervisors than five watch over one talk', async () => {
  const many = Array.from({ length: 6 }, (_, at) => `s${at}`);
  const site = SITE.replace(
    'pause_reasons',
    `${many.map((id, at) => `  ${id}: { extension: "20${at}", supervises: all }\n`).join('')}pause_reasons`,
  );
  const rooms = new Rooms(flowSet(site));
  const supervision = createSupervision(new HallOfRooms(rooms));
  rooms.readyAgent();
  rooms.arrive('c');
  rooms.press('c', '1');
  rooms.answer();
  const results = many.map((supervisorId) => {
    rooms.take({ kind: 'phone.changed', atMs: rooms.nowMs, agentId: supervisorId, phone: 'idle' });
    const started = supervision.start('c', { supervisorId, mode: 'listen' }, 'api');
    return started.ok ? 'ok' : started.failure.code;
  });
  assert.deepEqual(results, ['ok', 'ok', 'ok', 'ok', 'ok', 'supervision.full']);
  assert.equal(new Set(supervision.watches().map(({ id }) => id)).size, 5, 'each has a leg of its own');
});
