import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrivalMoments } from '../../src/simulation/arrivals.ts';
import { type Distribution, sampler } from '../../src/simulation/distribution.ts';
import { estimate, studentQuantile } from '../../src/simulation/estimate.ts';
import { normalQuantile } from '../../src/simulation/normal-quantile.ts';
import { randomStream } from '../../src/simulation/random.ts';

const DRAWS = 100_000;

function draw(distribution: Distribution): { mean: number; cv: number } {
  const next = sampler(distribution, randomStream(1, 1, 'test'));
  const values = Array.from({ length: DRAWS }, next);
  const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (DRAWS - 1);
  return { mean, cv: Math.sqrt(variance) / mean };
}

test('a stream is the same wherever it is made, and another one for another seed, run or purpose', () => {
  const first = (seed: number, run: number, purpose: string): number => randomStream(seed, run, purpose)();
  assert.equal(first(1, 2, 'sales handle') * 2 ** 32 - 0.5, 2_702_305_585);
  const others = [
    first(1, 2, 'sales handle'),
    first(2, 2, 'sales handle'),
    first(1, 3, 'sales handle'),
    first(1, 2, 'x'),
  ];
  assert.equal(new Set(others).size, 4);
});

test('numbers are spread evenly, and none follows from the one before', () => {
  const next = randomStream(7, 1, 'test');
  const tenths = new Array<number>(10).fill(0);
  let together = 0;
  let before = 0.5;
  for (let at = 0; at < DRAWS; at++) {
    const value = next();
    tenths[Math.floor(value * 10)]! += 1;
    together += (value - 0.5) * (before - 0.5);
    before = value;
  }
  const chiSquare = tenths.reduce((sum, count) => sum + (count - DRAWS / 10) ** 2 / (DRAWS / 10), 0);
  // 27.9 is what 9 degrees of freedom exceed once in a thousand times.
  assert.ok(chiSquare < 27.9, `chi square ${chiSquare}`);
  assert.ok(Math.abs((together / DRAWS) * 12 * Math.sqrt(DRAWS)) < 3.3);
});

for (const distribution of [
  { kind: 'exponential', meanMs: 240_000 },
  { kind: 'lognormal', meanMs: 240_000, cv: 0.8 },
  { kind: 'gamma', meanMs: 240_000, cv: 0.5 },
  { kind: 'gamma', meanMs: 240_000, cv: 1.5 },
] as const) {
  const cv = distribution.kind === 'exponential' ? 1 : distribution.cv;
  test(`${distribution.kind} times with a cv of ${cv} have the mean and the spread that are asked for`, () => {
    const found = draw(distribution);
    assert.ok(Math.abs(found.mean / 240_000 - 1) < 0.015, `mean ${found.mean}`);
    assert.ok(Math.abs(found.cv / cv - 1) < 0.03, `cv ${found.cv}`);
  });
}

test('fixed times are all alike', () => {
  assert.deepEqual(draw({ kind: 'fixed', meanMs: 5000 }), { mean: 5000, cv: 0 });
});

test('normal and Student quantiles are those of the tables', () => {
  for (const [p, value] of [
    [0.5, 0],
    [0.975, 1.959964],
    [0.995, 2.575829],
    [0.0001, -3.719016],
    [1e-12, -7.034484],
  ] as const) {
    assert.ok(Math.abs(normalQuantile(p) - value) < 1e-5, `${p}: ${normalQuantile(p)}`);
  }
  for (const [degrees, value] of [
    [1, 12.7062],
    [2, 4.3027],
    [3, 3.1824],
    [9, 2.2622],
    [19, 2.093],
    [1000, 1.9623],
  ] as const) {
    assert.ok(Math.abs(studentQuantile(0.975, degrees) / value - 1) < 0.002, `${degrees}`);
  }
});

test('an estimate leaves out runs without a figure, and has no interval for one run', () => {
  assert.deepEqual(estimate([null, null]), { mean: null, halfWidth: null, runs: 0 });
  assert.deepEqual(estimate([null, 4]), { mean: 4, halfWidth: null, runs: 1 });
  const { mean, halfWidth, runs } = estimate([1, null, 2, 3]);
  assert.deepEqual([mean, runs], [2, 3]);
  assert.ok(Math.abs(halfWidth! - 4.3027 / Math.sqrt(3)) < 0.001);
});

test('arrivals follow the profile, stay within it, and come in order', () => {
  const rates = [
    { fromMs: 0, toMs: 1000, expected: 10_000 },
    { fromMs: 1000, toMs: 2000, expected: 0 },
    { fromMs: 3000, toMs: 4000, expected: 40_000 },
  ];
  const next = arrivalMoments({ kind: 'poisson', rates }, randomStream(1, 1, 'arrivals'));
  const counts = [0, 0, 0, 0];
  let before = 0;
  for (let atMs = next(); atMs !== Number.POSITIVE_INFINITY; atMs = next()) {
    assert.ok(Number.isInteger(atMs) && atMs >= before);
    counts[Math.floor(atMs / 1000)]! += 1;
    before = atMs;
  }
  assert.equal(next(), Number.POSITIVE_INFINITY);
  assert.deepEqual([counts[1], counts[2]], [0, 0]);
  assert.ok(Math.abs(counts[0]! - 10_000) < 330 && Math.abs(counts[3]! - 40_000) < 660, `${counts}`);
});
