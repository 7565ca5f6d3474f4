import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { powerAt, toneRatio } from '../../src/media/goertzel.ts';
import { mixed, noise, silence, tones } from './sounds.ts';

/** The Fourier coefficient as its definition has it. */
function powerByDefinition(samples: Int16Array, hz: number, rate: number): number {
  let [real, imaginary] = [0, 0];
  samples.forEach((sample, i) => {
    real += sample * Math.cos((2 * Math.PI * hz * i) / rate);
    imaginary += sample * Math.sin((2 * Math.PI * hz * i) / rate);
  });
  return real * real + imaginary * imaginary;
}

test('the power at a frequency is that of the Fourier sum', () => {
  const sound = fc.int16Array({ minLength: 1, maxLength: 500 });
  fc.assert(
    fc.property(sound, fc.integer({ min: 50, max: 3_950 }), fc.constantFrom(8_000, 16_000), (samples, hz, rate) => {
      const energy = samples.reduce((sum, sample) => sum + sample * sample, 0);
      const difference = powerAt(samples, hz, rate) - powerByDefinition(samples, hz, rate);
      assert.ok(Math.abs(difference) <= 1e-6 * (1 + energy * samples.length));
    }),
  );
});

test('a pure tone is all of its sound, half when a second one sounds, and none of silence and noise', () => {
  assert.ok(toneRatio(tones(500, -12, 1_000), 1_000) > 0.999);
  assert.ok(Math.abs(toneRatio(tones(500, -12, 1_000, 1_900), 1_900) - 0.5) < 0.02);
  assert.equal(toneRatio(silence(500), 1_000), 0);
  assert.ok(toneRatio(noise(500, -12), 1_000) < 0.05);
  assert.ok(toneRatio(mixed(tones(500, -12, 1_000), noise(500, -32)), 1_000) > 0.95);
});
