import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { confidenceOf } from '../../src/recognition/pocketsphinx/confidence.ts';

const SCORED = { text: 'orders', acoustic: -75, likelihoodRatio: 15, frames: 80 };
const VOICE = { voicedMs: 700, aboveNoiseDb: 40 };

test('words that fit well are sure, words that fit badly are refused, and between both lies asking back', () => {
  const of = (acoustic: number, likelihoodRatio: number) =>
    confidenceOf({ ...SCORED, acoustic, likelihoodRatio }, VOICE);
  assert.ok(of(-60, 15) > 0.8);
  assert.ok(of(-75, -3) >= 0.699);
  assert.ok(of(-75, -7) > 0.5 && of(-75, -7) < 0.7);
  assert.ok(of(-100, -20) < 0.5);
});

test('a short word must fit better than a long one, and in noise more is asked back about', () => {
  const of = (text: string, aboveNoiseDb: number, likelihoodRatio = -8.5) =>
    confidenceOf({ ...SCORED, text, likelihoodRatio }, { ...VOICE, aboveNoiseDb });
  assert.ok(of('no', 40) < 0.5 && of('reservation', 40) > 0.5);
  assert.equal(of('change it all', 40), of('change a reservation', 40), 'ten letters are enough');
  assert.ok(of('orders', 35, -2) > 0.7 && of('orders', 20, -2) < 0.7 && of('orders', 20, -2) > 0.5);
  assert.equal(of('orders', 20), of('orders', 5));
  assert.ok(of('orders', 20, -12) < 0.5);
});

test('words that are found in a piece of what was said are none', () => {
  assert.ok(confidenceOf(SCORED, { ...VOICE, voicedMs: 1_000 }) > 0.8);
  assert.equal(confidenceOf(SCORED, { ...VOICE, voicedMs: 1_001 }), 0);
});

test('a better score never makes it less sure, and it stays between 0 and 1', () => {
  const score = fc.double({ min: -200, max: 100, noNaN: true });
  fc.assert(
    fc.property(score, score, fc.double({ min: 0, max: 50, noNaN: true }), (acoustic, likelihoodRatio, more) => {
      const of = (ratio: number) => confidenceOf({ ...SCORED, acoustic, likelihoodRatio: ratio }, VOICE);
      assert.ok(of(likelihoodRatio) <= of(likelihoodRatio + more));
      assert.ok(of(likelihoodRatio) >= 0 && of(likelihoodRatio) <= 1);
    }),
  );
});
