import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { levelDb } from '../../src/media/loudness.ts';
import { toneMs } from '../far-end/heard-tone.ts';
import { tone, writeWav } from '../far-end/wav.ts';
import { contactIn, wholeOf } from './in-journal.ts';
import { Scene } from './scene.ts';
import { until } from './until.ts';

// Texts with a caller's own words in them, on real calls: they are streamed while they are made.

const BEFORE_HZ = 1540;
const AFTER_HZ = 1100;
const FRAME = 160;

let scene: Scene;
before(async () => {
  scene = await Scene.open({
    agents: [],
    files: {
      'site.yaml': 'site: Exchange under test\nnumbers: { "501": mixed, "502": left, "503": kept }\n',
      'before.wav': writeWav(tone(BEFORE_HZ, 1000)),
      'after.wav': writeWav(tone(AFTER_HZ, 1000)),
      'mixed.yaml': `
steps:
  greet:
    type: play
    prompt:
      - file: before
      - say: "Hello \${{ contact.to }}. You are first."
      - silence: 1s
      - file: after
  bye: { type: hangup }
`,
      'left.yaml': `
steps:
  story:
    type: menu
    prompt: { say: "This is a long story for \${{ contact.to }}. It has many sentences. Each of them is as long as the one before. And nobody wants to hear it." }
    options: { "1": bye }
  bye: { type: hangup }
`,
      'kept.yaml': `
steps:
  story:
    type: play
    prompt:
      - say: "This is a long story for \${{ contact.to }}. It has many sentences. Each of them is as long as the one before."
      - file: after
  bye: { type: hangup }
`,
    },
  });
});
after(() => scene?.close());

/** Runs of frames that are loud or quiet, in ms. One frame that the network lost on a busy machine is no pause. */
function runs(sound: Int16Array): { readonly loud: boolean; readonly ms: number }[] {
  const isLoud = (at: number): boolean => levelDb(sound.subarray(at, at + FRAME)) > -55;
  const found: { loud: boolean; ms: number }[] = [];
  for (let at = 0; at + 2 * FRAME <= sound.length; at += FRAME) {
    const last = found.at(-1);
    const loud = isLoud(at) || (last?.loud === true && isLoud(at + FRAME));
    if (last?.loud === loud) last.ms += 20;
    else found.push({ loud, ms: 20 });
  }
  return found;
}

test('a prompt of files, a new text and silence is heard in its order without gaps', async () => {
  const { line, from } = await scene.call('501');
  const heard = await line.listen(8_000);
  await line.ended();
  const events = await wholeOf(scene, await contactIn(scene, from));
  const results = events.flatMap((event) => (event.kind === 'prompt.finished' ? [event.result] : []));
  assert.deepEqual(results, ['done']);
  const tones = [BEFORE_HZ, AFTER_HZ].map((hz) => toneMs(heard, hz));
  assert.ok(Math.min(...tones) >= 900, `${tones}`);
  const [, ...sounds] = runs(heard);
  const told = JSON.stringify(sounds);
  assert.ok(sounds[0]!.ms >= 980, `the file is first and whole: ${told}`);
  assert.ok(sounds[1]!.ms <= 120, `the text follows it at once: ${told}`);
  const pauses = sounds.filter(({ loud, ms }) => !loud && ms >= 300);
  // After the first sentence, and what the flow says; the last one is the end.
  assert.ok(pauses[0]!.ms < 500 && Math.abs(pauses[1]!.ms - 1_050) < 130, `silence as it was asked for: ${told}`);
});

test('a key stops a text that is being spoken at once, and the call goes on', async () => {
  const { line, from } = await scene.call('502');
  await line.answered();
  await line.listen(1_500);
  await line.press('1');
  await line.ended();
  const events = await wholeOf(scene, await contactIn(scene, from));
  const pressed = events.find(({ kind }) => kind === 'digit.received');
  const ended = events.find(({ kind }) => kind === 'contact.ended' || kind === 'hangup.requested');
  assert.ok(pressed && ended && ended.atMs - pressed.atMs < 500);
});

test('after kill -9 in the middle of a text that is being spoken the caller hears it to its end, and nothing is left', async () => {
  const { line, from } = await scene.call('503');
  await line.answered();
  await line.listen(1_500);
  await scene.exchange.killController();
  const listening = line.listen(14_000);
  await scene.exchange.startController();
  const sound = await listening;
  await line.ended();
  assert.ok(toneMs(sound, AFTER_HZ) >= 900, `${toneMs(sound, AFTER_HZ)} ms of the file after the text`);
  const events = await wholeOf(scene, await contactIn(scene, from));
  const results = events.flatMap((event) => (event.kind === 'prompt.finished' ? [event.result] : []));
  assert.deepEqual(results.at(-1), 'done');
  await until('no leg and no socket of the call is left', async () => {
    const channels = (await scene.exchange.ari('channels')) as unknown[];
    return channels.length === 0 || undefined;
  });
});
