import { setTimeout as pause } from 'node:timers/promises';
import { tone, writeWav } from '../../far-end/wav.ts';
import { SpeakingCall } from '../../spoken/speaking-call.ts';
import type { Scene } from '../../system/scene.ts';
import { NUMBERS } from './listening-flows.ts';

const SAMPLES_PER_MS = 8;
/** Louder than this, of 32768, is no silence of G.711. */
const LOUD = 500;
/** A prompt without pauses, over which is spoken: where it ends is to be heard exactly. */
const HUM_MS = 8_000;
const HUM_HZ = 440;

/** Flows for times: a number that is read back (a text that was never said before), and a long prompt. */
export function timedFlows(): Record<string, string | Uint8Array> {
  return {
    'hum.wav': writeWav(tone(HUM_HZ, HUM_MS)),
    'live.yaml': `steps:
  ask: { type: gather, prompt: Key., into: number, min: 5, max: 5, timeout: 60s, next: tell, on: { no_input: bye, no_match: bye } }
  bye: { type: hangup }
  tell: { type: play, prompt: "Your reference is number \${{ vars.number }}. We shall keep it for you.", next: ask }
`,
    'cached.yaml': `steps:
  ask: { type: gather, prompt: Key., into: number, min: 5, max: 5, timeout: 60s, next: tell, on: { no_input: bye, no_match: bye } }
  bye: { type: hangup }
  tell: { type: play, prompt: "Your reference is kept. We shall have a look at it for you.", next: ask }
`,
    'long.yaml': `steps:
  ask:
    type: menu
    prompt: { file: hum }
    attempts: 1
    max_visits: 1000
    options:
      "1": { next: ask, say: [new order] }
      "2": { next: ask, say: [delivery status] }
    on: { no_input: ask, no_match: ask, max_visits: bye }
  bye: { type: hangup }
`,
  };
}

export const TIMED_NUMBERS = '  "110": live\n  "111": cached\n  "112": long\n';

/** From the flow's order to play until the first sound in the caller's ear, in ms, for each of so many prompts. */
export async function firstAudio(scene: Scene, number: '110' | '111', times: number): Promise<number[]> {
  const call = await SpeakingCall.open(scene, number);
  const found: number[] = [];
  try {
    for (let turn = 0; turn < times; turn++) {
      await call.next('prompt.started');
      await call.next('prompt.finished');
      const listening = await call.line.startListening();
      const beganAtMs = Date.now();
      await call.line.press(String(10_000 + Math.floor(Math.random() * 89_999)));
      const started = await call.next('prompt.started');
      await pause(1_200);
      const heard = await listening.stop();
      // The keys themselves are not heard: they go as events.
      const afterMs = started.atMs - beganAtMs;
      const at = heard.findIndex((sample, index) => index > afterMs * SAMPLES_PER_MS && Math.abs(sample) > LOUD);
      if (at >= 0) found.push(at / SAMPLES_PER_MS - afterMs);
    }
  } finally {
    await call.close();
  }
  return found;
}

/** From the last sample of what was said until the flow's decision. */
export async function decisions(scene: Scene, words: readonly Int16Array[]): Promise<number[]> {
  const call = await SpeakingCall.open(scene, NUMBERS.menu);
  const found: number[] = [];
  try {
    for (const one of words) {
      const { decidedAfterMs, heard } = await call.say(one);
      if (heard !== undefined) found.push(decidedAfterMs);
    }
  } finally {
    await call.close();
  }
  return found;
}

/** From the first sample of the caller's voice until the prompt is silent in the caller's ear. */
export async function bargeIns(scene: Scene, words: Int16Array, times: number): Promise<number[]> {
  const call = await SpeakingCall.open(scene, '112');
  const onsetMs = words.findIndex((sample) => Math.abs(sample) > LOUD) / SAMPLES_PER_MS;
  const found: number[] = [];
  try {
    for (let turn = 0; turn < times; turn++) {
      await call.next('prompt.started');
      const listening = await call.line.startListening();
      const beganAtMs = Date.now();
      await pause(1_500);
      // Taken before the order, so that what is told is rather too long than too short.
      const voiceAtMs = Date.now() + onsetMs;
      const saying = await call.line.startSaying(words);
      await pause(1_000);
      const heard = await listening.stop();
      await saying.over;
      const last = heard.findLastIndex((sample) => Math.abs(sample) > LOUD);
      found.push(beganAtMs + last / SAMPLES_PER_MS - voiceAtMs);
      await call.next('step.left');
    }
  } finally {
    await call.close();
  }
  return found;
}
