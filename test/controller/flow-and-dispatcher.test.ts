import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event, EventKind } from '../../src/model/event.ts';
import { load } from '../flow/receptionist.ts';
import { Rooms } from './hall-state.ts';

/** Friday, 20 November 2026. */
const NINE = Date.parse('2026-11-20T09:00:00Z');
const NIGHT = Date.parse('2026-11-20T20:00:00Z');

const SITE = `
numbers: { "100": main }
calendars: { office: { hours: { mon-fri: "08:00-18:00" } } }
queues:
  sales:
    calendar: office
    overflow:
      - { when: { closed: true }, to: voicemail }
      - { when: { waited: 1m }, to: { queue: reserve } }
  reserve: { overflow: [{ when: { waited: 1m }, to: { flow: sorry } }] }
  outside: { overflow: [{ when: { waited: 10s }, to: { external: "030123" } }] }
agents:
  anna: { extension: "1001", queues: [sales, reserve] }
  ben: { extension: "1002", queues: [outside, sales] }
`;

/** Flow and dispatcher together at a moment; nobody is logged in yet. */
function exchangeAt(nowMs: number, steps: string): Rooms {
  const main = `steps:\n  wait: ${steps}\n  end: { type: hangup }\n`;
  const sorry = 'steps: { end: { type: hangup, cause: busy } }';
  const { set } = load({ 'site.yaml': SITE, 'main.yaml': main, 'sorry.yaml': sorry });
  assert.ok(set);
  const rooms = new Rooms(set);
  rooms.take({ kind: 'door.opened', atMs: rooms.nowMs, door: 'voice' });
  rooms.nowMs = nowMs;
  return rooms;
}

function dial(rooms: Rooms, to: string): Event[] {
  const about = { contactId: 'c1', legId: 'c1', channel: 'voice', from: '15551234', to } as const;
  return rooms.take({ kind: 'contact.arrived', atMs: rooms.nowMs, ...about });
}

function pass(rooms: Rooms, ms: number): Event[] {
  rooms.nowMs += ms;
  return rooms.take({ kind: 'time.passed', atMs: rooms.nowMs });
}

const of = <K extends EventKind>(events: readonly Event[], kind: K) =>
  events.filter((event): event is Extract<Event, { kind: K }> => event.kind === kind);

test('who dials an agent’s extension rings that agent, and is told busy after a minute', () => {
  const rooms = exchangeAt(NINE, '{ type: queue, queue: sales, next: end }');
  for (const agentId of ['anna', 'ben']) rooms.readyAgent(agentId);
  const [offer] = of(dial(rooms, '1002'), 'offer.made');
  assert.deepEqual([offer?.agentId, offer?.queueId], ['ben', '@ben']);
  const late = pass(rooms, 60_000);
  assert.deepEqual(
    of(late, 'hangup.requested').map(({ cause }) => cause),
    ['busy'],
  );
});

test('a queue that is closed sends the call to the step’s voicemail, and takes it when it was forced open', () => {
  const wait = '{ type: queue, queue: sales, next: end, on: { voicemail: end } }';
  const closed = exchangeAt(NIGHT, wait);
  const left = of(dial(closed, '100'), 'step.left');
  assert.deepEqual(
    left.map(({ outcome }) => outcome),
    ['voicemail'],
  );
  const opened = exchangeAt(NIGHT, wait);
  opened.take({ kind: 'calendar.forced', atMs: NIGHT, calendarId: 'office', forced: 'open', by: 'api' });
  assert.deepEqual(of(dial(opened, '100'), 'step.left'), []);
});

test('an overflow over a second queue to another flow is one wait for the first flow', () => {
  const rooms = exchangeAt(NINE, '{ type: queue, queue: sales, on: { overflow: end } }');
  dial(rooms, '100');
  const over = pass(rooms, 60_000);
  assert.deepEqual(
    of(over, 'contact.queued').map(({ queueId }) => queueId),
    ['reserve'],
  );
  assert.deepEqual(of(over, 'step.left'), []);
  const gone = pass(rooms, 60_000);
  assert.deepEqual(
    of(gone, 'flow.started').map(({ flowId }) => flowId),
    ['sorry'],
  );
  assert.deepEqual(
    of(gone, 'hangup.requested').map(({ cause }) => cause),
    ['busy'],
  );
  assert.equal(rooms.state.acd.items.size, 0);
});

test('an overflow to a number outside leaves the step, which knows the number', () => {
  const rooms = exchangeAt(NINE, '{ type: queue, queue: outside, next: end }');
  dial(rooms, '100');
  const [left] = of(pass(rooms, 10_000), 'step.left');
  assert.deepEqual([left?.outcome, left?.set], ['external', { overflow_number: '030123' }]);
});

test('a caller is kept for the agent whom the step names, who is in another call, and then given to anybody', () => {
  const rooms = exchangeAt(NINE, '{ type: queue, queue: sales, preferred_agents: [ben], hold: 20s, next: end }');
  for (const agentId of ['anna', 'ben']) rooms.readyAgent(agentId);
  rooms.take({ kind: 'phone.changed', atMs: rooms.nowMs, agentId: 'ben', phone: 'busy' });
  assert.deepEqual(of(dial(rooms, '100'), 'offer.made'), []);
  assert.deepEqual(
    of(pass(rooms, 20_000), 'offer.made').map(({ agentId }) => agentId),
    ['anna'],
  );
});
