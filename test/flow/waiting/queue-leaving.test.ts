import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QueueStatus } from '../../../src/flow/floor.ts';
import { flow, ofKind } from '../one-flow.ts';
import { outcomes, queued, type Receptionist, SITE, said } from '../receptionist.ts';

const EXITS = `
  wait: { type: queue, queue: sales, exit_keys: { "1": mail, star: end }, save: { key: "\${{ result.key }}" }, next: end }
  mail: { type: play, prompt: "By \${{ vars.key }}.", next: end }
  end: { type: hangup }`;

function leaveQueue(caller: Receptionist, reason: 'exit' | 'timeout') {
  const left = { queueId: 'sales', queuedAtMs: caller.nowMs, waitedMs: 0, reason };
  return caller.take({ kind: 'contact.dequeued', atMs: caller.nowMs, contactId: 'c1', ...left });
}

test('an exit key asks the dispatcher to let the contact go, and leads to its step when that is done', () => {
  const caller = flow(EXITS);
  caller.call('100');
  assert.deepEqual(caller.press('7'), []);
  assert.deepEqual(
    ofKind(caller.press('1'), 'queue.exit_requested').map(({ digit }) => digit),
    ['1'],
  );
  const then = leaveQueue(caller, 'exit');
  assert.deepEqual(outcomes(then), ['1']);
  assert.deepEqual(said(then), ['By 1.']);
});

test('where the customer writes, a reply may be an exit key', () => {
  const caller = flow(EXITS);
  caller.chat('100');
  assert.deepEqual(caller.reply('one moment please'), []);
  assert.equal(ofKind(caller.reply(' * '), 'queue.exit_requested')[0]?.digit, '*');
  assert.deepEqual(outcomes(leaveQueue(caller, 'exit')), ['*']);
});

test('an exit whose key was forgotten by a restart is an exit all the same, and falls to overflow, timeout and next', () => {
  const caller = flow(`
  wait: { type: queue, queue: sales, exit_keys: { "1": mail }, on: { timeout: late }, next: end }
  mail: { type: play, prompt: Mail., next: end }
  late: { type: play, prompt: Late., next: end }
  end: { type: hangup }`);
  caller.call('100');
  caller.press('1');
  caller.restart();
  caller.take({ kind: 'contact.answered', atMs: caller.nowMs, contactId: 'c1' });
  const then = leaveQueue(caller, 'exit');
  assert.deepEqual(outcomes(then), ['exit']);
  assert.deepEqual(said(then), ['Late.']);
});

const CLOSED_SITE = SITE.replace('sales: {}', 'sales: { calendar: never }').replace(
  'agents:',
  'calendars:\n  never: { hours: {} }\nagents:',
);

function status(part: Partial<QueueStatus>): QueueStatus {
  return { agentsReady: 0, agentsInService: 1, waiting: 0, longestWaitMs: 0, estimatedWaitMs: null, ...part };
}

const GUARDED = `
  wait:
    type: queue
    queue: sales
    overflow: { full_at: 3, on_full: full, on_no_agents: nobody, on_closed: closed }
    next: end
  full: { type: play, prompt: Full., next: end }
  nobody: { type: play, prompt: Nobody., next: end }
  closed: { type: play, prompt: Closed., next: end }
  end: { type: hangup }`;

test('who finds the queue full, without agents or closed is not let in, and goes to the step for that', () => {
  for (const [part, site, outcome, words] of [
    [{ waiting: 3 }, SITE, 'full', 'Full.'],
    [{ agentsInService: 0, waiting: 9 }, SITE, 'no_agents', 'Nobody.'],
    [{}, CLOSED_SITE, 'closed', 'Closed.'],
  ] as const) {
    const caller = flow(GUARDED, { 'site.yaml': site });
    caller.queues.set('sales', status(part));
    const events = caller.call('100');
    assert.equal(ofKind(events, 'contact.queued').length, 0);
    assert.deepEqual([outcomes(events), said(events)], [[outcome], [words]]);
  }
});

test('who finds room and agents is let in, and so is everybody where the step says nothing of it', () => {
  const caller = flow(GUARDED);
  caller.queues.set('sales', status({ waiting: 2 }));
  assert.equal(queued(caller.call('100')).queueId, 'sales');
  const plain = flow('  wait: { type: queue, queue: sales }', { 'site.yaml': CLOSED_SITE });
  plain.queues.set('sales', status({ agentsInService: 0, waiting: 99 }));
  assert.equal(queued(plain.call('100')).queueId, 'sales');
});
