import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Mouth, type Said, type Speaking, speak } from '../../src/controller/speak.ts';
import type { Media } from '../../src/model/command.ts';
import { failed, ok } from '../../src/model/failure.ts';
import type { PromptPart } from '../../src/model/prompt.ts';

/** A mouth that has texts that begin with `old` as files, streams the others, and has no voice for those with `mute`. */
function mouthOf(): Mouth & { readonly told: string[]; readonly joined: { parts: unknown[]; offsetMs: number }[] } {
  const told: string[] = [];
  const joined: { parts: unknown[]; offsetMs: number }[] = [];
  const mute = failed('speech.no_voice', 'No voice.');
  return {
    told,
    joined,
    async render(text, _language, voice) {
      told.push(`render ${text}${voice ?? ''}`);
      return text.includes('mute') ? mute : ok(`/${text}`);
    },
    async say(text, _language, voice) {
      told.push(`say ${text}${voice ?? ''}`);
      const said: Said = text.startsWith('old') ? { file: `/${text}` } : { stream: streamOf(text) };
      return text.includes('mute') ? mute : ok(said);
    },
    async *join(parts, offsetMs) {
      const made: unknown[] = [];
      joined.push({ parts: made, offsetMs });
      for (const part of parts) made.push(typeof part === 'function' ? await part() : part);
      yield new Int16Array(1);
    },
  };
}

const streamOf = (text: string): AsyncIterable<Int16Array> =>
  Object.assign((async function* () {})(), { text }) as AsyncIterable<Int16Array>;

const say = (text: string, voice?: string): PromptPart => ({ say: text, language: 'en', ...(voice && { voice }) });

function speaking(parts: readonly PromptPart[], choice: Partial<Speaking> = {}) {
  const mouth = mouthOf();
  const troubles: string[] = [];
  const media = speak({
    parts,
    mouth,
    recordingPath: (file) => `/flows/${file}`,
    recorded: async (recordingId) => ok({ sound: `/vault/${recordingId}` }),
    streams: true,
    offsetMs: 0,
    onTrouble: (code) => troubles.push(code),
    ...choice,
  });
  return { mouth, troubles, media };
}

/** Draws the stream that a prompt became, and gives its parts as they were joined. */
async function partsOf(media: Media[], mouth: ReturnType<typeof mouthOf>): Promise<unknown[]> {
  assert.equal(media.length, 1, 'a stream stands alone');
  const [one] = media;
  assert.ok(one && 'stream' in one);
  for await (const _ of one.stream) assert.ok(true);
  return mouth.joined[0]!.parts;
}

test('a prompt of which everything is there is played as files, in its order', async () => {
  const parts = [say('old one', 'rms'), { file: 'ding' }, { silenceMs: 500 }, { digits: '12', language: 'en' }];
  const { media, mouth } = speaking(parts);
  assert.deepEqual(await media, [
    { sound: '/old one' },
    { sound: '/flows/ding' },
    { silenceMs: 500 },
    { digits: '12' },
  ]);
  assert.deepEqual(mouth.told, ['say old onerms']);
});

test('one new text makes the whole prompt one stream, in its order, and is asked for once', async () => {
  const parts = [
    say('old one'),
    { digits: '12', language: 'en' },
    say('new'),
    { silenceMs: 500 },
    { file: 'ding' },
    { recordingId: 'r1' },
    say('newer'),
  ];
  const { media, mouth } = speaking(parts);
  const made = (await partsOf(await media, mouth)) as {
    file?: string;
    silenceMs?: number;
    stream?: { text: string };
  }[];
  assert.deepEqual(
    made.map(({ file, silenceMs, stream }) => stream?.text ?? file ?? silenceMs),
    [
      '/old one',
      '<speak><say-as interpret-as="digits">12</say-as></speak>',
      'new',
      500,
      '/flows/ding',
      '/vault/r1',
      'newer',
    ],
  );
  assert.equal(mouth.told.filter((one) => one === 'say new').length, 1);
});

test('a text after the first new one is not asked for before its turn', async () => {
  const { media, mouth } = speaking([say('new'), say('newer')]);
  await media;
  assert.deepEqual(mouth.told, ['say new']);
});

test('where no stream can be heard, or Asterisk alone has a recording, texts become files first', async () => {
  const parts: PromptPart[] = [say('new', 'rms'), { recordingId: 'r1' }];
  const early = speaking(parts, { streams: false });
  assert.deepEqual(await early.media, [{ sound: '/new' }, { sound: '/vault/r1' }]);
  const message = speaking(parts, { recorded: async () => ok({ recording: 'beside' }) });
  assert.deepEqual(await message.media, [{ sound: '/new' }, { recording: 'beside' }]);
  assert.deepEqual([early.mouth.told, message.mouth.told], [['render newrms'], ['render newrms']]);
});

test('a prompt that begins in its middle is a stream, also when all of it is there', async () => {
  const { media, mouth } = speaking([say('old one'), { silenceMs: 500 }], { offsetMs: 1_200 });
  assert.deepEqual(await partsOf(await media, mouth), [{ file: '/old one' }, { silenceMs: 500 }]);
  assert.equal(mouth.joined[0]!.offsetMs, 1_200);
});

test('a part that cannot be spoken is left out and told by its code', async () => {
  const files = speaking([say('old mute'), say('old one')]);
  assert.deepEqual(await files.media, [{ sound: '/old one' }]);
  assert.deepEqual(files.troubles, ['speech.no_voice']);
  const stream = speaking([say('new'), say('mute')]);
  assert.equal((await partsOf(await stream.media, stream.mouth)).filter((part) => part !== undefined).length, 1);
  assert.deepEqual(stream.troubles, ['speech.no_voice']);
  const none = speaking([say('mute')]);
  assert.deepEqual(await none.media, []);
});

test('digits of another language than English are spoken, and read out by Asterisk when nobody can', async () => {
  const { media, mouth } = speaking([{ digits: '12', language: 'de' }], { streams: false });
  assert.deepEqual(await media, [{ sound: '/<speak><say-as interpret-as="digits">12</say-as></speak>' }]);
  assert.equal(mouth.told.length, 1);
});
