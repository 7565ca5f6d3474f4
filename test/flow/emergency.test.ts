import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '../../src/model/event.ts';
import { outcomes, Receptionist, SITE, said } from './receptionist.ts';

const FILES = {
  'site.yaml': SITE,
  'main.yaml': `
steps:
  hello: { type: play, prompt: Welcome. }
  wait:
    type: queue
    queue: sales
    announcements: { first_after: 10s, every: 30s, prompts: [Please hold.] }
    on: { timeout: sorry }
  end: { type: hangup }
  sorry: { type: hangup, prompt: Nobody is here. }
`,
  'words.yaml':
    'steps: { say: { type: play, prompt: We had to leave the house., next: end }, end: { type: hangup } }\n',
  'again.yaml': `
steps:
  back: { type: queue, queue: sales, on: { timeout: end } }
  end: { type: hangup, prompt: Goodbye. }
`,
};

function declare(day: Receptionist, queueId: string | null, flowId = 'words'): Event[] {
  return day.take({ kind: 'emergency.declared', atMs: day.nowMs, queueId, flowId, by: 'api' });
}

/** As the dispatcher does, for whoever waits in the queue. */
function leaves(day: Receptionist): Event[] {
  const left = { queueId: 'sales', queuedAtMs: day.nowMs, waitedMs: 0, reason: 'emergency' } as const;
  return day.take({ kind: 'contact.dequeued', atMs: day.nowMs, contactId: day.session.contactId, ...left });
}

test('who calls while the site is stopped goes to the flow at once; agents may still dial their codes', () => {
  const day = new Receptionist(FILES);
  declare(day, null);
  assert.deepEqual(said(day.call('100')), ['We had to leave the house.']);
  const agent = new Receptionist(FILES);
  declare(agent, null);
  agent.loggedIn.add('anna');
  assert.deepEqual(said(agent.call('*12', 'anna')), ['You are logged out.']);
});

test('lifted, calls go where they went before; a stopped queue alone changes nothing for who calls', () => {
  const day = new Receptionist(FILES);
  declare(day, null);
  declare(day, 'sales');
  day.take({ kind: 'emergency.lifted', atMs: day.nowMs, queueId: null, by: 'api' });
  assert.deepEqual(said(day.call('100')), ['Welcome.']);
});

test('who leaves a stopped queue hears no announcement of it any more, and goes on in the flow of the emergency', () => {
  const day = new Receptionist(FILES);
  day.call('100');
  day.heardOut();
  day.places.set(day.session.contactId, { position: 1, waitedMs: 10_000, estimatedWaitMs: null });
  assert.deepEqual(said(day.pass(10_000)), ['Please hold.']);
  declare(day, 'sales');
  const events = leaves(day);
  assert.deepEqual(outcomes(events), ['emergency']);
  assert.ok(events.some(({ kind }) => kind === 'prompt.stopped'));
  assert.deepEqual(said(events), ['We had to leave the house.']);
  assert.deepEqual([day.session.flowId, day.session.stepId], ['words', 'say']);
});

test('a flow of the emergency that leads into the stopped queue does not go round: the step is left as after the longest wait', () => {
  const day = new Receptionist(FILES);
  declare(day, null, 'again');
  day.call('100');
  assert.deepEqual(outcomes(leaves(day)), ['timeout']);
});

test('a flow that was taken out of the folder since loses nobody: calls go where they went before', () => {
  const day = new Receptionist(FILES);
  day.call('100');
  day.heardOut();
  declare(day, null, 'gone');
  assert.deepEqual([outcomes(leaves(day)), day.session.stepId], [['timeout'], 'sorry']);
  const next = new Receptionist(FILES);
  declare(next, null, 'gone');
  assert.deepEqual(said(next.call('100')), ['Welcome.']);
});
