import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createLists } from '../../src/controller/outbound/ask-lists.ts';
import { feedLists, type ListFeeder } from '../../src/controller/outbound/list-feeder.ts';
import type { Lists } from '../../src/controller/outbound/lists.ts';
import type { CallList } from '../../src/model/call/list.ts';
import type { EndCause } from '../../src/model/event.ts';
import { flowSet, Rooms } from '../controller/hall-state.ts';
import { HallOfRooms } from '../controller/talking-hall.ts';
import { siteWith } from './centre.ts';
import { ListsInMemory } from './lists-in-memory.ts';
import { TRUNK } from './place-day.ts';

const silent = { info() {}, warn() {}, error() {} };
const RULE = { attemptsMax: 2, retryMs: 60_000 };
const LIST: Omit<CallList, 'createdAtMs'> = {
  id: 'spring',
  name: 'Spring',
  queueId: 'sales',
  mode: 'agent_first',
  timeZone: 'UTC',
  calendarId: null,
  language: 'en',
  callerId: null,
  ringMs: 30_000,
  detectMachine: false,
  rules: {
    busy: RULE,
    no_answer: RULE,
    machine: RULE,
    unavailable: RULE,
    failed: RULE,
    declined: { attemptsMax: 1, retryMs: 0 },
    skipped: RULE,
  },
  attemptsMax: 3,
  callsPerAgent: 1,
  abandonedMax: 0.1,
  abandonedOf: 20,
};
const feeders: ListFeeder[] = [];
after(() => Promise.all(feeders.map((feeder) => feeder.close())));

type Campaign = { rooms: Rooms; hall: HallOfRooms; lists: Lists; feeder: ListFeeder; store: ListsInMemory };

async function campaign(
  numbers: readonly string[],
  about: Partial<CallList> = {},
  agents = ['anna'],
): Promise<Campaign> {
  const base = siteWith(Object.fromEntries(agents.map((id) => [id, {}])), { sales: {} });
  const rooms = new Rooms(flowSet({ ...base, trunks: { out: TRUNK } }));
  for (const id of agents) rooms.readyAgent(id);
  const hall = new HallOfRooms(rooms);
  const store = new ListsInMemory();
  const lists = createLists(hall, store);
  const feeder = feedLists({ hall, store, log: silent });
  feeders.push(feeder);
  await lists.create({ ...LIST, ...about });
  await lists.load('spring', rowsOf(numbers));
  await lists.start('spring', 'api');
  await feeder.look();
  return { rooms, hall, lists, feeder, store };
}

function* rowsOf(numbers: readonly string[]) {
  for (const [at, number] of numbers.entries()) {
    const [digits = '', zone = ''] = number.split(' ');
    yield { line: at + 1, fields: { number: digits, time_zone: zone } };
  }
}

/** The agent takes what rings; the customer's phone does this. */
async function call(
  { rooms, hall, feeder }: Campaign,
  then: EndCause | 'talks' | 'machine',
  agentId = 'anna',
): Promise<string> {
  const ringing = rooms.state.acd.agents.get(agentId)?.work.find(({ stage }) => stage === 'ringing');
  assert.ok(ringing, `nothing rings at ${agentId}`);
  hall.enter({ kind: 'offer.answered', atMs: rooms.nowMs, offerId: ringing.offerId });
  const { contactId } = ringing;
  const legId = rooms.state.calls.calls.get(contactId)?.customerLegId ?? '';
  assert.notEqual(legId, '', 'the customer was not dialled');
  const about = { atMs: rooms.nowMs, contactId, legId };
  if (then === 'talks' || then === 'machine') {
    hall.enter({ kind: 'leg.answered', ...about, ...(then === 'machine' ? { verdict: 'machine' as const } : {}) });
    hall.enter({ kind: 'leg.ended', ...about, cause: 'hung_up' });
  } else hall.enter({ kind: 'leg.ended', ...about, cause: then });
  await feeder.look();
  return contactId;
}

