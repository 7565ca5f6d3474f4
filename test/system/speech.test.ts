import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { onLine, silence } from '../spoken/phone-line.ts';
import { SpeakingCall } from '../spoken/speaking-call.ts';
import { spoken, type Voice } from '../spoken/voices.ts';
import { emitted, outcomesOf, wholeOf } from './in-journal.ts';
import { Scene } from './scene.ts';
import { until } from './until.ts';

// Callers who simply say it, over real SIP: the far end speaks, Debian's pocketsphinx hears, and the flow takes the branch.

const SITE = `
site: Exchange under test
numbers: { "500": talks }
`;
// The prompt takes longer than a caller who knows the words wants to wait.
const TALKS = `
steps:
  choose:
    type: menu
    prompt: >-
      Thank you for calling. We are glad that you are here. You may say what you want at any time: say billing for questions about
      a bill, say technical support if something does not work, or say opening hours to hear when we are there.
    reprompts: [Please say billing, or technical support, or opening hours.]
    options:
      "1": { next: billing, say: [billing, a bill] }
      "2": { next: support, say: [technical support, something does not work] }
      "3": { next: hours, say: [opening hours] }
    on: { no_input: nothing, no_match: wrong }
  billing: { type: emit, name: chosen, data: { what: billing }, next: end }
  support: { type: emit, name: chosen, data: { what: support }, next: end }
  hours: { type: emit, name: chosen, data: { what: hours }, next: end }
  nothing: { type: emit, name: chosen, data: { what: nothing }, next: end }
  wrong: { type: emit, name: chosen, data: { what: wrong }, next: end }
  end: { type: hangup }
`;
const CALLER: Voice = { engine: 'flite', name: 'rms', speed: 1 };
/** How loud the first 20 ms of a word are, at least; before it the voice has not begun. */
const VOICED = 500;
/** From the caller's voice to the end of the prompt. The machine of a test does much beside. */
const STOPPED_WITHIN_MS = 400;

let scene: Scene;
const words = new Map<string, Int16Array>();
before(async () => {
  for (const text of ['technical support', 'billing', 'helicopter', 'yesterday morning']) {
    words.set(text, fromTheVoiceOn(onLine(await spoken(text, CALLER), { snrDb: null, seed: 1 })));
  }
  scene = await Scene.open({ agents: [], files: { 'site.yaml': SITE, 'talks.yaml': TALKS } });
});
afterEach(() => scene.reset());
after(() => scene?.close());

function fromTheVoiceOn(samples: Int16Array): Int16Array {
  return samples.slice(
    Math.max(
      0,
      samples.findIndex((sample) => Math.abs(sample) > VOICED),
    ),
  );
}

/** Somebody who talks for several seconds, with pauses that end nothing. */
function onAndOn(): Int16Array {
  const sentence = ['technical support', 'billing', 'helicopter', 'yesterday morning'].flatMap((text) => [
    ...words.get(text)!,
    ...silence(200),
  ]);
  return new Int16Array([...sentence, ...sentence]);
}

async function chosenIn(contactId: string): Promise<unknown[]> {
  return emitted(await wholeOf(scene, contactId)).map(({ data }) => data['what']);
}

test('a caller who says it over the prompt stops it at once, and is where it was wanted', async () => {
  const call = await SpeakingCall.open(scene, '500');
  try {
    await call.next('listening.started');
    await pause(1_500);
    const saying = await call.line.startSaying(words.get('technical support')!);
    const beganMs = Date.now();
    const stopped = await call.next('prompt.stopped');
    await saying.over;
    await call.next('step.left');
    assert.deepEqual(await chosenIn(call.contactId), ['support']);
    const tookMs = stopped.atMs - beganMs;
    assert.ok(tookMs < STOPPED_WITHIN_MS, `the prompt was stopped after ${tookMs} ms`);
  } finally {
    await call.close();
  }
});

test('a key that is pressed while somebody speaks wins, and what was said is passed over', async () => {
  const call = await SpeakingCall.open(scene, '500');
  try {
    await call.next('listening.started');
    // The far end sends a key after what it says, but beside a tone; to the ears a tone is a voice.
    await call.line.playTone(1540);
    await call.next('speech.started');
    await call.line.press('1');
    assert.deepEqual(await chosenIn(call.contactId), ['billing']);
    const events = await wholeOf(scene, call.contactId);
    assert.equal(events.filter(({ kind }) => kind === 'speech.heard').length, 0);
    assert.equal(events.filter(({ kind }) => kind === 'listening.stopped').length, 1);
  } finally {
    await call.close();
  }
});

test('a wrong word is asked for again, and after three of them the step says so', async () => {
  const call = await SpeakingCall.open(scene, '500');
  try {
    for (const text of ['helicopter', 'yesterday morning', 'helicopter']) {
      await call.next('listening.started');
      await pause(500);
      await call.line.say(words.get(text)!);
    }
    await call.next('step.left');
    assert.deepEqual(await chosenIn(call.contactId), ['wrong']);
    const events = await wholeOf(scene, call.contactId);
    assert.deepEqual(outcomesOf(events, 'choose'), ['no_match']);
    assert.equal(events.filter(({ kind }) => kind === 'listening.started').length, 3);
  } finally {
    await call.close();
  }
});

test('a caller who hangs up in the middle of a word leaves nothing behind', async () => {
  const call = await SpeakingCall.open(scene, '500');
  try {
    await call.next('listening.started');
    await call.line.startSaying(onAndOn());
    await call.next('speech.started');
    await call.line.hangUp();
    assert.deepEqual(await chosenIn(call.contactId), []);
    await until('no socket of the call is left', async () => {
      const channels = (await scene.exchange.ari('channels')) as unknown[];
      return channels.length === 0 || undefined;
    });
  } finally {
    await call.close();
  }
});
