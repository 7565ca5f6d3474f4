import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flow, ofKind, problemsOf } from '../one-flow.ts';
import { load, SITE, said } from '../receptionist.ts';

test('values keep their type: numbers, true, lists and maps as written, and a text that is one expression alone', () => {
  const caller = flow(`
  give:
    type: set
    vars:
      tries: 3
      vip: true
      zip: 08015
      list: [a, 2, "\${{ contact.to }}"]
      map: { who: "\${{ contact.from }}" }
      sum: \${{ 1 + 2 }}
      text: "\${{ 1 + 2 }} pieces"
  hold: { type: play, prompt: "\${{ vars.tries }} \${{ vars.list[2] }} \${{ vars.sum + 1 }}" }`);
  assert.deepEqual(said(caller.call('100')), ['3 100 4']);
  assert.deepEqual(caller.session.vars, {
    tries: 3,
    vip: true,
    zip: '08015',
    list: ['a', 2, '100'],
    map: { who: '15551234' },
    sum: 3,
    text: '3 pieces',
  });
});

test('all values are worked out with what was there before the step', () => {
  const caller = flow(`
  one: { type: set, vars: { a: left, b: right } }
  two: { type: set, vars: { a: "\${{ vars.b }}", b: "\${{ vars.a }}" } }
  hold: { type: play, prompt: "\${{ vars.a }} \${{ vars.b }}" }`);
  assert.deepEqual(said(caller.call('100')), ['right left']);
});

test('attributes and the name of the caller become tags of the contact, as single values', () => {
  const events = flow(`
  give:
    type: set
    attributes: { plan: gold, tries: 2, list: [1, 2], nothing: null, from: "\${{ contact.from }}" }
    caller_name: "Guest \${{ contact.from }}"`).call('100');
  assert.deepEqual(ofKind(events, 'contact.tagged')[0]?.tags, {
    plan: 'gold',
    tries: 2,
    list: '[1,2]',
    nothing: '',
    from: '15551234',
    caller_name: 'Guest 15551234',
  });
});

test('a set step that sets nothing, a name that cannot be one, and an expression that cannot be read are problems', () => {
  assert.match(problemsOf('type: set')[0]!, /^2:\d+ key\.missing .*"vars"/);
  assert.match(problemsOf('type: set, vars: { "a b": c }')[0]!, /^2:\d+ value\.type .*"a b"/);
  assert.match(problemsOf('type: set, vars: { a: ["${{ 1 + }}"] }')[0]!, /^2:\d+ expression\.invalid/);
});

test('a value that cannot be worked out leaves the step by error', () => {
  const caller = flow(`
  give: { type: set, vars: { a: "\${{ 1 / (size(contact.from) - 8) }}" }, on: { error: sorry }, next: end }
  sorry: { type: play, prompt: "\${{ error.code }}", next: end }
  end: { type: hangup }`);
  assert.deepEqual(said(caller.call('100')), ['expression.failed']);
});

test('what is made of something sensitive is sensitive, wherever in a value it stands', () => {
  const shown = (vars: string, say: string) =>
    load({
      'site.yaml': SITE,
      'main.yaml': `steps:
  ask: { type: gather, prompt: PIN?, into: pin, sensitive: true, on: { no_input: end, no_match: end } }
  copy: { type: set, vars: { ${vars} } }
  say: { type: play, prompt: "${say}" }
  end: { type: hangup }
`,
    }).problems.map(({ code }) => code);
  for (const vars of [
    'copy: "${{ vars.pin }}"',
    'copy: [1, "a ${{ vars.pin }}"]',
    'copy: { a: { b: "${{ vars.pin }}" } }',
  ]) {
    assert.deepEqual(shown(vars, '${{ vars.copy }}'), ['sensitive.exposed'], vars);
  }
  assert.deepEqual(shown('copy: "${{ contact.from }}"', '${{ vars.copy }}'), []);
});
