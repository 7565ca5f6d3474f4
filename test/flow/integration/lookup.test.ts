import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Problem } from '../../../src/flow/problem.ts';
import { problemLine } from '../../../src/flow/problem.ts';
import { isTableFile, readTable, TABLE_ROWS_MAX } from '../../../src/flow/table-file.ts';
import { flow, problemsOf } from '../one-flow.ts';
import { load, outcomes, SITE, said } from '../receptionist.ts';

const PLANS = `
"15551234": gold
0800: { plan: silver, level: 2, zip: 08015, vip: true }
constructor: none
`;
const LOOK = 'type: lookup, table: plans';

test('a row that is found goes into the variable and is the result', () => {
  const caller = flow(
    `
  one: { ${LOOK}, key: "\${{ contact.from }}", into: plan, on: { not_found: end } }
  two: { ${LOOK}, key: 0800, save: { zip: "\${{ result.row.zip }}", level: "\${{ result.row.level + 1 }}", k: "\${{ result.key }}" }, on: { not_found: end } }
  say: { type: play, prompt: "\${{ vars.plan }} \${{ vars.zip }} \${{ vars.level }} \${{ vars.k }}" }
  end: { type: hangup }`,
    { 'crm/plans.table.yaml': PLANS },
  );
  assert.deepEqual(said(caller.call('100')), ['gold 08015 3 0800']);
});

test('a key that is not there leaves by not_found, and the variable is empty then', () => {
  for (const key of ['1', 'toString', '']) {
    const caller = flow(
      `
  give: { type: set, vars: { plan: old } }
  look: { ${LOOK}, key: "${key}", into: plan, on: { not_found: none } }
  found: { type: hangup }
  none: { type: play, prompt: "Nothing: \${{ vars.plan }}." }`,
      { 'plans.table.yaml': PLANS },
    );
    assert.deepEqual(said(caller.call('100')), ['Nothing: .'], key);
  }
});

test('a contact keeps the tables that it began with', () => {
  const steps = `
  wait: { type: play, prompt: Hm. }
  look: { ${LOOK}, key: 0800, on: { found: end, not_found: end } }
  end: { type: hangup }`;
  const caller = flow(steps, { 'plans.table.yaml': PLANS });
  const newer = flow(steps, { 'plans.table.yaml': 'other: row\n' });
  caller.call('100');
  const set = { ...newer.state.sets.get('v1')!, version: 'v2' };
  caller.take({ kind: 'flows.loaded', atMs: caller.nowMs, flows: set });
  assert.deepEqual(outcomes(caller.heardOut()), ['ok', 'found']);
});

test('a table that is not there, and a step that lacks its key, are problems', () => {
  const more = { 'plans.table.yaml': PLANS };
  const found = problemsOf('type: lookup, table: plan, key: a, on: { not_found: end }', more);
  assert.match(found[0]!, /^2:\d+ table\.unknown .*"plans"/);
  assert.match(problemsOf(`${LOOK}, on: { not_found: end }`, more)[0]!, /key\.missing .*"key"/);
});

function read(text: string, path = 'plans.table.yaml') {
  const problems: Problem[] = [];
  return { table: readTable({ path, text }, problems), lines: problems.map(problemLine) };
}

test('a table is a map of values, or of maps of values; its name is that of its file', () => {
  assert.ok(isTableFile('a/plans.table.yml') && !isTableFile('plans.yaml') && !isTableFile('table.yaml'));
  const { table, lines } = read(PLANS, 'a/plans.table.yaml');
  assert.deepEqual(lines, []);
  assert.equal(table?.name, 'plans');
  assert.deepEqual(table?.rows, {
    '15551234': 'gold',
    '0800': { plan: 'silver', level: 2, zip: '08015', vip: true },
    constructor: 'none',
  });
});

test('what is wrong with a table is told by line and column', () => {
  for (const [text, told] of [
    ['', /:1:1 key\.missing /],
    ['- a\n', /:1:1 value\.type .*map/],
    ['a: b\nc: [d]\n', /:2:4 value\.type .*one value/],
    ['a: b\nc: { d: { e: f } }\n', /:2:9 value\.type .*column d/],
    ['a: b\na: c\n', /:2:1 yaml\.duplicate /],
    ['a: b: c\n', /:1:\d+ yaml\.syntax /],
    ['"": b\n', /:1:1 value\.range /],
    [`a: ${'x'.repeat(17_000)}\n`, /:1:4 value\.range /],
    [`${Array.from({ length: TABLE_ROWS_MAX + 1 }, (_, at) => `k${at}: v`).join('\n')}\n`, /:10001:1 value\.range /],
  ] as const) {
    assert.match(read(text).lines[0] ?? 'nothing was found', told);
  }
  assert.match(read('a: b\n', 'my plans.table.yaml').lines[0]!, /value\.type .*"my plans"/);
});

test('two files with the same table are a problem', () => {
  const more = { 'a/plans.table.yaml': PLANS, 'b/plans.table.yaml': PLANS };
  const { problems } = load({ 'site.yaml': SITE, ...more, 'main.yaml': 'steps: { end: { type: hangup } }' });
  assert.deepEqual(
    problems.map(({ code, file }) => [code, file]),
    [['table.duplicate', 'b/plans.table.yaml']],
  );
});