async function rowsNow({ lists }: Campaign) {
  const found = await lists.rows('spring', 0, 100);
  assert.ok(found.ok);
  return found.value.map(({ number, state, attempts, lastResult }) => [number, state, attempts, lastResult]);
}

test('a list is worked through: one number for each free agent, and what came of it stands in its row', async () => {
  const made = await campaign(['030111', '030222', '030333']);
  const out = () => made.rooms.state.outbound.orders.size;
  assert.equal(out(), 1, 'there is one agent');
  await call(made, 'talks');
  await call(made, 'rejected');
  await call(made, 'talks');
  assert.deepEqual(await rowsNow(made), [
    ['+4930111', 'done', 1, 'talked'],
    ['+4930222', 'done', 1, 'declined'],
    ['+4930333', 'done', 1, 'talked'],
  ]);
  assert.equal(out(), 0);
});

test('what a result says of another attempt: after its time, so often with this result, so often in all', async () => {
  const made = await campaign(['030111']);
  await call(made, 'busy');
  assert.deepEqual(await rowsNow(made), [['+4930111', 'waiting', 1, 'busy']]);
  assert.equal(made.rooms.state.outbound.orders.size, 0, 'not before its time');
  made.rooms.nowMs += 60_000;
  await made.feeder.look();
  await call(made, 'no_answer');
  made.rooms.nowMs += 60_000;
  await made.feeder.look();
  await call(made, 'busy');
  assert.deepEqual(await rowsNow(made), [['+4930111', 'done', 3, 'busy']]);
});

test('a number that nobody may call, and one that the site does not dial, is never called', async () => {
  const made = await campaign(['030111', '0015551234']);
  made.hall.enter({ kind: 'do_not_call.added', atMs: made.rooms.nowMs, number: '+4930111', by: 'api', reason: '' });
  await made.feeder.look();
  assert.deepEqual(await rowsNow(made), [
    ['+4930111', 'done', 1, 'not_allowed'],
    ['+15551234', 'done', 1, 'not_allowed'],
  ]);
});

test('calling hours are those of the zone in which the customer lives', async () => {
  // Rooms begin at 00:16 UTC on a Thursday, which is afternoon in Honolulu.
  const made = await campaign(['030111', '030222 Pacific/Honolulu'], { calendarId: 'office' });
  const called = [...made.rooms.state.outbound.orders.values()].map(({ order }) => order.number);
  assert.deepEqual(called, ['+4930222']);
});

test('a list that is stopped calls nobody else, and takes back what no agent has', async () => {
  const made = await campaign(['030111', '030222']);
  assert.equal(made.rooms.state.outbound.orders.size, 1);
  const stopped = await made.lists.stop('spring', 'api');
  await made.feeder.look();
  assert.ok(stopped.ok && !stopped.value.running);
  assert.equal(made.rooms.state.outbound.orders.size, 0);
  assert.deepEqual(await rowsNow(made), [
    ['+4930111', 'waiting', 0, 'withdrawn'],
    ['+4930222', 'waiting', 0, null],
  ]);
});

test('customers first: above the limit of those who met nobody agents come first, and the list shows it', async () => {
  const made = await campaign(
    Array.from({ length: 30 }, (_, at) => `0301${at + 10}`),
    {
      mode: 'customer_first',
      abandonedOf: 10,
      abandonedMax: 0.1,
      rules: { ...LIST.rules, failed: { attemptsMax: 1, retryMs: 0 } },
    },
  );
  const { rooms, hall, feeder, lists } = made;
  const abandoned = async (): Promise<void> => {
    const [open] = [...rooms.state.outbound.orders.values()];
    const contactId = open!.current!.contactId;
    const legId = rooms.state.calls.calls.get(contactId)!.customerLegId!;
    const about = { atMs: rooms.nowMs, contactId, legId };
    hall.enter({ kind: 'leg.answered', ...about });
    hall.enter({ kind: 'leg.ended', ...about, cause: 'hung_up' });
    await feeder.look();
  };
  const mode = () => [...rooms.state.outbound.orders.values()][0]?.order.mode;
  assert.equal(mode(), 'customer_first');
  await abandoned();
  const view = await lists.one('spring');
  assert.ok(view.ok);
  assert.deepEqual([view.value.modeNow, view.value.abandonedRate], ['agent_first', 1]);
  assert.equal(mode(), 'agent_first');
  for (let count = 0; count < 10; count++) await call(made, 'talks');
  const later = await lists.one('spring');
  assert.deepEqual(later.ok && [later.value.modeNow, later.value.abandonedRate], ['customer_first', 0]);
});

