import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tasksFor } from '../../src/controller/commands.ts';
import { createSupervision } from '../../src/controller/watch/supervise.ts';
import type { Event } from '../../src/model/event.ts';
import { SITE } from '../flow/receptionist.ts';
import { flowSet, Rooms } from './hall-state.ts';
import { HallOfRooms } from './talking-hall.ts';

/** Anna talks to contact `c`, and bea's phone rings to listen to it; what follows is told as the tasks of the door. */
function ringing(site = SITE) {
  const agents = '  bea: { extension: "1002", supervises: all }\n';
  const rooms = new Rooms(flowSet(site.replace('pause_reasons', `${agents}pause_reasons`)));
  rooms.take({ kind: 'phone.changed', atMs: rooms.nowMs, agentId: 'bea', phone: 'idle' });
  rooms.readyAgent();
  rooms.arrive('c');
  rooms.press('c', '1');
  rooms.answer();
  const supervision = createSupervision(new HallOfRooms(rooms));
  const started = supervision.start('c', { supervisorId: 'bea', mode: 'listen' }, 'api');
  assert.ok(started.ok);
  const legId = started.value.id;
  const tasks = (event: Event) => rooms.take(event).flatMap((one) => tasksFor(rooms.state, one));
  const about = { atMs: rooms.nowMs, contactId: 'c', legId };
  return { rooms, about, legId, tasks, offerId: rooms.state.acd.items.get('c')!.offers[0]! };
}

test('who answers is let in by one command, and a key changes how she hears', () => {
  const { about, legId, offerId, tasks } = ringing();
  const watch = { do: 'watch', contactId: 'c', legId, targetLegId: offerId };
  assert.deepEqual(tasks({ kind: 'leg.answered', ...about }), [{ ...watch, mode: 'listen' }]);
  assert.deepEqual(tasks({ kind: 'leg.pressed', ...about, digit: '6' }), [{ ...watch, mode: 'barge' }]);
});

test('an announced watch is told to both sides by a tone before anybody listens, one that is not to nobody', () => {
  const { about, legId, offerId, tasks } = ringing(`${SITE}supervision: { announced: true }\n`);
  const media = [{ sound: 'beep' }];
  const promptId = `${legId}.agent`;
  assert.deepEqual(tasks({ kind: 'leg.answered', ...about }), [
    { do: 'play', contactId: 'c', promptId: `${legId}.customer`, media },
    { do: 'play_to', contactId: 'c', legId: offerId, promptId, media },
  ]);
  const { atMs } = about;
  const over = tasks({ kind: 'prompt.finished', atMs, contactId: 'c', promptId, result: 'done' });
  assert.deepEqual(over, [{ do: 'watch', contactId: 'c', legId, targetLegId: offerId, mode: 'listen' }]);
});

test('a phone that is answered when the watch is over already is not let in', () => {
  const { rooms, about, tasks } = ringing();
  rooms.take({ kind: 'watch.stopped', ...about, agentId: 'bea', by: 'api' });
  assert.deepEqual(tasks({ kind: 'leg.answered', ...about }), []);
});

test('who takes the talk over is joined with the customer, and the leg of the agent goes', () => {
  const { rooms, about, legId, offerId, tasks } = ringing();
  rooms.take({ kind: 'leg.answered', ...about });
  const done = tasks({ kind: 'watch.took_over', ...about, agentId: 'bea', by: 'api' });
  const joined = done.filter(({ do: what }) => what === 'join');
  assert.deepEqual(joined, [{ do: 'join', contactId: 'c', place: 'talk', legIds: ['c', legId] }]);
  assert.ok(done.some((task) => task.do === 'drop_leg' && task.legId === offerId));
  assert.equal(
    done.some(({ do: what }) => what === 'release' || what === 'watch'),
    false,
  );
});
