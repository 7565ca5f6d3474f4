import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flow, ofKind, problemsOf } from '../one-flow.ts';
import { SITE } from '../receptionist.ts';

// The flows of a callback: one for the customer before the agent, one for an answering machine.

const SITE_OUT = `${SITE}
trunks: { out: { host: sip.example.com } }
outgoing: { country: "+49", rules: [{ prefix: "+49", trunks: [out] }] }
`;
const STEP = 'type: callback, queue: sales, offer: false, confirm_number: false, on: { error: end }, next: end';
const OTHERS = { 'site.yaml': SITE_OUT, 'other.yaml': 'steps: { a: { type: hangup } }' };

test('the order has them, and for a machine it is told from a person', () => {
  const caller = flow(
    `  back: { ${STEP}, first: customer, flow: other, on_machine: other }\n  end: { type: hangup }`,
    OTHERS,
  );
  caller.from = '030123456';
  const order = ofKind(caller.call('100'), 'order.asked')[0]?.order;
  assert.deepEqual(
    [order?.mode, order?.flowId, order?.onMachine, order?.detectMachine],
    ['customer_first', 'other', 'other', true],
  );
});

test('both must be there, and one before the agent is for a customer who is called first', () => {
  assert.deepEqual(problemsOf(`${STEP}, first: customer, flow: other, on_machine: other`, OTHERS), []);
  assert.match(problemsOf(`${STEP}, on_machine: othr`, OTHERS).join(), /flow\.unknown.*other/);
  assert.match(problemsOf(`${STEP}, first: customer, flow: nowhere`, OTHERS).join(), /flow\.unknown/);
  assert.match(problemsOf(`${STEP}, flow: other`, OTHERS).join(), /key\.conflict/);
});

test('they begin with nothing, so none may need a parameter', () => {
  const needs = { ...OTHERS, 'other.yaml': 'params: { account: {} }\nsteps: { a: { type: hangup } }' };
  assert.match(problemsOf(`${STEP}, on_machine: other`, needs).join(), /parameter\.missing.*account/);
});
