import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorOf, flow, ofKind, problemsOf } from '../one-flow.ts';
import { said } from '../receptionist.ts';

test('a fail step gives its code and message to who handles errors', () => {
  const caller = flow(
    `
  no: { type: fail, code: order.lost, message: "No order \${{ contact.to }}." }
  sorry: { type: play, prompt: "\${{ error.code }}: \${{ error.message }} (\${{ error.step }})" }`,
    {},
    'on_error: sorry',
  );
  assert.deepEqual(said(caller.call('100')), ['flow.failed: order.lost: No order 100. (no)']);
});

test('without a message the code alone is told, and a failure that nobody handles ends the contact', () => {
  const events = flow('  no: { type: fail, code: lost }').call('100');
  assert.equal(errorOf(events), 'flow.failed lost');
  assert.deepEqual(
    ofKind(events, 'flow.failed').map(({ code }) => code),
    ['flow.error_unhandled'],
  );
});

test('a code that cannot be one is a problem', () => {
  assert.match(problemsOf('type: fail, code: "Not found"')[0]!, /value\.type/);
  assert.match(problemsOf('type: fail')[0]!, /key\.missing .*"code"/);
});
