import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEmergencyStop } from '../../src/controller/emergency/stop.ts';
import { queueViews } from '../../src/controller/queue-view.ts';
import { fromSnapshot, toSnapshot } from '../../src/controller/snapshot.ts';
import { apply, emptyState } from '../../src/controller/state.ts';
import { Rooms } from '../controller/hall-state.ts';
import { HallOfRooms } from '../controller/talking-hall.ts';
import { load, SITE } from '../flow/receptionist.ts';
import { deskFixture } from './desk-fixture.ts';
import { errorOf, get, KEY, post, startApi } from './harness.ts';

const MAIN = `
steps:
  choose: { type: menu, prompt: Press 1., options: { "1": wait }, on: { no_input: end, no_match: end } }
  wait: { type: queue, queue: sales }
  end: { type: hangup }
`;
const WORDS = 'steps: { say: { type: hangup, prompt: We had to leave. } }\n';

/** An API over real rooms with a queue, a flow that leads there, and a flow for emergencies. */
async function stoppable(site = SITE) {
  const { set, problems } = load({ 'site.yaml': site, 'main.yaml': MAIN, 'words.yaml': WORDS });
  if (!set) throw new Error(problems.map(({ message }) => message).join(' '));
  const rooms = new Rooms(set);
  const hall = new HallOfRooms(rooms);
  const fixture = deskFixture();
  const desk = {
    ...fixture,
    emergencyStop: createEmergencyStop(hall),
    queues: () => queueViews(rooms.state, rooms.nowMs),
  };
  const { api } = await startApi({ desk });
  const remove = async (url: string) => {
    const {
      statusCode: status,
      body,
      headers,
    } = await api.inject({ method: 'DELETE', url, headers: { 'x-api-key': KEY } });
    return { status, body, headers };
  };
  const stopped = (answer: { body: string }): string[] =>
    JSON.parse(answer.body).emergencies.map(
      ({ queueId, flowId }: { queueId: string | null; flowId: string }) => `${queueId ?? 'site'} ${flowId}`,
    );
  const wait = (contactId: string): void => {
    rooms.arrive(contactId);
    rooms.press(contactId, '1');
  };
  return { rooms, api, remove, stopped, wait };
}

test('a queue is stopped by one call: who waits hears the words, the queue and the health say so, and it is lifted by one call', async () => {
  const { rooms, api, remove, stopped, wait } = await stoppable();
  wait('a');
  assert.deepEqual(stopped(await post(api, '/v1/queues/sales/emergency', { flow: 'words' })), ['sales words']);
  assert.equal(rooms.state.acd.items.has('a'), false);
  assert.equal(rooms.state.flow.sessions.get('a')?.flowId, 'words');
  wait('b');
  assert.equal(rooms.state.flow.sessions.get('b')?.flowId, 'words');
  const [queue] = JSON.parse((await get(api, '/v1/queues')).body).queues;
  const since = { since: new Date(rooms.nowMs).toISOString(), sinceMs: rooms.nowMs };
  assert.deepEqual(queue.emergency, { queueId: 'sales', flowId: 'words', ...since });
  const health = await get(api, '/v1/health');
  assert.deepEqual([health.status, JSON.parse(health.body).emergency], [200, 'queues'], 'it is no fault of a part');
  assert.deepEqual(stopped(await remove('/v1/queues/sales/emergency')), []);
  wait('c');
  assert.equal(rooms.state.acd.items.get('c')?.stage, 'waiting');
  assert.equal(JSON.parse((await get(api, '/v1/queues')).body).queues[0].emergency, undefined);
});

test('the site is stopped by one call; a talk goes on, and its end leads back into its own flow', async () => {
  const { rooms, api, remove, stopped, wait } = await stoppable();
  rooms.readyAgent();
  wait('talks');
  rooms.answer();
  assert.deepEqual(stopped(await post(api, '/v1/emergency', { flow: 'words' })), ['site words']);
  assert.equal(JSON.parse((await get(api, '/v1/health')).body).emergency, 'site');
  assert.equal(rooms.state.acd.items.get('talks')?.stage, 'talking');
  rooms.arrive('new');
  assert.equal(rooms.state.flow.sessions.get('new')?.flowId, 'words');
  assert.deepEqual(stopped(await remove('/v1/emergency')), []);
  assert.equal(JSON.parse((await get(api, '/v1/health')).body).emergency, 'none');
});

test('without a flow the emergency flow of the site is taken, and where there is none that is said', async () => {
  const { api } = await stoppable();
  const none = await post(api, '/v1/emergency');
  assert.deepEqual([none.status, errorOf(none).code], [400, 'emergency.flow_required']);
  const own = await stoppable(`${SITE}emergency_flow: main\n`);
  assert.deepEqual(own.stopped(await post(own.api, '/v1/emergency')), ['site main']);
});

test('an unknown flow or queue is refused and changes nothing; to say it twice is harmless', async () => {
  const { rooms, api, remove, stopped } = await stoppable();
  const codeOf = (answer: Awaited<ReturnType<typeof post>>) => [answer.status, errorOf(answer).code];
  const before = rooms.journal.length;
  assert.deepEqual(codeOf(await post(api, '/v1/queues/nowhere/emergency', { flow: 'words' })), [404, 'queue.unknown']);
  assert.deepEqual(codeOf(await post(api, '/v1/queues/sales/emergency', { flow: 'toString' })), [404, 'flow.unknown']);
  assert.deepEqual(codeOf(await post(api, '/v1/emergency', { flow: 7 })), [404, 'flow.unknown']);
  assert.deepEqual(codeOf(await post(api, '/v1/emergency', { flows: 'words' })), [400, 'request.invalid']);
  assert.deepEqual(codeOf(await remove('/v1/queues/nowhere/emergency')), [404, 'queue.unknown']);
  assert.deepEqual(stopped(await remove('/v1/emergency')), []);
  assert.equal(rooms.journal.length, before);
  await post(api, '/v1/emergency', { flow: 'words' });
  const once = rooms.journal.length;
  assert.deepEqual(stopped(await post(api, '/v1/emergency', { flow: 'words' })), ['site words']);
  assert.equal(rooms.journal.length, once);
});

test('an emergency outlives a restart, from the journal as from a snapshot', async () => {
  const { rooms, api } = await stoppable();
  await post(api, '/v1/emergency', { flow: 'words' });
  await post(api, '/v1/queues/sales/emergency', { flow: 'main' });
  const replayed = emptyState();
  for (const event of rooms.journal) apply(replayed, event);
  const restored = fromSnapshot(JSON.parse(JSON.stringify(toSnapshot(rooms.state, rooms.nowMs))));
  for (const state of [replayed, restored]) {
    const found = [...state.acd.emergencies.values()].map(({ queueId, flowId }) => [queueId, flowId]);
    assert.deepEqual(found.sort(), [
      [null, 'words'],
      ['sales', 'main'],
    ]);
    assert.deepEqual([...state.flow.emergencies.keys()].sort(), [null, 'sales']);
  }
});
