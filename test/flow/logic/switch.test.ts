import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flow, problemsOf } from '../one-flow.ts';
import { outcomes, said } from '../receptionist.ts';

const WORDS = `
  gold: { type: play, prompt: Gold., next: end }
  other: { type: play, prompt: Other., next: end }
  end: { type: hangup }`;

test('a value leads to the case that equals it, letter for letter, and to default otherwise', () => {
  const by = (kind: string) =>
    said(
      flow(`
  give: { type: set, vars: { kind: ${kind} } }
  which: { type: switch, value: "\${{ vars.kind }}", cases: { gold: gold, 7: gold }, default: other }
${WORDS}`).call('100'),
    );
  assert.deepEqual(by('gold'), ['Gold.']);
  assert.deepEqual(by('7'), ['Gold.']);
  assert.deepEqual(by('Gold'), ['Other.']);
});

test('conditions are tried in order, and the first that holds is taken by its id or its place', () => {
  const by = (points: number) => {
    const events = flow(`
  give: { type: set, vars: { points: ${points} } }
  which:
    type: switch
    cases:
      - { when: "vars.points > 100", next: gold, id: rich }
      - { when: "\${{ vars.points > 10 }}", next: gold }
    default: other
${WORDS}`).call('100');
    return [outcomes(events)[1], ...said(events)];
  };
  assert.deepEqual(by(500), ['rich', 'Gold.']);
  assert.deepEqual(by(50), ['2', 'Gold.']);
  assert.deepEqual(by(5), ['default', 'Other.']);
});

test('on may say where a case leads, and without a default the step below follows', () => {
  const caller = flow(`
  which: { type: switch, value: a, cases: { b: end } }
  below: { type: play, prompt: Below. }
  end: { type: hangup }`);
  assert.deepEqual(said(caller.call('100')), ['Below.']);
});

test('what a switch step lacks, or has twice, is a problem', () => {
  for (const [step, told] of [
    ['type: switch, value: a', /key\.missing .*"cases"/],
    ['type: switch, cases: { a: end }', /key\.missing .*"value"/],
    ['type: switch, value: a, cases: {}', /value\.range .*case/],
    ['type: switch, value: a, cases: [{ when: "true", next: end }]', /key\.conflict .*value/],
    ['type: switch, cases: [{ when: "1 + 1", next: end }]', /expression\.type .*true or false/],
    [
      'type: switch, cases: [{ when: "true", next: end, id: a }, { when: "true", next: end, id: a }]',
      /value\.choice .*"a"/,
    ],
    ['type: switch, cases: [{ when: "true", next: end, id: default }]', /value\.choice .*"default"/],
    ['type: switch, cases: [{ when: "true", next: ent }]', /step\.unknown .*"end"/],
  ] as const) {
    const found = problemsOf(step);
    assert.ok(
      found.some((line) => told.test(line)),
      `${step}: ${found.join('\n')}`,
    );
  }
});
