import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorOf, flow, problemsOf } from '../one-flow.ts';
import { outcomes, said } from '../receptionist.ts';

const AROUND = `
  say: { type: play, prompt: "Round \${{ vars.round }}.", next: round }
  end: { type: hangup }`;

test('a loop goes round so many times, and a restart in between does not count anew', () => {
  const caller = flow(`
  round: { type: loop, max: 3, save: { round: "\${{ result.round }}" }, on: { again: say, done: end } }
${AROUND}`);
  assert.deepEqual(said(caller.call('100')), ['Round 1.']);
  assert.deepEqual(said(caller.heardOut()), ['Round 2.']);
  assert.deepEqual(said(caller.restart()), ['Round 2.']);
  assert.deepEqual(said(caller.heardOut()), ['Round 3.']);
  const last = caller.heardOut();
  assert.deepEqual(outcomes(last), ['ok', 'done']);
});

test('a loop that is done counts anew when it is entered again', () => {
  const caller = flow(`
  round: { type: loop, max: 1, on: { again: say, done: more } }
  say: { type: play, prompt: Hm., next: round }
  more: { type: play, prompt: Once more., max_visits: 2, next: round, on: { max_visits: end } }
  end: { type: hangup }`);
  const all = [...caller.call('100'), ...caller.heardOut(), ...caller.heardOut(), ...caller.heardOut()];
  assert.deepEqual(said(all), ['Hm.', 'Once more.', 'Hm.', 'Once more.']);
});

test('a loop over a list gives each entry to its variable', () => {
  const caller = flow(`
  give: { type: set, vars: { names: [anna, ben] } }
  round: { type: loop, over: vars.names, as: name, on: { again: say, done: end } }
  say: { type: play, prompt: "\${{ vars.name }}", next: round }
  end: { type: hangup }`);
  assert.deepEqual(said(caller.call('100')), ['anna']);
  assert.deepEqual(said(caller.heardOut()), ['ben']);
  assert.deepEqual(outcomes(caller.heardOut()), ['ok', 'done']);
});

test('an empty list, or nothing in its place, is done at once; what is no list is an error', () => {
  const over = (list: string) =>
    flow(`
  give: { type: set, vars: { list: ${list} } }
  round: { type: loop, over: "\${{ vars.list }}", on: { again: end, done: end, error: end } }
  end: { type: hangup }`).call('100');
  assert.deepEqual(outcomes(over('[]')), ['ok', 'done']);
  assert.deepEqual(outcomes(over('null')), ['ok', 'done']);
  assert.match(errorOf(over('"${{ given.list }}x"'))!, /^step\.invalid .*no list/);
});

test('a loop needs a number or a list, and as needs the list', () => {
  assert.match(problemsOf('type: loop, on: { again: end }')[0]!, /key\.missing .*"max"/);
  assert.match(problemsOf('type: loop, max: 3, as: x, on: { again: end }')[0]!, /key\.conflict .*as/);
  const tooMany = problemsOf('type: loop, max: 1001, on: { again: end }');
  assert.ok(tooMany.some((line) => /^2:\d+ value\.range .*1000/.test(line)));
});
