import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemLine } from '../../src/flow/problem.ts';
import type { Json } from '../../src/flow/shape/shape.ts';
import { ORDERS } from '../../src/rehearsal/order.ts';
import { runTest } from '../../src/rehearsal/tests/run-test.ts';
import { readTests, TEST_FILE } from '../../src/rehearsal/tests/test-file.ts';
import { flows } from '../rehearsal/folder.ts';
import { names, page, section } from './page.ts';

const guide = page('flow-tests.md');

/** A part of the schema of a test file. */
function schemaAt(...path: string[]): Record<string, Json> {
  let part: Json = TEST_FILE.schema(new Map());
  for (const key of path) part = (part as Record<string, Json>)[key]!;
  return part as Record<string, Json>;
}

const TEST = ['properties', 'tests', 'additionalProperties', 'properties'];
const TABLES: readonly [string, readonly string[]][] = [
  ['### The keys of a file', ['properties']],
  ['### given', [...TEST, 'given', 'properties']],
  ['### do', [...TEST, 'do', 'items', 'anyOf', '1', 'properties']],
  ['### expect', [...TEST, 'expect', 'properties']],
];

for (const [heading, path] of TABLES) {
  test(`the table under "${heading}" has exactly the keys that a file of tests may have there`, () => {
    assert.deepEqual(names(section(guide, heading)).sort(), Object.keys(schemaAt(...path)).sort());
  });
}

test('the list of what can be typed is the one of the command itself', () => {
  assert.deepEqual(
    names(section(guide, '## Simulate')),
    ORDERS.map(([order]) => order),
  );
});

test('the tests of the worked example pass, and the flow is the one that the guide shows', () => {
  const [flow, tests] = [...guide.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((found) => found[1]!);
  const set = flows('steps: { end: { type: hangup } }', { 'order.yaml': flow! });
  const problems: Parameters<typeof readTests>[2] = [];
  const read = readTests({ path: 'order.test.yaml', text: tests! }, set, problems);
  assert.deepEqual(problems.map(problemLine), []);
  assert.equal(read.length, 4);
  for (const one of read) assert.deepEqual(runTest(set, one).failures, [], one.name);
});
