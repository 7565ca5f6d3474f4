import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorOf, flow, ofKind, problemsOf } from '../one-flow.ts';
import { outcomes, said } from '../receptionist.ts';

const GREETS = `
params: { who: {}, how: { default: Hello } }
steps:
  say: { type: play, prompt: "\${{ vars.how }} \${{ vars.who }}." }
  back: { type: return, outcome: greeted, values: { words: 2, who: "\${{ vars.who }}!" } }
`;

test('a flow that is called has variables of its own and gives values and an outcome back', () => {
  const caller = flow(
    `
  give: { type: set, vars: { own: mine } }
  call: { type: call_flow, flow: greet, with: { who: "\${{ contact.from }}" }, returns: { name: who, none: nothing }, on: { greeted: told } }
  never: { type: hangup }
  told: { type: play, prompt: "\${{ vars.name }} \${{ vars.own }} \${{ vars.none == null }}" }`,
    { 'greet.yaml': GREETS },
  );
  assert.deepEqual(said(caller.call('100')), ['Hello 15551234.']);
  assert.deepEqual(caller.session.vars, { who: '15551234', how: 'Hello' });
  const then = caller.heardOut();
  assert.deepEqual(outcomes(then), ['ok', 'ok', 'greeted']);
  assert.deepEqual(said(then), ['15551234! mine true']);
});

test('save may use whatever the flow gave back', () => {
  const caller = flow(
    `
  call: { type: call_flow, flow: greet, with: { who: you }, save: { words: "\${{ result.words + 1 }}" }, next: told }
  told: { type: play, prompt: "\${{ vars.words }}" }`,
    { 'greet.yaml': GREETS },
  );
  caller.call('100');
  assert.deepEqual(said(caller.heardOut()), ['3']);
});

test('an error that the inner flow does not handle is one of the step that called it', () => {
  const caller = flow(
    `
  call: { type: call_flow, flow: breaks, on: { error: sorry }, next: end }
  sorry: { type: play, prompt: "\${{ error.message }}", next: end }
  end: { type: hangup }`,
    { 'breaks.yaml': 'steps:\n  no: { type: fail, code: broken, message: It broke. }\n' },
  );
  assert.deepEqual(said(caller.call('100')), ['broken: It broke.']);
});

test('a flow that calls itself without end is stopped at the depth that it allows', () => {
  const caller = flow(
    `
  who: { type: switch, value: "\${{ contact.from }}", cases: { nobody: end }, default: call }
  call: { type: call_flow, flow: main, on: { error: end } }
  end: { type: hangup }`,
    {},
    'limits: { max_depth: 3 }',
  );
  assert.match(errorOf(caller.call('100'))!, /^flow\.depth /);
});

test('transfer_flow goes over for good, with the values that it is given', () => {
  const caller = flow('  go: { type: transfer_flow, flow: greet, with: { who: "${{ contact.from }}" } }', {
    'greet.yaml': GREETS.replace('how: { default: Hello }', 'how: { default: Hi }'),
  });
  const events = caller.call('100');
  assert.deepEqual(said(events), ['Hi 15551234.']);
  assert.equal(caller.session.flowId, 'greet');
  assert.equal(caller.session.callers.length, 0);
  assert.equal(ofKind(caller.heardOut(), 'hangup.requested').length, 1);
});

test('a return in a flow that nobody called ends the contact', () => {
  const events = flow('  back: { type: return }').call('100');
  assert.equal(ofKind(events, 'hangup.requested').length, 1);
});

test('a flow that is not there is a problem at its place', () => {
  assert.match(problemsOf('type: call_flow, flow: mian')[0]!, /^2:\d+ flow\.unknown .*"main"/);
  assert.match(problemsOf('type: transfer_flow, flow: mian')[0]!, /^2:\d+ flow\.unknown .*"main"/);
  assert.match(problemsOf('type: return, outcome: "a b"')[0]!, /value\.type/);
});