test('customers first with a flow: it goes with the calls, is no wait, and is left out while agents come first', async () => {
  const rules = { ...LIST.rules, failed: { attemptsMax: 1, retryMs: 0 } };
  const about = { mode: 'customer_first', flowId: 'main', onMachine: 'main', rules } as const;
  const made = await campaign(['030111', '030222', '030333'], about);
  const { rooms, hall, feeder, lists } = made;
  const open = () => [...rooms.state.outbound.orders.values()][0]!;
  const answered = () => {
    const { contactId } = open().current!;
    const legId = rooms.state.calls.calls.get(contactId)!.customerLegId!;
    hall.enter({ kind: 'leg.answered', atMs: rooms.nowMs, contactId, legId });
    return { contactId, legId };
  };
  const leaves = async (of: ReturnType<typeof answered>): Promise<void> => {
    hall.enter({ kind: 'leg.ended', atMs: rooms.nowMs, ...of, cause: 'hung_up' });
    await feeder.look();
  };
  assert.equal(open().order.flowId, 'main');
  const first = answered();
  assert.equal(rooms.state.outbound.orders.size, 1, 'who is in the flow is being called');
  rooms.nowMs += 10_000;
  await leaves(first);
  const heard = await lists.one('spring');
  assert.deepEqual(heard.ok && [heard.value.abandonedRate, heard.value.modeNow], [0, 'customer_first']);
  // The second one wants an agent, and hangs up while waiting for one.
  const second = answered();
  hall.enter({ kind: 'digit.received', atMs: rooms.nowMs, contactId: second.contactId, digit: '1' });
  await leaves(second);
  const lost = await lists.one('spring');
  assert.deepEqual(lost.ok && [lost.value.abandonedRate, lost.value.modeNow], [1, 'agent_first']);
  assert.deepEqual(
    [open().order.flowId, open().order.onMachine, open().order.mode],
    [undefined, 'main', 'agent_first'],
  );
  assert.deepEqual(
    (await rowsNow(made)).map(([, state, , result]) => [state, result]),
    [
      ['done', 'answered'],
      ['done', 'failed'],
      ['out', null],
    ],
  );
});

test('after a crash a row that is out is settled by what came of its order, or called again', async () => {
  const made = await campaign(['030111', '030222'], {}, ['anna', 'ben']);
  await made.feeder.close();
  await call(made, 'talks', 'anna');
  const again = feedLists({ hall: made.hall, store: made.store, log: silent });
  feeders.push(again);
  await again.look();
  const rows = await rowsNow(made);
  assert.deepEqual(rows[0], ['+4930111', 'done', 1, 'talked']);
  assert.deepEqual(rows[1], ['+4930222', 'out', 0, null]);
  made.rooms.state.outbound.orders.clear();
  const third = feedLists({ hall: made.hall, store: made.store, log: silent });
  feeders.push(third);
  await third.look();
  assert.equal(made.rooms.state.outbound.orders.size <= 1, true);
  assert.equal((await rowsNow(made))[1]?.[2], 0, 'it counts as no attempt');
});

test('a database that is away for a while stops the list, and nothing is lost by it', async () => {
  const made = await campaign(['030111', '030222']);
  made.store.up = false;
  await call(made, 'talks');
  made.store.up = true;
  await made.feeder.look();
  await made.feeder.look();
  assert.deepEqual((await rowsNow(made))[0], ['+4930111', 'done', 1, 'talked']);
  await call(made, 'talks');
  assert.deepEqual((await rowsNow(made))[1], ['+4930222', 'done', 1, 'talked']);
});
