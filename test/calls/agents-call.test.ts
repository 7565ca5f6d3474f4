import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kinds, only, Switchboard } from './switchboard.ts';

// What agents dial on their phones reaches colleagues, queues and the outside (S24).

function dials(to: string, fromAgentId?: string) {
  const room = new Switchboard();
  const about = { contactId: 'c1', legId: 'c1', channel: 'voice', from: '200', to } as const;
  const by = fromAgentId === undefined ? {} : { fromAgentId };
  return { room, arrived: room.take({ kind: 'contact.arrived', atMs: room.nowMs, ...about, ...by }) };
}

test('an extension reaches the colleague, and the number of a queue the queue', () => {
  assert.equal(only(dials('201', 'anna').arrived, 'contact.queued').queueId, '@ben');
  assert.equal(only(dials('300', 'anna').arrived, 'contact.queued').queueId, 'support');
});

test('a number outside goes by the rules of the site', () => {
  const { room, arrived } = dials('03012345', 'anna');
  assert.equal(only(arrived, 'leg.asked').way?.number, '03012345');
  assert.ok(room.tasks(arrived).includes('indicate_ringing'));
  assert.ok(room.tasks(room.legAnswered()).includes('join talk c1 far'));
  assert.ok(kinds(room.legEnded()).includes('hangup.requested'));
});

for (const [cause, told] of [
  ['busy', 'busy'],
  ['no_answer', 'busy'],
  ['failed', 'congestion'],
] as const) {
  test(`an agent hears by the tone that a number was ${cause}`, () => {
    const { room } = dials('03012345', 'anna');
    room.legEnded(cause);
    if (cause === 'failed') room.legEnded(cause);
    assert.equal(room.last('hangup.requested').cause, told);
  });
}

test('what the rules do not allow is no number, and a caller from outside dials neither queues nor the outside', () => {
  const fails = (to: string, fromAgentId?: string) => only(dials(to, fromAgentId).arrived, 'flow.failed').code;
  assert.equal(fails('0900123', 'anna'), 'number.unknown');
  assert.equal(fails('300'), 'number.unknown');
  assert.equal(fails('03012345'), 'number.unknown');
});
