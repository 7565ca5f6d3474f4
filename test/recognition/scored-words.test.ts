import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Decoded } from '../../src/recognition/pocketsphinx/decoder.ts';
import { scoredOf } from '../../src/recognition/pocketsphinx/scored-words.ts';

/** `word:frames:score` for each segment. */
function decoded(text: string): Decoded {
  const segments = text.split(' ').map((segment) => {
    const [word = '', frames, score] = segment.split(':');
    return { word, frames: Number(frames), score: Number(score) };
  });
  return { text, segments };
}

const WAYS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  not: [['N', 'AA', 'T']],
  correct: [
    ['K', 'ER', 'EH', 'K', 'T'],
    ['K', 'AH', 'R', 'EH', 'K', 'T'],
  ],
};
const waysOf = (token: string) => WAYS[token]!;

test('what is measured is a frame of the words; silence is no word, and only around the words it lies outside', () => {
  const fitting = decoded('<sil>:10:-500 not:30:-1800 <sil>:10:-600 correct(2):50:-4200 <sil>:10:0');
  const loop = decoded('<sil>:10:-500 ggn:15:-800 ggaa:25:-1700 ggk:60:-4000');
  const scored = scoredOf(fitting, loop, waysOf);
  assert.equal(scored.text, 'not correct');
  assert.equal(scored.frames, 80);
  assert.equal(scored.acoustic, -75);
  assert.equal(scored.likelihoodRatio, -100 / 80);
  assert.equal(scored.outside.toFixed(6), (20 / 110).toFixed(6));
});

test('each word is compared with the phones in its own time, in the way that is nearest to them', () => {
  const fitting = decoded('not:30:-1800 correct:50:-4200');
  const right = decoded('ggn:10:-1 ggaa:10:-1 ggt:10:-1 ggk:10:-1 ggah:10:-1 ggr:10:-1 ggeh:10:-1 ggk:5:-1 ggt:5:-1');
  assert.equal(scoredOf(fitting, right, waysOf).misheard, 0);
  const moved = decoded('ggn:10:-1 ggaa:10:-1 ggt:30:-1 ggk:10:-1 ggeh:10:-1 ggk:10:-1');
  assert.ok(Math.abs(scoredOf(fitting, moved, waysOf).misheard - (0.7 + 1 + 1.4) / 9) < 1e-9);
  const noise = decoded('[NOISE]:80:-1');
  assert.ok(Math.abs(scoredOf(fitting, noise, waysOf).misheard - (8 * 0.7) / 9) < 1e-9);
});

test('silence alone is nothing', () => {
  assert.equal(scoredOf(decoded('<sil>:80:-500'), decoded('<sil>:80:-500'), waysOf).text, '');
});
