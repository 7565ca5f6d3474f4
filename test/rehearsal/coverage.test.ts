import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEPS } from '../../src/flow/steps.ts';
import { Coverage, percentOf } from '../../src/rehearsal/tests/coverage.ts';
import { flows, results } from './folder.ts';

const SET = flows(
  `
on_error: sorry
params: { known: { default: 0 } }
steps:
  open: { type: schedule, calendar: office, on: { open: choose, closed: closed } }
  choose:
    type: menu
    prompt: Sales or support?
    options: { "1": sales, "2": inner }
    on: { no_input: bye, no_match: bye }
  sales: { type: queue, queue: sales, on: { handled: bye } }
  inner: { type: call_flow, flow: inner, if: "vars.known == 1", next: bye }
  closed: { type: set, vars: { x: 1 }, next: bye }
  bye: { type: hangup }
  sorry: { type: hangup, cause: busy }
`,
  { 'inner.yaml': 'steps:\n  in: { type: set, vars: { a: 1 } }\n' },
);

/** What is not touched, as `flow: step` or `flow: step by` the first outcome that leads there, and the percentage of all. */
function after(tests: string): { missing: string[]; percent: number } {
  const coverage = new Coverage();
  for (const { trace, failures } of tests === '' ? [] : results(SET, tests)) {
    assert.deepEqual(failures, []);
    coverage.add(trace);
  }
  const report = coverage.report(SET);
  const missing = report.flatMap(({ flow, untouched }) =>
    untouched.map(({ step, outcomes }) => `${flow}: ${step}${outcomes ? ` by ${outcomes[0]}` : ''}`),
  );
  return { missing, percent: percentOf(report) };
}

const WEEKDAY = 'given: { time: 2026-12-01T10:00:00, agents: [anna] }';

test('without a test nothing is touched, and each step is told once', () => {
  const { missing, percent } = after('');
  assert.deepEqual([missing.length, percent], [8, 0]);
});

test('each way out of a step that was entered is told by its outcomes until a test takes it', () => {
  const sales = `  a:\n    ${WEEKDAY}\n    do: [{ press: 1 }, { answer: anna }, { end: anna }]\n`;
  assert.deepEqual(after(sales).missing, [
    'inner: in',
    'main: open by closed',
    'main: choose by 2',
    'main: choose by no_input',
    'main: choose by no_match',
    'main: sales by timeout',
    'main: inner',
    'main: closed',
    'main: sorry',
  ]);
});

test('outcomes of which a step says nothing count as the one that stands in for them, and errors of a whole flow count for no step', () => {
  const tests = `
  holiday: { given: { time: 2026-12-25T10:00:00 }, expect: { end: hung up } }
  open by hand, a wrong key:
    given: { calendars: { office: open } }
    do: [{ press: 9 }, { press: 9 }, { press: 9 }]
  nothing, then support:
    ${WEEKDAY}
    do: [silence, { press: 2 }]
  nothing at all:
    ${WEEKDAY}
    do: [silence, silence, silence]
`;
  assert.deepEqual(after(tests).missing, [
    'inner: in',
    'main: choose by 1',
    'main: sales',
    'main: inner by ok',
    'main: sorry',
  ]);
});

test('the steps of a flow that another one calls are touched by the tests of that one', () => {
  const called = `  a:\n    given: { time: 2026-12-01T10:00:00, vars: { known: 1 } }\n    do: [{ press: 2 }]\n`;
  const { missing } = after(called);
  assert.ok(!missing.some((line) => line.startsWith('inner')), missing.join('\n'));
  assert.ok(missing.includes('main: inner by skipped'));
});

test('what can only follow from a step that is not built yet is not counted', () => {
  const unbuilt = [...STEPS.values()].find(
    ({ type, notAvailable }) => notAvailable !== undefined && type === 'voicemail',
  );
  if (!unbuilt) return;
  const set = flows(
    'steps:\n  a: { type: voicemail, mailbox: m, on: { saved: b, error: c } }\n  b: { type: answer, next: c }\n  c: { type: hangup }\n',
  );
  assert.deepEqual(
    new Coverage().report(set).map(({ places, untouched }) => [places, untouched.map(({ step }) => step)]),
    [[3, ['a', 'c']]],
  );
});
