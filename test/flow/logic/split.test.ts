import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flow, problemsOf } from '../one-flow.ts';
import type { Receptionist } from '../receptionist.ts';
import { outcomes } from '../receptionist.ts';

/** Which way the callers with these numbers go. */
function branches(parameters: string, froms: readonly string[]): string[] {
  return froms.map((from) => {
    const caller: Receptionist = flow(`
  part: { type: split, ${parameters}, on: { new: one, old: two } }
  one: { type: hangup }
  two: { type: hangup }`);
    caller.from = from;
    return outcomes(caller.call('100'))[0]!;
  });
}

test('callers are spread by the weights, and one caller always goes the same way', () => {
  const froms = Array.from({ length: 400 }, (_, at) => `+4930${1000 + at * 7}`);
  const went = branches('weights: { new: 20, old: 80 }, sticky_by: caller', froms);
  const share = went.filter((branch) => branch === 'new').length / froms.length;
  // Four standard deviations of 400 draws at 20 percent are 8 points.
  assert.ok(share > 0.12 && share < 0.28, `${share}`);
  assert.deepEqual(branches('weights: { new: 20, old: 80 }, sticky_by: caller', froms.slice(0, 20)), went.slice(0, 20));
});

test('by contact the caller counts for nothing', () => {
  const went = branches('weights: { new: 50, old: 50 }', ['1', '2', '3', '4', '5', '6']);
  assert.equal(new Set(went).size, 1);
});

test('a branch with weight 0 is never taken, and weights that are all 0 are a problem', () => {
  assert.deepEqual(
    new Set(branches('weights: { new: 0, old: 3 }, sticky_by: caller', ['1', '2', '3'])),
    new Set(['old']),
  );
  assert.match(problemsOf('type: split, weights: { a: 0 }')[0]!, /value\.range/);
  assert.match(problemsOf('type: split')[0]!, /key\.missing .*"weights"/);
});
