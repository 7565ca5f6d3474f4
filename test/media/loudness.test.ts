import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FRAME_SAMPLES } from '../../src/media/frames.ts';
import { activeLevelDb, amplitudeOf, levelDb, peakDb, SILENCE_DB } from '../../src/media/loudness.ts';
import { joined, silence, tones } from './sounds.ts';

function isNear(found: number, wanted: number, within = 0.05): void {
  assert.ok(Math.abs(found - wanted) <= within, `${found} instead of ${wanted}`);
}

test('a full square wave has 0 dBFS, and a sine what its amplitude says less 3 dB', () => {
  const square = Int16Array.from({ length: 800 }, (_, i) => (i % 8 < 4 ? 32_767 : -32_768));
  isNear(levelDb(square), 0);
  isNear(peakDb(square), 0);
  isNear(levelDb(tones(500, -20, 1_000)), -20);
  isNear(peakDb(tones(500, -20, 1_000)), -20 + 3.01);
});

test('digital silence has a level, too, and nothing is below it', () => {
  for (const sound of [silence(100), new Int16Array(0)]) {
    assert.deepEqual(
      [levelDb(sound), peakDb(sound), activeLevelDb(sound, FRAME_SAMPLES)],
      [SILENCE_DB, SILENCE_DB, SILENCE_DB],
    );
  }
  fc.assert(fc.property(fc.int16Array(), (samples) => levelDb(samples) >= SILENCE_DB && levelDb(samples) <= 0));
});

test('pauses make speech no softer', () => {
  const words = joined(tones(400, -20, 300), silence(3_000), tones(400, -20, 500), silence(2_000));
  isNear(activeLevelDb(words, FRAME_SAMPLES), -20, 0.2);
  assert.ok(levelDb(words) < -27);
});

test('6 dB are the double of an amplitude', () => {
  isNear(amplitudeOf(6.02), 2, 0.001);
  isNear(amplitudeOf(-20), 0.1, 0.0001);
});
