import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QueueStatus } from '../../../src/flow/floor.ts';
import { errorOf, flow, problemsOf } from '../one-flow.ts';
import { outcomes, said } from '../receptionist.ts';

const STATUS: QueueStatus = {
  agentsReady: 2,
  agentsInService: 5,
  waiting: 3,
  longestWaitMs: 90_400,
  estimatedWaitMs: 61_000,
};

function ask(when: string, status: QueueStatus = STATUS): string | undefined {
  const caller = flow(`
  look: { type: queue_status, queue: sales, cases: [{ when: "${when}", next: yes, id: holds }], default: no }
  no: { type: hangup }
  yes: { type: hangup }`);
  caller.queues.set('sales', status);
  return outcomes(caller.call('100'))[0];
}

test('conditions may name how many wait, how long, and who is there; times are in seconds', () => {
  for (const when of [
    'queue.agents_ready == 2',
    'queue.agents_in_service == 5',
    'queue.waiting == 3',
    'queue.longest_wait == 90',
    'queue.estimated_wait == 61',
    'queue.waiting > 2 && queue.agents_ready < queue.waiting',
  ]) {
    assert.equal(ask(when), 'holds', when);
  }
  assert.equal(ask('queue.waiting > 3'), 'default');
});

test('a wait that nobody can tell is nothing', () => {
  assert.equal(ask('queue.estimated_wait == null', { ...STATUS, estimatedWaitMs: null }), 'holds');
  assert.equal(ask('queue.estimated_wait > 10', { ...STATUS, estimatedWaitMs: null }), 'default');
});

test('the first case that holds is taken, and all figures are the result', () => {
  const caller = flow(`
  look:
    type: queue_status
    queue: sales
    cases:
      - { when: "queue.waiting > 10", next: end }
      - { when: "queue.waiting > 1", next: told }
    save: { n: "\${{ result.waiting }}", s: "\${{ result.longest_wait + result.agents_ready }}" }
  end: { type: hangup }
  told: { type: play, prompt: "\${{ vars.n }} \${{ vars.s }}" }`);
  caller.queues.set('sales', STATUS);
  const events = caller.call('100');
  assert.deepEqual([outcomes(events), said(events)], [['2'], ['3 92']]);
});

test('a queue that is gone since the contact came is an error', () => {
  const caller = flow(`
  look: { type: queue_status, queue: sales, cases: [{ when: "queue.waiting > 1", next: end }], on: { error: end } }
  end: { type: hangup }`);
  assert.match(errorOf(caller.call('100'))!, /^step\.invalid .*sales/);
});

test('what a queue_status step names wrongly is found at its place', () => {
  for (const [step, told] of [
    ['type: queue_status, queue: salse, cases: [{ when: "true", next: end }]', /queue\.unknown .*"sales"/],
    [
      'type: queue_status, queue: sales, cases: [{ when: "queue.wating > 1", next: end }]',
      /variable\.unknown .*waiting/,
    ],
    ['type: queue_status, queue: sales, cases: [{ when: "queue.waiting", next: end }]', /expression\.type/],
    ['type: queue_status, queue: sales', /key\.missing .*"cases"/],
    ['type: queue_status, queue: sales, cases: [{ when: "true", next: end, id: error }]', /value\.choice .*"error"/],
  ] as const) {
    const found = problemsOf(step);
    assert.ok(
      found.some((line) => told.test(line)),
      `${step}: ${found.join('\n')}`,
    );
  }
});
