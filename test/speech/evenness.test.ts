import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { activeLevelDb, amplitudeOf, levelDb, peakDb } from '../../src/media/loudness.ts';
import { evenness, joined } from '../../src/speech/evenness.ts';

const SECOND = 8_000;

/** A tone that swells and fades four times a second, as syllables do. */
function voice(levelDbfs: number, seconds: number): Int16Array {
  const peak = 32_767 * amplitudeOf(levelDbfs);
  return Int16Array.from({ length: seconds * SECOND }, (_, i) => {
    const syllable = 0.55 + 0.45 * Math.sin((2 * Math.PI * 4 * i) / SECOND);
    return Math.round(peak * syllable * Math.sin((2 * Math.PI * 440 * i) / SECOND));
  });
}

function evened(sound: Int16Array, aheadMs: number, pieceSamples = 400): Int16Array {
  const even = evenness(aheadMs);
  const out: Int16Array[] = [];
  for (let at = 0; at < sound.length; at += pieceSamples) out.push(even.push(sound.subarray(at, at + pieceSamples)));
  return joined([...out, even.end()]);
}

test('loud and soft voices come out at -20 dBFS, as a whole and as a stream', () => {
  for (const level of [-35, -24, -12, -3]) {
    for (const aheadMs of [600, Number.POSITIVE_INFINITY]) {
      const out = evened(voice(level, 4), aheadMs);
      const loud = activeLevelDb(out, 80);
      assert.ok(Math.abs(loud + 20) < 1, `${level} dB, ${aheadMs} ms: ${loud}`);
      assert.ok(peakDb(out) <= -3);
    }
  }
});

test('silence before and after is cut off, and silence between words stays', () => {
  const quiet = new Int16Array(SECOND);
  const sound = joined([quiet, voice(-15, 1), quiet, voice(-15, 1), quiet]);
  for (const aheadMs of [600, Number.POSITIVE_INFINITY]) {
    const out = evened(sound, aheadMs);
    assert.ok(Math.abs(out.length - 3 * SECOND) < 600, `${out.length}`);
    assert.notEqual(levelDb(out.subarray(0, 160)), -100);
    assert.equal(levelDb(out.subarray(1.3 * SECOND, 1.7 * SECOND)), -100);
  }
});

test('a stream begins as soon as the level is known', () => {
  const even = evenness(600);
  const sound = voice(-15, 1);
  assert.equal(even.push(sound.subarray(0, 4_000)).length, 0);
  assert.ok(even.push(sound.subarray(4_000, 5_000)).length > 4_000);
});

test('a sound without anything to be heard gives nothing', () => {
  for (const sound of [new Int16Array(0), new Int16Array(SECOND), voice(-80, 1)]) {
    const even = evenness(600);
    assert.equal(even.push(sound).length + even.end().length, 0);
  }
});

test('no sample is above -3 dBFS, whatever comes', () => {
  const samples = fc.array(fc.integer({ min: -32_768, max: 32_767 }), { minLength: 80, maxLength: 2_000 });
  fc.assert(
    fc.property(samples, (values) => {
      const out = evened(Int16Array.from(values), 100);
      assert.ok(out.length === 0 || peakDb(out) <= -3);
    }),
    { numRuns: 50 },
  );
});
