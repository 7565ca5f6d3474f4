import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Receptionist, SITE, said } from './receptionist.ts';

const SUPERVISED = SITE.replace(
  'pause_reasons',
  `  bea: { extension: "1002", supervises: [sales] }
  cem: { extension: "1003" }
supervision: { announced: true }
pause_reasons`,
);

function day(): Receptionist {
  const made = new Receptionist({ 'site.yaml': SUPERVISED, 'main.yaml': 'steps: { end: { type: hangup } }\n' });
  made.talks.set('anna', { contactId: 'x', offerId: 'x.o1-1', queueId: 'sales' });
  return made;
}

test("the code and an agent's extension ring the supervisor's phone when she has hung up", () => {
  const one = day();
  const dialled = one.call('*151001', 'bea');
  assert.deepEqual(said(dialled), ['Your phone rings in a moment.']);
  assert.equal(
    dialled.some(({ kind }) => kind === 'watch.started'),
    false,
    'a phone that is in a call would be busy',
  );
  const [started, ...rest] = one.leave().filter(({ kind }) => kind === 'watch.started');
  assert.deepEqual(rest, []);
  const legId = `x.l0-${one.nowMs.toString(36)}`;
  const talk = { contactId: 'x', offerId: 'x.o1-1', queueId: 'sales', watchedAgentId: 'anna' };
  const how = { mode: 'listen', announced: true, by: 'phone' };
  assert.deepEqual(started, { kind: 'watch.started', atMs: one.nowMs, legId, agentId: 'bea', ...talk, ...how });
});

test('who may not listen, and who dials the extension of nobody who talks, is told so and nothing rings', () => {
  const cases = [
    ['*151001', 'cem', 'You may not listen to this agent.'],
    ['*151003', 'bea', 'This agent is not talking.'],
    ['*159999', 'bea', 'This agent is not talking.'],
    ['*15', 'bea', 'This agent is not talking.'],
  ] as const;
  for (const [number, agentId, words] of cases) {
    const one = day();
    assert.deepEqual(said(one.call(number, agentId)), [words], number);
    assert.equal(
      one.leave().some(({ kind }) => kind === 'watch.started'),
      false,
    );
  }
});

test('a talk that is over by the time when the phone would ring is not watched', () => {
  const one = day();
  one.call('*151001', 'bea');
  one.talks.clear();
  assert.equal(
    one.leave().some(({ kind }) => kind === 'watch.started'),
    false,
  );
});

test('nobody from outside listens to an agent by dialling the code', () => {
  const one = day();
  assert.deepEqual(said(one.call('*151001')), []);
  assert.equal(
    one.leave().some(({ kind }) => kind === 'watch.started'),
    false,
  );
});
