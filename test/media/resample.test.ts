import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { doubledByLines } from '../../src/media/interpolate.ts';
import { levelDb } from '../../src/media/loudness.ts';
import { isSampleRate, resampled, resampler, SAMPLE_RATES, type SampleRate } from '../../src/media/resample.ts';

const NAMED = [8_000, 16_000, 22_050, 24_000, 44_100, 48_000] as const;
const PAIRS = NAMED.flatMap((from) => NAMED.filter((to) => to !== from).map((to) => [from, to] as const));

const AMPLITUDE = 20_000;
/** What a sine of that amplitude has. */
const SINE_DB = 20 * Math.log10(AMPLITUDE / 32_768) - 3.01;

function sine(hz: number, rate: number, ms: number): Int16Array {
  const length = Math.round((rate * ms) / 1_000);
  return Int16Array.from({ length }, (_, i) => Math.round(AMPLITUDE * Math.sin((2 * Math.PI * hz * i) / rate)));
}

/** Without the edges, where the sine begins and ends at once and has all frequencies. */
function middle(samples: Int16Array): Int16Array {
  return samples.subarray(Math.floor(samples.length / 4), Math.floor((samples.length * 3) / 4));
}

test('what both rates can carry comes through as it is, within 0.1 dB and with errors 65 dB below it', () => {
  for (const [from, to] of PAIRS) {
    const nyquist = Math.min(from, to) / 2;
    for (const share of [0.01, 0.1, 0.3, 0.5, 0.7, 0.8, 0.86]) {
      const hz = nyquist * share;
      const heard = middle(resampled(sine(hz, from, 120), from, to));
      const wanted = middle(sine(hz, to, 120));
      assert.ok(
        Math.abs(levelDb(heard) - levelDb(wanted)) < 0.1,
        `${from} to ${to}: ${hz} Hz has ${levelDb(heard)} dBFS`,
      );
      const error = heard.map((sample, i) => sample - wanted[i]!);
      const errorDb = levelDb(error) - SINE_DB;
      assert.ok(errorDb < -65, `${from} to ${to}: ${hz} Hz has errors of ${errorDb} dB`);
    }
  }
});

test('what the new rate cannot carry is gone, 70 dB and more below what it was: nothing aliases', () => {
  for (const [from, to] of PAIRS.filter(([from, to]) => to < from)) {
    for (let hz = to / 2; hz < from / 2; hz += to / 16) {
      const heardDb = levelDb(middle(resampled(sine(hz + 1, from, 120), from, to))) - SINE_DB;
      assert.ok(heardDb < -70, `${from} to ${to}: ${hz} Hz is heard with ${heardDb} dB`);
    }
  }
});

test('a higher rate has no images: what differs from the same sine made at that rate is 65 dB below it', () => {
  for (const [from, to] of PAIRS.filter(([from, to]) => to > from)) {
    const hz = (from / 2) * 0.8;
    const there = resampled(sine(hz, from, 120), from, to);
    const wanted = sine(hz, to, 120);
    const image = middle(there.map((sample, i) => sample - wanted[i]!));
    assert.ok(levelDb(image) - SINE_DB < -65, `${from} to ${to}: ${levelDb(image) - SINE_DB} dB`);
  }
});

test('however a sound is cut, it comes out the same, sample by sample', () => {
  const rate = fc.constantFrom(...SAMPLE_RATES);
  const sizes = fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 12 });
  fc.assert(
    fc.property(rate, rate, fc.int16Array({ maxLength: 3_000 }), sizes, (from, to, samples, cut) => {
      const filter = resampler(from, to);
      const parts: number[] = [];
      let at = 0;
      for (const size of [...cut, samples.length]) {
        parts.push(...filter.push(samples.subarray(at, at + size)));
        at += size;
      }
      parts.push(...filter.end());
      assert.deepEqual(parts, [...resampled(samples, from, to)]);
      assert.equal(parts.length, from === to ? samples.length : Math.floor((samples.length * to) / from));
    }),
    { numRuns: 60 },
  );
});

test('a constant stays the constant, and full scale is not passed', () => {
  for (const [from, to] of PAIRS) {
    const flat = middle(resampled(new Int16Array(from / 20).fill(12_345), from, to));
    assert.ok(
      flat.every((sample) => sample === 12_345),
      `${from} to ${to}`,
    );
  }
  const square = Int16Array.from({ length: 8_000 }, (_, i) => (i % 40 < 20 ? 32_767 : -32_768));
  const loud = resampled(square, 8_000, 48_000);
  assert.equal(Math.max(...loud), 32_767);
  // An overflow would jump from one end of the scale to the other.
  assert.ok(loud.every((sample, i) => i === 0 || Math.abs(sample - loud[i - 1]!) < 40_000));
});

test('most of a sound comes while the rest is still being spoken', () => {
  for (const [from, to] of PAIRS) {
    const filter = resampler(from, to);
    const early = filter.push(new Int16Array(from / 10)).length / to;
    assert.ok(early > 0.09, `${from} to ${to}: ${early * 1_000} ms of 100`);
  }
});

test('other rates are told from those that are known', () => {
  const known: SampleRate[] = [8_000, 48_000, 7_999, 96_000].filter(isSampleRate);
  assert.deepEqual(known, [8_000, 48_000]);
});

test('for the recogniser each second sample is the mean of its neighbours', () => {
  assert.deepEqual(doubledByLines(Int16Array.of(0, 100, -50)), Int16Array.of(0, 50, 100, 25, -50, -50));
  assert.deepEqual(doubledByLines(Int16Array.of(32_767, 32_767)), Int16Array.of(32_767, 32_767, 32_767, 32_767));
  assert.equal(doubledByLines(new Int16Array(0)).length, 0);
});
