import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PLAIN_PHONE } from '../../src/model/site.ts';
import { centre, kinds, only, Switchboard } from './switchboard.ts';

// An agent's line that stays between contacts: opened at login, again when it was lost, and closed at logout.

function atWork(): Switchboard {
  const plain = centre();
  const anna = { ...plain.agents['anna']!, phone: { ...PLAIN_PHONE, persistent: true } };
  const room = new Switchboard({ ...plain, agents: { ...plain.agents, anna } });
  room.readyAgent('anna');
  return room;
}

const of = (room: Switchboard) => ({ atMs: room.nowMs, agentId: 'anna' });

test('opened at login and closed at logout, for agents who have one', () => {
  const room = atWork();
  assert.equal(room.count('line.asked'), 1);
  room.readyAgent('ben');
  assert.equal(room.count('line.asked'), 1);
  const left = room.take({ kind: 'agent.logged_out', ...of(room), by: 'api' });
  assert.ok(room.tasks(left).includes('close_line'));
  assert.equal(room.calls.lines.size, 0);
});

test('one that is lost is opened again after a while, a few times at most, and anew when the agent is ready', () => {
  const room = atWork();
  room.take({ kind: 'line.opened', ...of(room) });
  const lost = () => room.take({ kind: 'line.closed', ...of(room), cause: 'unavailable' });
  lost();
  for (let times = 1; times <= 6; times++) {
    room.pass(600_000);
    lost();
  }
  assert.equal(room.count('line.asked'), 6);
  assert.equal(room.calls.deadlines.size, 0);
  const ready = room.take({ kind: 'agent.readied', ...of(room), by: 'api' });
  assert.equal(only(ready, 'line.asked').agentId, 'anna');
});

test('one that opens counts no tries, and after logout nothing is tried', () => {
  const room = atWork();
  for (let times = 0; times < 10; times++) {
    room.take({ kind: 'line.opened', ...of(room) });
    room.take({ kind: 'line.closed', ...of(room), cause: 'hung_up' });
    assert.ok(kinds(room.pass(60_000)).includes('line.asked'));
  }
  room.take({ kind: 'line.closed', ...of(room), cause: 'hung_up' });
  room.take({ kind: 'agent.logged_out', ...of(room), by: 'api' });
  assert.ok(!kinds(room.pass(600_000)).includes('line.asked'));
});
