import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { before, test } from 'node:test';
import { readFolder } from '../../src/commands/read-folder.ts';
import { readTestFolder } from '../../src/commands/rehearsal/read-tests.ts';
import { projectDir } from '../../src/config.ts';
import type { FlowSet } from '../../src/model/flow-set.ts';
import { runTest, type TestResult } from '../../src/rehearsal/tests/run-test.ts';
import { type Cut, cutsOf } from './cut.ts';

// The tests of the shipped flows notice when a way of a flow is taken out: no way can break without anybody knowing.

let set: FlowSet;
let results: TestResult[];
before(async () => {
  const dir = resolve(projectDir, 'flows');
  const read = await readFolder(dir);
  assert.deepEqual(read.problems, []);
  set = read.set!;
  const tests = await readTestFolder(dir, set, []);
  results = tests.map((one) => runTest(set, one));
  assert.deepEqual(
    results.filter(({ failures }) => failures.length > 0).map(({ test: { name } }) => name),
    [],
  );
});

test('whatever way is taken out of a shipped flow, one of its tests fails', (t) => {
  const cuts = cutsOf(set);
  assert.ok(cuts.length > 80, `${cuts.length} ways`);
  const unnoticed = cuts.filter((cut) => {
    const going = results.filter((result) => goes(result, cut));
    // What a handler of the whole flow is for may never happen in it; it stands there in case it does.
    return (cut.step !== undefined || going.length > 0) && !going.some((one) => fails(one, cut));
  });
  t.diagnostic(`${cuts.length} ways were taken out`);
  assert.deepEqual(
    unnoticed.map(({ name }) => name),
    [],
  );
});

/** A handler of the whole flow is for steps that say nothing themselves. */
function goes({ trace }: TestResult, { flow, step, outcome, set: { flows } }: Cut): boolean {
  const isMeant = (id: string): boolean =>
    step === undefined ? !Object.hasOwn(flows[flow]?.steps[id]?.on ?? {}, outcome) : id === step;
  return trace.outcomes.some((left) => left.flow === flow && left.outcome === outcome && isMeant(left.step));
}

function fails({ test: one }: TestResult, cut: Cut): boolean {
  return runTest(cut.set, one).failures.length > 0;
}
