import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { ListenOrder } from '../../../src/model/speech/listening.ts';
import type { Heard } from '../../../src/recognition/ears.ts';
import { type EarsOptions, openEars } from '../../../src/recognition/open-ears.ts';
import { startGoogleRecognition } from '../stand-ins/google-recognition.ts';
import { silence, spoken } from '../stand-ins/level-hearing.ts';
import { startRecogniser } from '../stand-ins/websocket-recogniser.ts';

const ACCOUNT = JSON.stringify({ type: 'service_account', client_email: 'ivr@example.com', private_key: 'none' });
const cloud = await startGoogleRecognition();
const house = await startRecogniser();
const opened: { close(): Promise<void> }[] = [];
after(async () => {
  await Promise.all(opened.map((one) => one.close()));
  cloud.close();
  house.close();
});
beforeEach(() => {
  cloud.behave({});
  house.behave(() => ({}));
});

/** A site where Google is asked first, and a recogniser of the house when it fails. */
function ears(options: Partial<EarsOptions> = {}, trusted: readonly string[] = []) {
  const google = { kind: 'google', project: 'acme', location: 'eu', model: null, secret: 'google' } as const;
  const made = openEars({
    site: {
      engines: {
        cloud: { ...google, endpoint: cloud.endpoint },
        house: { kind: 'websocket', url: house.url, secret: null },
      },
      hear: { zh: ['cloud', 'house'] },
      speak: {},
      sessionsMax: {},
      trusted,
    },
    secretOf: () => ACCOUNT,
    // Google's package is loaded by the first test, which takes its time on a busy machine.
    answerMsMax: 20_000,
    ...options,
  });
  opened.push(made);
  return made;
}

const ORDER: ListenOrder = {
  language: 'zh-CN',
  expected: { kind: 'digits', min: 1, max: 4 },
  hints: [],
  bargeIn: 'words',
  minWords: 1,
  endSilenceMs: 600,
  maxDurationMs: 8_000,
  minConfidence: 0.5,
  sensitive: false,
};

/** A caller says something; gives all that was told until the turn was over. */
async function call(order: ListenOrder, options?: Partial<EarsOptions>, trusted?: readonly string[]): Promise<Heard[]> {
  const told: Heard[] = [];
  await new Promise<void>((resolve) => {
    const turn = ears(options, trusted).listen(order, (heard) => {
      told.push(heard);
      if (heard.what === 'final' || heard.what === 'failed') resolve();
    });
    for (const sound of [silence(500), spoken('two', 400), silence(60), spoken('one', 400), silence(1_000)]) {
      for (let at = 0; at < sound.length; at += 160) turn.write(sound.subarray(at, at + 160));
    }
  });
  return told;
}

function outcome(told: readonly Heard[]) {
  const last = told.at(-1);
  return last?.what === 'final' ? { engine: last.engine, text: last.text } : last;
}

test('a caller is heard by Google from the first voice on, and its first words stop the prompt', async () => {
  const told = await call(ORDER);
  assert.deepEqual(outcome(told), { engine: 'cloud', text: 'two one' });
  const order = told.map(({ what }) => what);
  assert.ok(order.includes('started') && order.includes('partial'));
  assert.deepEqual(cloud.streams.at(-1)?.broken, []);
});

test('when Google dies in the middle, the next engine hears the whole utterance', async () => {
  cloud.behave({ status: 13, afterMs: 700 });
  assert.deepEqual(outcome(await call(ORDER)), { engine: 'house', text: 'two one' });
});

test('when Google does not answer in time, the next engine hears the whole utterance', async () => {
  cloud.behave({ mute: true });
  assert.deepEqual(outcome(await call(ORDER, { answerMsMax: 1_000 })), { engine: 'house', text: 'two one' });
});

test('when all engines fail, the turn says so, and keys are left', async () => {
  cloud.behave({ status: 8 });
  house.behave(() => ({ error: 'busy' }));
  assert.deepEqual(outcome(await call(ORDER)), { what: 'failed', code: 'recognition.busy' });
});

test('what is sensitive leaves this machine only for engines that the site trusts', async () => {
  const streams = cloud.streams.length;
  const utterances = house.utterances.length;
  const sensitive = { ...ORDER, sensitive: true };
  assert.deepEqual(outcome(await call(sensitive)), { what: 'failed', code: 'recognition.not_trusted' });
  assert.deepEqual(outcome(await call(sensitive, {}, ['house'])), { engine: 'house', text: 'two one' });
  assert.equal(cloud.streams.length, streams);
  assert.equal(house.utterances.length, utterances + 1);
});
