import assert from 'node:assert/strict';
import { test } from 'node:test';
import { traceText } from '../../src/commands/trace.ts';

// The trace as people read it.

const STEP = {
  flow: 'main',
  step: 'account',
  type: 'gather',
  at: 'main.yaml:12',
  depth: 0,
  enteredAt: '2026-11-21T09:00:01.500Z',
  tookMs: 8200,
  outcome: 'ok',
  error: null,
  input: [{ how: 'keys', text: '\u2022\u2022' }],
  prompts: [],
  changed: [{ name: 'account', value: '\u2022\u2022' }],
  concealed: ['pin'],
};

test('each step is a line with time, name, type, length, outcome and place; what happened in it stands below', () => {
  const text = traceText({ steps: [STEP], stepsOmitted: 0, failure: null });
  assert.deepEqual(text.split('\n'), [
    'main',
    '  09:00:01.500  account  gather          8.2 s  -> ok  main.yaml:12',
    '                keys   \u2022\u2022',
    '                set    account = \u2022\u2022',
    '                set    pin (sensitive)',
    '',
  ]);
});

test('a called flow is told by its name and stands further in; a step that is not left yet says so', () => {
  const inner = { ...STEP, flow: 'inner', step: 'note', depth: 1, tookMs: null, outcome: null, at: null };
  const text = traceText({ steps: [STEP, inner], stepsOmitted: 0, failure: null });
  assert.match(text, /\ninner\n {2}09:00:01\.500 {4}note +gather +now {2}still here\n/);
});

test('errors, what is left out and a failure of the flow are told; a contact without a flow, too', () => {
  const broken = { ...STEP, outcome: 'error', error: { code: 'http.status', message: 'It answered 503.' } };
  const text = traceText({ steps: [broken], stepsOmitted: 7, failure: 'flow.error_unhandled' });
  assert.match(text, /error {2}http\.status: It answered 503\./);
  assert.match(text, /\.\.\. and 7 more steps\nThe flow could not go on: flow\.error_unhandled\n$/);
  assert.equal(traceText({ steps: [], stepsOmitted: 0, failure: null }), 'This contact was in no flow.\n');
});
