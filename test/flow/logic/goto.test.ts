import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flow, problemsOf } from '../one-flow.ts';
import { outcomes, said } from '../receptionist.ts';

test('goto leads to its step, whatever stands below', () => {
  const caller = flow(`
  go: { type: goto, step: there }
  below: { type: play, prompt: Below., next: end }
  there: { type: play, prompt: There., next: below }
  end: { type: hangup }`);
  assert.deepEqual(said(caller.call('100')), ['There.']);
});

test('with max it goes so often in a row and is done then', () => {
  const caller = flow(`
  hear: { type: play, prompt: Again. }
  back: { type: goto, step: hear, max: 2, on: { done: end } }
  end: { type: hangup }`);
  const all = [...caller.call('100'), ...caller.heardOut(), ...caller.heardOut(), ...caller.heardOut()];
  assert.deepEqual(said(all), ['Again.', 'Again.', 'Again.']);
  assert.deepEqual(outcomes(all), ['ok', 'ok', 'ok', 'ok', 'ok', 'done']);
});

test('a step that is not there is a problem', () => {
  assert.match(problemsOf('type: goto, step: ent')[0]!, /^2:\d+ step\.unknown .*"end"/);
});
