import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AgentWish, CONTACTS_LISTED_MAX, type Desk } from '../../src/controller/desk.ts';
import type { FlowKeeper } from '../../src/controller/flow-keeper.ts';
import { createFrontDesk } from '../../src/controller/front-desk.ts';
import type { Journal } from '../../src/journal/journal.ts';
import type { Queue } from '../../src/model/queue.ts';
import type { Site } from '../../src/model/site.ts';
import { type AgentInTest, site } from '../acd/site.ts';
import { ListsInMemory } from '../outbound/lists-in-memory.ts';
import { VaultInMemory } from '../recordings/vault-in-memory.ts';
import { flowSet, Rooms } from './hall-state.ts';
import { HallOfRooms } from './talking-hall.ts';

// The policy: the desk shows what is, and a wish is fulfilled or refused by its code.

const WRAP_UP = { mode: 'timed', ms: 10_000, extendMs: 5000, extensionsMax: 2, results: [] } as const;

function deskOf(rooms: Rooms): Desk {
  // Nothing here asks for the past.
  const telephone = { trunks: async () => [], sendText: async () => undefined };
  const health = () => ({ status: 'ok' as const, parts: {} });
  return createFrontDesk(
    new HallOfRooms(rooms),
    {} as Journal,
    health,
    {} as FlowKeeper,
    telephone,
    new VaultInMemory(0),
    new ListsInMemory(),
  );
}

function house(
  queues: Record<string, Partial<Queue>>,
  agents: Record<string, AgentInTest> = { anna: {} },
  more: Partial<Site> = {},
): { rooms: Rooms; desk: Desk } {
  const rooms = new Rooms(flowSet(site(agents, queues, more)));
  return { rooms, desk: deskOf(rooms) };
}

/** Anna after a chat each of these contacts. */
function wrappingUp(wrapUp: Queue['wrapUp'], ...contactIds: string[]): { rooms: Rooms; desk: Desk } {
  const made = house({ sales: { wrapUp } });
  const { rooms } = made;
  rooms.readyAgent();
  for (const contactId of contactIds) {
    rooms.queue(contactId, { channel: 'chat' });
    rooms.answer();
  }
  for (const contactId of contactIds) {
    rooms.take({ kind: 'contact.ended', atMs: rooms.nowMs, contactId, cause: 'hung_up', endedBy: 'customer' });
  }
  return made;
}

/** The code of the refusal, or the stages of what the agent has in hand after the wish. */
function ask(desk: Desk, wish: AgentWish): string | string[] {
  const asked = desk.askAgent('anna', wish, 'api');
  return asked.ok ? asked.value.work.map(({ contactId, stage }) => `${contactId} ${stage}`) : asked.failure.code;
}

const only = <T>(list: readonly T[]): T => {
  assert.equal(list.length, 1);
  return list[0]!;
};

test('a wrap-up is extended as much and as often as the queue allows', () => {
  const { rooms, desk } = wrappingUp({ ...WRAP_UP, mode: 'extendable' }, 'm1');
  const until = () => only(desk.agents()[0]!.work).untilMs! - rooms.nowMs;
  const left = () => only(desk.agents()[0]!.work).extensionsLeft;
  assert.deepEqual([until(), left()], [10_000, 2]);
  assert.deepEqual(ask(desk, { wish: 'extend_wrap_up' }), ['m1 wrap_up']);
  assert.deepEqual([until(), left()], [15_000, 1]);
  ask(desk, { wish: 'extend_wrap_up', contactId: 'm1' });
  assert.equal(ask(desk, { wish: 'extend_wrap_up' }), 'agent.extension_refused');
  assert.deepEqual([until(), left()], [20_000, 0]);
});

test('a wrap-up of another mode is not extended', () => {
  const { desk } = wrappingUp(WRAP_UP, 'm1');
  assert.equal(ask(desk, { wish: 'extend_wrap_up' }), 'agent.extension_refused');
});

test('which of several wrap-ups is meant must be said', () => {
  const { desk } = wrappingUp({ ...WRAP_UP, mode: 'until_cleared' }, 'm1', 'm2');
  assert.equal(ask(desk, { wish: 'end_wrap_up' }), 'agent.contact_required');
  assert.deepEqual(ask(desk, { wish: 'end_wrap_up', contactId: 'm2' }), ['m1 wrap_up']);
  assert.equal(ask(desk, { wish: 'end_wrap_up', contactId: 'm2' }), 'agent.not_in_wrap_up');
  assert.deepEqual(ask(desk, { wish: 'end_wrap_up' }), []);
  assert.equal(ask(desk, { wish: 'end_wrap_up' }), 'agent.not_in_wrap_up');
});

