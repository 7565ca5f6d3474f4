import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_NEEDS } from '../../src/model/needs.ts';
import type { Queue, RelaxationStep } from '../../src/model/queue.ts';
import { Dispatcher, decided, only, rings } from './dispatcher.ts';
import { type AgentInTest, site } from './site.ts';

// Steps by which a queue asks for less. They add up, and the item keeps its place.

const STEP: RelaxationStep = { when: {}, drop: [], lower: {}, teams: null };
const GERMAN = { ...NO_NEEDS, required: { german: 7 } };

function relaxing(
  agents: Record<string, AgentInTest>,
  relaxation: Partial<RelaxationStep>[],
  more: Partial<Queue> = {},
): Dispatcher {
  const steps = relaxation.map((step) => ({ ...STEP, ...step }));
  const acd = new Dispatcher(site(agents, { sales: { needs: GERMAN, relaxation: steps, ...more } }));
  acd.ready(...Object.keys(agents));
  return acd;
}

test('each step is taken at its time after the item was queued, and what was asked for less stays so', () => {
  const acd = relaxing(
    { anna: { skills: { german: 5 }, team: 'out' } },
    [
      { when: { waitedMs: 10_000 }, lower: { german: 5 } },
      { when: { waitedMs: 20_000 }, teams: 'all' },
    ],
    { teams: ['in'] },
  );
  acd.queue('c1');
  assert.deepEqual(rings(acd.pass(10_000)), []);
  assert.deepEqual(rings(acd.pass(9999)), []);
  assert.deepEqual(rings(acd.pass(1)), ['anna c1']);
});

test('a level can be lowered and never be raised, and a skill that is dropped is asked for no more in any form', () => {
  const anyOf = [{ german: 3 }, { french: 3 }];
  const acd = relaxing(
    { anna: {} },
    [
      { when: { waitedMs: 5000 }, lower: { german: 9 } },
      { when: { waitedMs: 10_000 }, drop: ['german'] },
    ],
    { needs: { ...GERMAN, anyOf } },
  );
  acd.queue('c1');
  assert.deepEqual(rings(acd.pass(9999)), []);
  // Of the two alternatives one asks for nothing any more.
  assert.deepEqual(rings(acd.pass(1)), ['anna c1']);
});

test('an excluded skill stays excluded', () => {
  const acd = relaxing(
    { anna: { skills: { trainee: 5 } } },
    [{ when: { waitedMs: 5000 }, drop: ['german', 'trainee'] }],
    {
      needs: { ...GERMAN, excluded: { trainee: 1 } },
    },
  );
  acd.queue('c1');
  assert.deepEqual(rings(acd.pass(60_000)), []);
});

test('who asks for less stands where the wait began, before those who came later', () => {
  const acd = relaxing({ anna: { skills: { german: 7 } }, ben: {} }, [
    { when: { waitedMs: 10_000 }, drop: ['german'] },
  ]);
  const talk = acd.talk('first');
  acd.queue('c1');
  acd.pass(9000);
  acd.queue('c2');
  acd.talk('busy', { preferred: { agentIds: ['ben'], untilMs: acd.nowMs }, needs: NO_NEEDS, queueId: '@ben' });
  acd.pass(1000);
  assert.deepEqual(rings(acd.agentHangsUp(talk)), ['anna c1']);
});

test('of two that ask for less in the same moment the more urgent one has the only agent', () => {
  const acd = relaxing({ anna: {} }, [{ when: { waitedMs: 10_000 }, drop: ['german'] }]);
  acd.queue('a-low');
  acd.queue('b-high', { priority: 5 });
  assert.deepEqual(rings(acd.pass(10_000)), ['anna b-high']);
});

test('fewer agents in service than the step says: it is taken within a second, at once for who comes later', () => {
  const acd = relaxing({ anna: { skills: { german: 9 } }, ben: {} }, [{ when: { agentsBelow: 1 }, drop: ['german'] }]);
  const talk = acd.talk('c0');
  acd.queue('c1');
  acd.pass(5000);
  // A busy agent is in service; one who pauses is not.
  assert.equal(acd.state.items.get('c1')!.step, 0);
  acd.pause('anna');
  assert.deepEqual(rings(acd.pass(1000)), ['ben c1']);
  acd.hangUp('c1');
  assert.deepEqual(rings(acd.queue('c2')), ['ben c2']);
  acd.agentHangsUp(talk);
});

test('a long estimated wait is a condition, too', () => {
  const acd = relaxing({ anna: { skills: { german: 9 } }, ben: {} }, [
    { when: { estimatedWaitMs: 1 }, drop: ['german'] },
  ]);
  acd.talk('c0');
  const then = acd.queue('c1');
  assert.ok(only(then, 'wait.estimated').p50Ms > 1);
  assert.deepEqual(rings([...then, ...acd.pass(1000)]), ['ben c1']);
});

test('several steps that are due at once are taken at once', () => {
  const acd = relaxing({ anna: {} }, [
    { when: { waitedMs: 1000 }, lower: { german: 3 } },
    { when: { waitedMs: 2000 }, drop: ['german'] },
  ]);
  acd.queue('c1');
  acd.nowMs += 60_000;
  const then = acd.take({ kind: 'time.passed', atMs: acd.nowMs });
  assert.deepEqual(decided(then), ['contact.relaxed', 'contact.relaxed', 'offer.made']);
});

test('steps that a new configuration takes away are taken back, and those that it brings are taken', () => {
  const acd = relaxing({ anna: {} }, [{ when: { waitedMs: 1000 }, drop: ['german'] }]);
  acd.pause('anna');
  acd.queue('c1');
  acd.pass(30_000);
  acd.load(site({ anna: {} }, { sales: { needs: GERMAN } }));
  assert.deepEqual(rings(acd.sayReady('anna')), []);
  const later = [{ ...STEP, when: { waitedMs: 40_000 }, drop: ['german'] }];
  assert.deepEqual(rings(acd.load(site({ anna: {} }, { sales: { needs: GERMAN, relaxation: later } }))), []);
  assert.deepEqual(rings(acd.pass(10_000)), ['anna c1']);
});
