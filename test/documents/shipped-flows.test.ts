import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { readTestFolder } from '../../src/commands/rehearsal/read-tests.ts';
import { projectDir } from '../../src/config.ts';
import { readFlowFolder } from '../../src/controller/flow-folder.ts';
import { type Problem, problemLine } from '../../src/flow/problem.ts';
import { STEPS } from '../../src/flow/steps.ts';
import type { FlowSet, Step } from '../../src/model/flow-set.ts';
import { Coverage } from '../../src/rehearsal/tests/coverage.ts';
import { runTest } from '../../src/rehearsal/tests/run-test.ts';
import type { FlowTest } from '../../src/rehearsal/tests/test-file.ts';
import { page, section } from './page.ts';

// The flows that come with the program: what the page says of them is there, and their own tests pass.

const flowsDir = resolve(projectDir, 'flows');
const { set, problems } = await readFlowFolder(flowsDir);
assert.ok(set, problems.map(problemLine).join('\n'));
const guide = page('shipped-flows.md');
const ids = Object.keys(set.flows).filter((id) => !id.startsWith('strowger.'));

test('the shipped flows have neither problems nor warnings', () => {
  assert.deepEqual(problems.map(problemLine), []);
  assert.ok(ids.length >= 8);
});

test('every shipped flow has a section, and there is no other', () => {
  const sections = [...guide.matchAll(/^### (.+)$/gm)].map((found) => found[1]);
  assert.deepEqual(sections.sort(), [...ids].sort());
});

test('every number of the site stands in the table, with its flow', () => {
  const table = section(guide, '# The shipped flows');
  for (const { number, flow } of set.site.numbers) {
    const row = table.split('\n').find((line) => line.startsWith('|') && line.includes(`[${flow}](#${flow})`));
    assert.ok(
      row
        ?.split('|')[1]
        ?.split(',')
        .map((one) => one.trim())
        .includes(number),
      `${number} ${flow}`,
    );
  }
});

test('every table of the folder is named', () => {
  const tables = readdirSync(flowsDir).filter((name) => name.endsWith('.table.yaml'));
  for (const table of tables) assert.ok(guide.includes(table), table);
});

const told: Problem[] = [];
const tests = await readTestFolder(flowsDir, set, told);
const coverage = new Coverage();
/** The tests by what they go through: `flow step outcome`. */
const goThrough = new Map<string, FlowTest[]>();
for (const one of tests) {
  test(`${one.file}: ${one.name}`, () => {
    const result = runTest(set, one);
    coverage.add(result.trace);
    for (const { flow, step, outcome } of result.trace.outcomes) {
      const way = `${flow} ${step} ${outcome}`;
      goThrough.set(way, [...(goThrough.get(way) ?? []), one]);
    }
    assert.deepEqual(result.failures, []);
  });
}

test('the tests go through every step and every way out, but for what this release cannot do yet', () => {
  assert.deepEqual(told.map(problemLine), []);
  for (const { flow, untouched } of coverage.report(set)) {
    for (const { step, at } of untouched) {
      const { type } = set.flows[flow]!.steps[step]!;
      const leads = Object.values(set.flows[flow]!.steps).filter(({ on }) => Object.values(on).includes(step));
      const waits = [type, ...leads.map((one) => one.type)].some((one) => STEPS.get(one)?.notAvailable !== undefined);
      assert.ok(waits, `${at} ${step}`);
    }
  }
});

test('an outcome that leads anywhere else makes at least one of the tests fail', () => {
  for (const [way, passing] of goThrough) {
    const [flow, step, outcome] = way.split(' ') as [string, string, string];
    const { type, with: given } = set.flows[flow]!.steps[step]!;
    // Keys of the flow lead away by themselves; after a return or a transfer nothing is looked up.
    if (!STEPS.get(type)!.outcomes(given).includes(outcome) && outcome !== 'error') continue;
    const changed = withOutcome(flow, step, outcome);
    assert.ok(
      passing.some((one) => runTest(changed, one).failures.length > 0),
      way,
    );
  }
});

/** The set with one outcome led to a step that lets the contact go. */
function withOutcome(flowId: string, stepId: string, outcome: string): FlowSet {
  const { flows } = set!;
  const flow = flows[flowId]!;
  const step = flow.steps[stepId]!;
  const elsewhere: Step = {
    id: 'elsewhere',
    type: 'hangup',
    with: { cause: 'unallocated', prompt: [] },
    on: {},
    at: 'here:1',
  };
  const steps = { ...flow.steps, elsewhere, [stepId]: { ...step, on: { ...step.on, [outcome]: 'elsewhere' } } };
  return { ...set!, flows: { ...flows, [flowId]: { ...flow, steps } } };
}
