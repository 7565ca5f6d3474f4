import assert from 'node:assert/strict';
import { test } from 'node:test';
import { doorOf, tasksFor } from '../../src/controller/commands.ts';
import type { Event } from '../../src/model/event.ts';
import type { OverflowTarget, Queue } from '../../src/model/queue.ts';
import { type AgentInTest, site } from '../acd/site.ts';
import { flowSet, Rooms } from './hall-state.ts';

// The policy: what a door has to do follows from the events alone, and the one door there is takes phone calls.

function roomsWith(
  queue: Partial<Queue> = {},
  agents: Record<string, AgentInTest> = { anna: {}, ben: {} },
  more: Record<string, Partial<Queue>> = {},
): Rooms {
  return new Rooms(flowSet(site(agents, { sales: queue, ...more })));
}

/** What the batch asks of the doors, in order: verb and whom it concerns. */
function asked(rooms: Rooms, batch: readonly Event[]): string[] {
  const tasks = batch.flatMap((event) => tasksFor(rooms.state, event));
  return tasks.map((task) => {
    if (task.do === 'ring') return `ring ${task.agentId}`;
    if (task.do === 'start_music') return `start_music ${task.music}`;
    if (task.do === 'withdraw' || task.do === 'connect' || task.do === 'release') {
      return `${task.do} ${rooms.offeredTo(task.offerId)}`;
    }
    return task.do;
  });
}

/** A caller who has come to the queue. */
function waits(rooms: Rooms, contactId = 'c1'): string[] {
  rooms.arrive(contactId);
  return asked(rooms, rooms.press(contactId, '1')).filter((task) => task !== 'stop_prompt');
}

test('who has to wait hears the music of the queue', () => {
  assert.deepEqual(waits(roomsWith({ music: 'jazz' })), ['start_music jazz']);
});

test('an announcement and the music take turns, and neither is heard any more by who talks', () => {
  const announcing = `
steps:
  wait: { type: queue, queue: sales, announcements: { first_after: 5s, every: 30s, position: true } }
`;
  const rooms = new Rooms(flowSet(site({ anna: {} }, { sales: { music: 'jazz' } }), 'v1', announcing));
  rooms.arrive('c1');
  rooms.nowMs += 5000;
  const announced = rooms.take({ kind: 'time.passed', atMs: rooms.nowMs });
  assert.deepEqual(asked(rooms, announced), ['stop_music', 'speak']);
  const { promptId } = rooms.state.flow.sessions.get('c1')!;
  rooms.nowMs += 2000;
  const over = { contactId: 'c1', promptId: promptId!, result: 'done' } as const;
  assert.deepEqual(asked(rooms, rooms.take({ kind: 'prompt.finished', atMs: rooms.nowMs, ...over })), [
    'start_music jazz',
  ]);
  rooms.nowMs += 30_000;
  rooms.take({ kind: 'time.passed', atMs: rooms.nowMs });
  rooms.readyAgent();
  assert.deepEqual(asked(rooms, rooms.answer()), ['connect anna', 'stop_prompt']);
});

test('several phones ring at once, the caller is entertained once, and the others stop before the two are joined', () => {
  const rooms = roomsWith({ strategy: 'ring_all' }, { anna: {}, ben: {}, carla: {} });
  for (const agentId of ['anna', 'ben', 'carla']) rooms.readyAgent(agentId);
  const first = waits(rooms);
  assert.deepEqual(first.toSorted(), ['ring anna', 'ring ben', 'ring carla', 'start_music default']);
  const then = asked(rooms, rooms.answer('ben'));
  assert.deepEqual(then.slice(0, 2).sort(), ['withdraw anna', 'withdraw carla']);
  assert.deepEqual(then.slice(2), ['connect ben']);
});

test('music goes on from one queue to the next, and changes with it', () => {
  const overflow = [{ when: { waitedMs: 5000 }, target: { to: 'queue', queueId: 'support' } as const }];
  const rooms = roomsWith({ overflow }, undefined, { support: { music: 'jazz' } });
  waits(rooms);
  rooms.nowMs += 5000;
  assert.deepEqual(asked(rooms, rooms.take({ kind: 'time.passed', atMs: rooms.nowMs })), ['start_music jazz']);
});