test('a wrap-up that needs a result ends with one of its results and with nothing else', () => {
  const { rooms, desk } = wrappingUp({ ...WRAP_UP, mode: 'result_required', results: ['sold', 'lost'] }, 'm1');
  assert.deepEqual(only(desk.agents()[0]!.work).resultRequired, ['sold', 'lost']);
  assert.equal(ask(desk, { wish: 'end_wrap_up' }), 'agent.result_required');
  assert.equal(ask(desk, { wish: 'ready' }), 'agent.result_required');
  assert.equal(ask(desk, { wish: 'end_wrap_up', result: 'maybe' }), 'agent.result_unknown');
  assert.deepEqual(ask(desk, { wish: 'end_wrap_up', result: 'sold' }), []);
  const ended = rooms.journal.findLast(({ kind }) => kind === 'agent.wrap_up_ended');
  assert.deepEqual(ended, {
    kind: 'agent.wrap_up_ended',
    atMs: rooms.nowMs,
    agentId: 'anna',
    contactId: 'm1',
    result: 'sold',
  });
});

test('ready ends all other wrap-ups at once, and is no event when there is nothing to end', () => {
  const { rooms, desk } = wrappingUp({ ...WRAP_UP, mode: 'until_cleared' }, 'm1', 'm2');
  assert.deepEqual(ask(desk, { wish: 'ready' }), []);
  const before = rooms.journal.length;
  assert.deepEqual(ask(desk, { wish: 'ready' }), []);
  assert.equal(rooms.journal.length, before);
});

test('wishes of strangers, of who is logged out, and for unknown reasons are refused', () => {
  const { desk } = house({ sales: {} });
  const stranger = desk.askAgent('nobody', { wish: 'log_in' }, 'api');
  assert.equal(stranger.ok ? '' : stranger.failure.code, 'agent.unknown');
  assert.equal(ask(desk, { wish: 'ready' }), 'agent.logged_out');
  assert.equal(ask(desk, { wish: 'pause', reason: 'lunch' }), 'agent.logged_out');
  assert.deepEqual(ask(desk, { wish: 'log_in' }), []);
  assert.equal(ask(desk, { wish: 'pause', reason: 'boredom' }), 'agent.reason_unknown');
  assert.deepEqual(ask(desk, { wish: 'pause', reason: 'lunch' }), []);
  assert.equal(desk.agents()[0]!.state, 'paused');
});

test('a pause with a limit says until when, and when it is over', () => {
  const pauseReasons = { '1': { name: 'lunch', limitMs: 60_000, atLimit: 'tell' as const } };
  const { rooms, desk } = house({ sales: {} }, { anna: {} }, { pauseReasons });
  rooms.readyAgent();
  ask(desk, { wish: 'pause', reason: 'lunch' });
  const shown = () => {
    const { pauseReason, pauseUntilMs, pauseOverran } = desk.agents()[0]!;
    return [pauseReason, pauseUntilMs! - rooms.nowMs, pauseOverran];
  };
  assert.deepEqual(shown(), ['lunch', 60_000, false]);
  rooms.nowMs += 60_000;
  rooms.take({ kind: 'time.passed', atMs: rooms.nowMs });
  assert.deepEqual(shown(), ['lunch', 0, true]);
});

test('an agent with several contacts in hand is shown with all of them, in one word, and how full the hands are', () => {
  const { rooms, desk } = house({ sales: { wrapUp: WRAP_UP } });
  rooms.readyAgent();
  rooms.queue('m1', { channel: 'chat' });
  rooms.answer();
  rooms.nowMs += 1000;
  rooms.queue('m2', { channel: 'chat' });
  const anna = desk.agents()[0]!;
  assert.deepEqual([anna.state, anna.contactId, anna.loadPercent], ['talking', 'm1', 50]);
  assert.deepEqual(
    anna.work.map(({ contactId, stage, channel, queueId, sinceMs }) => [
      contactId,
      stage,
      channel,
      queueId,
      rooms.nowMs - sinceMs,
    ]),
    [
      ['m1', 'talking', 'chat', 'sales', 1000],
      ['m2', 'ringing', 'chat', 'sales', 0],
    ],
  );
});

test('a queue lists who waits in the order of service, with step, estimate and lateness', () => {
  const relaxation = [{ when: { waitedMs: 5000 }, drop: ['german'], lower: {}, teams: null }];
  const needs = { required: { german: 1 }, anyOf: [], preferred: {}, excluded: {} };
  const { rooms, desk } = house({ sales: { relaxation, needs, ageingMs: 60_000, serviceLevelMs: 8000 } });
  rooms.queue('old');
  rooms.nowMs += 1000;
  rooms.queue('urgent', { priority: 5 });
  rooms.queue('callback', { virtualStartMs: rooms.nowMs - 60_000, channel: 'callback' });
  rooms.nowMs += 7500;
  rooms.take({ kind: 'time.passed', atMs: rooms.nowMs });
  const sales = only(desk.queues());
  assert.deepEqual(
    sales.contacts.map(({ contactId, position, relaxationStep, overdue }) => [
      contactId,
      position,
      relaxationStep,
      overdue,
    ]),
    [
      ['urgent', 1, 1, false],
      ['callback', 2, 1, false],
      ['old', 3, 1, true],
    ],
  );
  assert.deepEqual(
    [sales.waiting, sales.overdue, sales.longestWaitMs, sales.strategy, sales.contactsOmitted],
    [3, 1, 8500, 'longest_idle', 0],
  );
});

