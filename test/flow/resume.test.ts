import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Receptionist, said } from './receptionist.ts';

// After a restart a contact is taken up at its step with its variables; what was never written down is asked for again.

const SITE = 'numbers: { "100": main }\n';

function caller(files: Record<string, string>): Receptionist {
  const there = new Receptionist({ 'site.yaml': SITE, ...files });
  there.call('100');
  return there;
}

test('a contact in a called flow stands in the same step, with the variables of both flows', () => {
  const there = caller({
    'main.yaml': `
steps:
  note: { type: set, vars: { who: outer } }
  inner: { type: call_flow, flow: inner, with: { word: hello } }
  bye: { type: play, prompt: "Bye \${{ vars.who }}." }
`,
    'inner.yaml': `
params: { word: {} }
steps:
  ask: { type: gather, prompt: "\${{ vars.word }}?", into: number, max: 1 }
`,
  });
  assert.deepEqual(said(there.restart()), ['hello?']);
  assert.deepEqual(said(there.press('7')), ['Bye outer.']);
});

test('a sensitive value that is needed later is asked for again, by the flow that asked', () => {
  const there = caller({
    'main.yaml': `
steps:
  pin: { type: gather, prompt: PIN?, into: pin, max: 2, sensitive: true }
  choose: { type: menu, prompt: Press 1., options: { "1": right }, on: { no_input: end, no_match: end } }
  right: { type: play, if: vars.pin == "12", prompt: Right., next: end }
  end: { type: hangup }
`,
  });
  there.press('12');
  assert.deepEqual(said(there.restart()), ['PIN?']);
  there.press('12');
  assert.deepEqual(said(there.press('1')), ['Right.']);
});

test('the same when the contact stands in a flow that was called since', () => {
  const there = caller({
    'main.yaml': `
steps:
  pin: { type: gather, prompt: PIN?, into: pin, max: 2, sensitive: true }
  inner: { type: call_flow, flow: inner }
  right: { type: play, if: vars.pin == "12", prompt: Right. }
`,
    'inner.yaml': 'steps:\n  ask: { type: gather, prompt: Number?, into: number, max: 1 }\n',
  });
  assert.deepEqual(said(there.press('12')), ['Number?']);
  assert.deepEqual(said(there.restart()), ['PIN?']);
  assert.equal(there.session.callers.length, 0);
  assert.deepEqual(said(there.press('12')), ['Number?']);
  assert.deepEqual(said(there.press('7')), ['Right.']);
});

test('a value that was entered is not asked for again while nobody forgot it', () => {
  const there = caller({
    'main.yaml': `
steps:
  pin: { type: gather, prompt: PIN?, into: pin, max: 2, sensitive: true }
  ask: { type: gather, prompt: Number?, into: number, max: 1 }
`,
  });
  there.press('12');
  there.take({ kind: 'flow.resumed', atMs: there.nowMs, contactId: 'c1' });
  assert.deepEqual(said(there.events).slice(-1), ['Number?']);
});
