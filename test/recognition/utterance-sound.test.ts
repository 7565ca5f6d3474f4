import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forTheModel, voiceIn } from '../../src/recognition/pocketsphinx/utterance-sound.ts';
import { silence, together, voice } from './made-sound.ts';

const SAMPLES_A_MS = 8;

test('of the silence around a voice a twentieth of a second is left, and it is no voice', () => {
  const { samples, voicedMs } = voiceIn(together(silence(300), voice(500), silence(400)));
  assert.ok(voicedMs >= 480 && voicedMs <= 540, `${voicedMs} ms`);
  const ms = samples.length / SAMPLES_A_MS;
  assert.ok(ms >= voicedMs + 80 && ms <= voicedMs + 120, `${ms} ms are left`);
  const loud = samples.findIndex((sample) => Math.abs(sample) > 500) / SAMPLES_A_MS;
  assert.ok(loud >= 30 && loud <= 70, `the voice begins after ${loud} ms`);
});

test('a pause in what is said is kept, and a voice that fills the sound loses nothing', () => {
  const { samples } = voiceIn(together(silence(300), voice(300), silence(500), voice(300), silence(400)));
  assert.ok(samples.length / SAMPLES_A_MS >= 1_100);
  assert.ok(voiceIn(voice(400)).samples.length / SAMPLES_A_MS >= 380);
});

test('where no voice is found the whole sound is heard', () => {
  const sound = silence(500);
  assert.deepEqual(voiceIn(sound), { samples: sound, voicedMs: 0, aboveNoiseDb: 0 });
  assert.deepEqual(voiceIn(new Int16Array()), { samples: new Int16Array(), voicedMs: 0, aboveNoiseDb: 0 });
});

test('how far a voice stands out of the noise is told, and in noise more around it is kept', () => {
  const noise = (amplitude: number): Int16Array => silence(1_200).map((sample) => (sample * amplitude) / 6);
  const heard = (amplitude: number) => {
    const sound = noise(amplitude);
    voice(500).forEach((sample, at) => {
      sound[300 * SAMPLES_A_MS + at]! += sample;
    });
    return voiceIn(sound);
  };
  const over = (amplitude: number): number => heard(amplitude).aboveNoiseDb;
  assert.ok(over(30) > 35, `${over(30)} dB`);
  const moreMs = (heard(600).samples.length - heard(30).samples.length) / SAMPLES_A_MS;
  assert.ok(over(600) < 27 && moreMs >= 60 && moreMs <= 100, `${over(600)} dB, ${moreMs} ms more`);
  assert.ok(Math.abs(over(300) - over(600) - 6) < 1.5, `${over(300)} and ${over(600)} dB`);
});

test('the same sound is the same to the model, at twice the rate', () => {
  const sound = voice(100);
  assert.equal(forTheModel(sound).length, 2 * sound.length);
  assert.deepEqual(forTheModel(sound), forTheModel(sound));
});