test('of very many who wait the first are listed, and how many more there are is told', () => {
  const { rooms, desk } = house({ sales: { order: 'lifo' } });
  const all = CONTACTS_LISTED_MAX + 250;
  for (let count = 1; count <= all; count++) {
    rooms.nowMs += 1;
    rooms.queue(`c${count}`);
  }
  const sales = only(desk.queues());
  assert.equal(sales.waiting, all);
  assert.equal(sales.contactsOmitted, 250);
  assert.deepEqual(
    sales.contacts.map(({ contactId }) => contactId),
    Array.from({ length: CONTACTS_LISTED_MAX }, (_, place) => `c${all - place}`),
  );
});

test('all whose phones ring for a contact are named', () => {
  const { rooms, desk } = house({ sales: { strategy: 'ring_all' } }, { anna: {}, ben: {} });
  rooms.readyAgent('anna');
  rooms.readyAgent('ben');
  rooms.queue('c1', { channel: 'callback' });
  const sales = only(desk.queues());
  const waiting = only(sales.contacts);
  assert.deepEqual(waiting.ringingAgentIds?.toSorted(), ['anna', 'ben']);
  assert.equal(waiting.ringingAgentId, waiting.ringingAgentIds?.[0]);
  assert.deepEqual([sales.ringing, sales.waiting, sales.agents.ringing], [1, 0, 2]);
});

test("an agent's own queue is shown while something stands in it", () => {
  const { rooms, desk } = house({ sales: {} }, { anna: {}, ben: {} });
  assert.deepEqual(
    desk.queues().map(({ id }) => id),
    ['sales'],
  );
  rooms.queue('m1', { queueId: '@ben', channel: 'message' });
  const direct = desk.queues()[1]!;
  assert.deepEqual([direct.id, direct.name, direct.waiting, direct.agents.logged_out], ['@ben', 'ben', 1, 1]);
});

test('the estimates of a queue are compared with the waits that came of them', () => {
  const { rooms, desk } = house({ sales: {} });
  rooms.readyAgent();
  assert.deepEqual(only(desk.queues()).estimates, { compared: 0 });
  rooms.queue('c1');
  rooms.answer();
  rooms.queue('c2');
  const { estimatedWaitP50Ms, estimatedWaitP90Ms } = only(only(desk.queues()).contacts);
  assert.ok(estimatedWaitP50Ms! > 0 && estimatedWaitP90Ms! > estimatedWaitP50Ms!);
  rooms.nowMs += 5000;
  rooms.take({ kind: 'contact.ended', atMs: rooms.nowMs, contactId: 'c1', cause: 'hung_up', endedBy: 'customer' });
  rooms.answer();
  assert.deepEqual(only(desk.queues()).estimates, {
    compared: 1,
    meanErrorMs: Math.round(Math.abs(5000 - estimatedWaitP50Ms!)),
    withinP90: 1,
  });
});

const OFFICE = {
  id: 'office',
  timeZone: 'Europe/Berlin',
  weekly: Array.from({ length: 7 }, () => [{ from: 9 * 60, to: 17 * 60 }]),
  holidays: [{ date: '12-25', name: 'Christmas' }],
  exceptions: [],
};

test('a calendar is open by its hours, by hand, and by its hours again; its queue shows it', () => {
  const { rooms, desk } = house({ sales: { calendar: 'office' } }, { anna: {} }, { calendars: { office: OFFICE } });
  rooms.nowMs = Date.parse('2026-11-20T16:30:00+01:00');
  const office = { id: 'office', timeZone: 'Europe/Berlin' };
  const byHours = { ...office, open: true, because: 'hours', untilMs: Date.parse('2026-11-20T17:00:00+01:00') };
  assert.deepEqual(only(desk.calendars()), byHours);
  const closed = desk.forceCalendar('office', 'closed', 'api');
  assert.ok(closed.ok);
  assert.deepEqual(closed.value, { ...office, open: false, because: 'forced', forced: 'closed' });
  assert.deepEqual(only(desk.queues()).calendar, closed.value);
  const before = rooms.journal.length;
  desk.forceCalendar('office', 'closed', 'api');
  assert.equal(rooms.journal.length, before, 'what is so already is no event');
  desk.forceCalendar('office', null, 'api');
  assert.deepEqual(only(desk.queues()).calendar, byHours);
  rooms.nowMs = Date.parse('2026-12-25T12:00:00+01:00');
  const { open, because, holiday } = only(desk.calendars());
  assert.deepEqual([open, because, holiday], [false, 'holiday', 'Christmas']);
  const unknown = desk.forceCalendar('none', 'open', 'api');
  assert.equal(unknown.ok ? '' : unknown.failure.code, 'calendar.unknown');
});
