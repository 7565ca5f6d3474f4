import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FRAME_MS, framer } from '../../src/media/frames.ts';
import { type HeardFrame, type VoiceActivityRule, voiceActivity } from '../../src/media/voice-activity.ts';
import { joined, mixed, noise, silence, throughUlaw, tones } from './sounds.ts';

/** Syllables: bursts of three harmonics with gaps between, as long as asked. */
function syllables(lengthMs: number, levelDb = -20): Int16Array {
  const burst = joined(tones(160, levelDb, 180, 360, 720), silence(60));
  return joined(...Array.from({ length: Math.ceil(lengthMs / 220) }, () => burst)).subarray(0, lengthMs * 8);
}

function heard(sound: Int16Array, rule?: VoiceActivityRule): HeardFrame[] {
  const voice = voiceActivity(rule);
  return framer()
    .push(throughUlaw(sound))
    .map((frame) => voice.push(frame));
}

/** `started` and `ended` with the beginning or the end of the speech. */
function changes(frames: readonly HeardFrame[]): [string, number][] {
  return frames.flatMap(({ change, speech }) =>
    change ? [[change, change === 'started' ? speech!.beganMs : speech!.endedMs] as [string, number]] : [],
  );
}

function isNear(found: number, wanted: number, withinMs: number): void {
  assert.ok(Math.abs(found - wanted) <= withinMs, `${found} ms instead of ${wanted}`);
}

for (const noiseDb of [-90, -60, -45, -40]) {
  test(`speech is found in noise of ${noiseDb} dBFS, its beginning and its end to two frames`, () => {
    const sound = joined(silence(1_000), syllables(1_980), silence(2_000));
    const found = changes(heard(mixed(sound, noise(4_980, noiseDb))));
    assert.deepEqual(
      found.map(([change]) => change),
      ['started', 'ended'],
    );
    isNear(found[0]![1], 1_000, 40);
    isNear(found[1]![1], 2_920, 40);
  });
}

test('it is told within 100 ms that somebody has begun, and after the end silence that they have ended', () => {
  const frames = heard(joined(silence(1_000), syllables(1_100), silence(1_000)), { endSilenceMs: 500 });
  const started = frames.findIndex(({ change }) => change === 'started');
  const ended = frames.findIndex(({ change }) => change === 'ended');
  isNear((started + 1) * FRAME_MS, 1_060, 40);
  isNear((ended + 1) * FRAME_MS, 1_000 + 1_040 + 500, 40);
  assert.equal(frames[ended]!.speech!.silenceMs, 500);
});

test('a click and two frames of noise are nobody', () => {
  const click = joined(silence(1_000), tones(20, -12, 500), silence(300), tones(40, -12, 900), silence(1_000));
  assert.deepEqual(changes(heard(click)), []);
});

test('what is softer than anybody speaks is not heard, whatever the silence is', () => {
  assert.deepEqual(changes(heard(joined(silence(1_000), syllables(1_000, -56), silence(1_000)))), []);
});

test('a pause that is shorter than the end silence ends nothing; a longer one does', () => {
  const sound = joined(silence(500), syllables(660), silence(450), syllables(660), silence(1_500));
  assert.equal(changes(heard(sound, { endSilenceMs: 600 })).length, 2);
  assert.equal(changes(heard(sound, { endSilenceMs: 400 })).length, 4);
});

test('who speaks from the first frame on is heard', () => {
  const [first] = changes(heard(joined(syllables(880), silence(1_000))));
  assert.deepEqual(first, ['started', 0]);
});

for (const louderDb of [-40, -30, -22]) {
  test(`a background that grows to ${louderDb} dBFS is no speech for more than 4 s`, () => {
    const found = changes(heard(joined(noise(2_000, -60), noise(8_000, louderDb, 2))));
    assert.ok(found.length <= 2, JSON.stringify(found));
    if (found.length > 0) isNear(found[1]![1] - found[0]![1], 2_500, 500);
  });
}

test('after that, speech is found over the louder background', () => {
  const street = noise(9_000, -38, 3);
  const sound = joined(silence(6_000), syllables(1_100), silence(1_900));
  const found = changes(heard(joined(noise(1_000, -65), mixed(sound, street))));
  const [change, beganMs] = found.at(-2)!;
  assert.equal(change, 'started');
  isNear(beganMs, 7_000, 60);
});

test('steady noise of any level is nobody, however long', () => {
  for (const level of [-70, -55, -47, -40]) assert.deepEqual(changes(heard(noise(20_000, level, 5))), [], `${level}`);
});

test('starts and ends alternate, times only grow, and the voiced time fits into the speech', () => {
  const piece = fc.record({ ms: fc.integer({ min: 20, max: 900 }), level: fc.integer({ min: -70, max: -6 }) });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const frames = heard(joined(...pieces.map(({ ms, level }, i) => noise(ms, level, i + 1))));
      let speaking = false;
      frames.forEach(({ change, speech }, i) => {
        if (change) assert.equal(change === 'started', !speaking);
        if (change) speaking = change === 'started';
        assert.equal(speech !== null, speaking || change === 'ended');
        if (!speech) return;
        const { beganMs, endedMs, voicedMs, silenceMs } = speech;
        assert.ok(beganMs < endedMs && voicedMs <= endedMs - beganMs);
        if (change !== 'started') assert.equal(endedMs + silenceMs, (i + 1) * FRAME_MS);
      });
    }),
    { numRuns: 60 },
  );
});
