import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { confidenceOf } from '../../src/recognition/pocketsphinx/confidence.ts';
import type { Scored } from '../../src/recognition/pocketsphinx/scored-words.ts';

/** Words that fit as well as they usually do. */
const SCORED: Scored = {
  text: 'orders',
  acoustic: -75,
  likelihoodRatio: 10,
  frames: 80,
  misheard: 0.46,
  outside: 0,
};
const VOICE = { voicedMs: 700, aboveNoiseDb: 40 };
const of = (change: Partial<Scored>, aboveNoiseDb = 40): number =>
  confidenceOf({ ...SCORED, ...change }, { ...VOICE, aboveNoiseDb });

test('words that fit well are sure, words that fit badly are refused, and between both lies asking back', () => {
  assert.ok(of({ acoustic: -60, likelihoodRatio: 15 }) > 0.8);
  assert.ok(of({ likelihoodRatio: -9 }) >= 0.699);
  assert.ok(of({ likelihoodRatio: -15 }) > 0.5 && of({ likelihoodRatio: -15 }) < 0.7);
  assert.ok(of({ acoustic: -100, likelihoodRatio: -20 }) < 0.5);
});

test('words that fit are refused when other phones were heard, and when much lies outside of them', () => {
  const likelihoodRatio = -6;
  assert.ok(of({ likelihoodRatio }) > 0.7);
  assert.ok(of({ likelihoodRatio, misheard: 1.1 }) < 0.5);
  assert.ok(of({ likelihoodRatio, outside: 0.5 }) < 0.5);
});

test('in noise more is asked back about, and no more is refused', () => {
  assert.ok(of({ likelihoodRatio: -8 }, 35) > 0.7);
  assert.ok(of({ likelihoodRatio: -8 }, 20) < 0.7 && of({ likelihoodRatio: -8 }, 20) > 0.5);
  assert.equal(of({}, 20), of({}, 5));
  for (const noise of [5, 20, 30, 40]) {
    assert.ok(of({ likelihoodRatio: -24 }, noise) < 0.5);
    assert.ok(of({ likelihoodRatio: -22 }, noise) > 0.5);
  }
});

test('words that are found in a piece of what was said are none', () => {
  assert.ok(confidenceOf(SCORED, { ...VOICE, voicedMs: 1_000 }) > 0.8);
  assert.equal(confidenceOf(SCORED, { ...VOICE, voicedMs: 1_001 }), 0);
});

test('a better score never makes it less sure, and it stays between 0 and 1', () => {
  const score = fc.double({ min: -200, max: 100, noNaN: true });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(score, score, share, share, share, (acoustic, likelihoodRatio, misheard, outside, more) => {
      const worse = { acoustic, likelihoodRatio, misheard, outside };
      const confidence = of(worse);
      assert.ok(confidence >= 0 && confidence <= 1);
      assert.ok(of({ ...worse, likelihoodRatio: likelihoodRatio + more }) >= confidence);
      assert.ok(of({ ...worse, acoustic: acoustic + more }) >= confidence);
      assert.ok(of({ ...worse, misheard: misheard + more }) <= confidence);
      assert.ok(of({ ...worse, outside: outside + more }) <= confidence);
    }),
  );
});
