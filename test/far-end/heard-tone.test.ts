import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toneRatio } from '../../src/media/goertzel.ts';
import { TONES_HZ } from './config.ts';
import { hasTone, toneMs } from './heard-tone.ts';
import { readWav, tone, writeWav } from './wav.ts';

/** G.711 µ-law and back, as a call does to every sample (ITU-T G.711, table 2a). */
function throughUlaw(pcm: Int16Array): Int16Array {
  return pcm.map((sample) => {
    const size = Math.min(Math.abs(sample), 32_635) + 132;
    const segment = Math.floor(Math.log2(size)) - 7;
    const step = 2 ** (segment + 3);
    return Math.sign(sample) * ((Math.floor(size / step) + 0.5) * step - 132);
  });
}

function mixed(...sounds: Int16Array[]): Int16Array {
  return sounds[0]!.map((_, at) => sounds.reduce((sum, sound) => sum + (sound[at] ?? 0), 0));
}

function joined(...sounds: Int16Array[]): Int16Array {
  return Int16Array.from(sounds.flatMap((sound) => [...sound]));
}

/** White noise that is the same in every run (Park and Miller's generator). */
function noise(lengthMs: number): Int16Array {
  let seed = 1;
  return tone(0, lengthMs).map(() => {
    seed = (seed * 48_271) % 2_147_483_647;
    return (seed % 16_000) - 8_000;
  });
}

test('each of the far end’s tones is itself, and no other', () => {
  for (const played of TONES_HZ) {
    const heard = throughUlaw(tone(played, 500));
    for (const wanted of TONES_HZ) assert.equal(hasTone(heard, wanted), played === wanted, `${wanted} in ${played}`);
  }
});

test('a pure tone is all of its sound, and half when a second one sounds', () => {
  assert.ok(toneRatio(tone(1_000, 500), 1_000) > 0.999);
  const both = throughUlaw(mixed(tone(1_000, 500), tone(1_900, 500)));
  assert.ok(Math.abs(toneRatio(both, 1_000) - 0.5) < 0.02);
  assert.ok(hasTone(both, 1_000) && hasTone(both, 1_900));
});

test('silence, noise and the tones of a telephone network are none of the far end’s tones', () => {
  const ringback = mixed(tone(440, 500), tone(480, 500));
  const busy = mixed(tone(480, 500), tone(620, 500));
  const digit = mixed(tone(941, 500), tone(1_336, 500));
  for (const sound of [new Int16Array(4_000), noise(500), ringback, busy, digit]) {
    for (const hz of TONES_HZ) assert.equal(hasTone(throughUlaw(sound), hz), false);
  }
});

test('a tone is found amid silence and its length is told; a short beep does not count', () => {
  const pause = new Int16Array(8_000);
  assert.equal(toneMs(joined(pause, tone(1_000, 400), pause), 1_000), 400);
  assert.equal(toneMs(joined(pause, tone(1_000, 100), pause), 1_000), 0);
});

test('a WAV file gives back the samples that were written; another file is refused', () => {
  const pcm = tone(1_000, 100);
  assert.deepEqual(readWav(writeWav(pcm)), pcm);
  assert.throws(() => readWav(Buffer.alloc(100)), /not a WAV file/);
});