for (const target of [
  { to: 'voicemail' },
  { to: 'callback' },
  { to: 'external', number: '0800' },
] as OverflowTarget[]) {
  test(`music stops for who is sent on to ${target.to}`, () => {
    const rooms = roomsWith({ overflow: [{ when: { waitedMs: 5000 }, target }] });
    waits(rooms);
    rooms.nowMs += 5000;
    const tasks = asked(rooms, rooms.take({ kind: 'time.passed', atMs: rooms.nowMs }));
    assert.equal(tasks[0], 'stop_music');
    assert.ok(!tasks.some((task) => task.startsWith('start_music')));
  });
}

test('a chat is rung, joined and entertained by no phone', () => {
  const rooms = roomsWith();
  rooms.readyAgent();
  const waiting = rooms.queue('m1', { channel: 'chat' });
  assert.ok(waiting.some(({ kind }) => kind === 'offer.made'));
  assert.deepEqual(asked(rooms, waiting), []);
  assert.deepEqual(asked(rooms, rooms.answer()), []);
});

test('an agent who hangs up is released, and a caller who goes on waiting keeps the music', () => {
  const rooms = roomsWith();
  rooms.readyAgent();
  assert.deepEqual(waits(rooms), ['ring anna', 'start_music default']);
  assert.deepEqual(asked(rooms, rooms.answer()), ['connect anna']);
  const [offerId] = rooms.state.acd.items.get('c1')!.offers;
  const lost: Event = { kind: 'connection.failed', atMs: rooms.nowMs, contactId: 'c1', offerId: offerId! };
  assert.deepEqual(asked(rooms, rooms.take(lost)), ['release anna', 'start_music default']);
});

test('what a flow says in a chat is shown, and nothing of it goes to a phone', () => {
  const rooms = roomsWith();
  rooms.readyAgent();
  const chat = { contactId: 'm1', legId: 'm1', channel: 'chat', from: 'Maria', to: '100' } as const;
  const { nowMs: atMs } = rooms;
  assert.deepEqual(asked(rooms, rooms.take({ kind: 'contact.arrived', atMs, ...chat })), ['answer']);
  const shown = rooms.take({ kind: 'contact.answered', atMs, contactId: 'm1' });
  assert.deepEqual(asked(rooms, shown), ['show']);
  const [show] = shown.flatMap((event) => tasksFor(rooms.state, event));
  assert.deepEqual(show?.do === 'show' && show.choices, [{ key: '1', label: '1' }]);
  const waits = asked(rooms, rooms.take({ kind: 'digit.received', atMs, contactId: 'm1', digit: '1', messageId: 'a' }));
  assert.deepEqual([...new Set(waits)], ['show_status']);
  assert.deepEqual([...new Set(asked(rooms, rooms.answer()))], ['show_status']);
  const [offerId] = rooms.state.acd.items.get('m1')!.offers;
  const closed: Event = { kind: 'contact.closed', atMs, contactId: 'm1', offerId: offerId!, agentId: 'anna' };
  assert.deepEqual(asked(rooms, rooms.take(closed)), ['show_status', 'hangup']);
});

test('each task goes to the door of its contact', () => {
  const rooms = roomsWith();
  const chat = { contactId: 'm1', legId: 'm1', channel: 'chat', from: 'Maria', to: '100' } as const;
  rooms.take({ kind: 'contact.arrived', atMs: rooms.nowMs, ...chat });
  rooms.arrive('c1');
  const { state } = rooms;
  assert.equal(doorOf(state, { do: 'hangup', contactId: 'm1', cause: 'normal' }), 'chat');
  assert.equal(doorOf(state, { do: 'hangup', contactId: 'c1', cause: 'normal' }), 'voice');
  assert.equal(doorOf(state, { do: 'withdraw', offerId: 'c1.o1-x' }), 'voice');
  assert.equal(doorOf(state, { do: 'show_typing', contactId: 'gone' }), 'chat');
});
