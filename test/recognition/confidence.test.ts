import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { confidenceOf, voicedMsOf } from '../../src/recognition/pocketsphinx/confidence.ts';
import { silence, together, voice } from './made-sound.ts';

const SCORED = { acoustic: -60, likelihoodRatio: 15, frames: 80 };

test('words that fit well are sure, words that fit badly are refused, and between both lies asking back', () => {
  const of = (acoustic: number, likelihoodRatio: number) =>
    confidenceOf({ acoustic, likelihoodRatio, frames: 80 }, 700);
  assert.ok(of(-60, 15) > 0.8);
  assert.ok(of(-75, 3) >= 0.699);
  assert.ok(of(-75, 0) > 0.5 && of(-75, 0) < 0.7);
  assert.ok(of(-100, -20) < 0.5);
});

test('words that are found in a piece of what was said are none', () => {
  assert.ok(confidenceOf(SCORED, 1_100) > 0.8);
  assert.equal(confidenceOf(SCORED, 1_200), 0);
});

test('a better score never makes it less sure, and it stays between 0 and 1', () => {
  const score = fc.double({ min: -200, max: 100, noNaN: true });
  fc.assert(
    fc.property(score, score, fc.double({ min: 0, max: 50, noNaN: true }), (acoustic, likelihoodRatio, more) => {
      const of = (ratio: number) => confidenceOf({ acoustic, likelihoodRatio: ratio, frames: 80 }, 700);
      assert.ok(of(likelihoodRatio) <= of(likelihoodRatio + more));
      assert.ok(of(likelihoodRatio) >= 0 && of(likelihoodRatio) <= 1);
    }),
  );
});

test('silence around a voice is no voice', () => {
  const voicedMs = voicedMsOf(together(silence(300), voice(500), silence(400)));
  assert.ok(voicedMs >= 480 && voicedMs <= 540, `${voicedMs} ms`);
  assert.equal(voicedMsOf(silence(500)), 0);
});
