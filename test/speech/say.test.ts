import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ok } from '../../src/model/failure.ts';
import type { EngineOpener } from '../../src/speech/engine.ts';
import { type MouthOptions, openMouth } from '../../src/speech/mouth.ts';
import { speechFailed } from '../../src/speech/speech-failure.ts';
import { standInEngine } from './stand-in-engine.ts';

const scratch = mkdtempSync(join(tmpdir(), 'strowger-say-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

async function mouthOf(engines: readonly EngineOpener[] | undefined, options: Partial<MouthOptions> = {}) {
  const told: object[] = [];
  const log = { info() {}, warn: (fields: object) => void told.push(fields) };
  const promptsDir = mkdtempSync(join(scratch, 'prompts-'));
  const mouth = await openMouth({ log, promptsDir, ...(engines && { engines }), ...options });
  after(() => mouth.close());
  const stream = async (text: string, language = 'en', voice?: string) => {
    const said = await mouth.say(text, language, voice);
    assert.ok(said.ok, JSON.stringify(said));
    assert.ok('stream' in said.value, 'it was in the cache');
    return said.value.stream[Symbol.asyncIterator]();
  };
  /** Waits for what is kept after a stream has ended. */
  const fileOf = async (text: string, language: string): Promise<string> => {
    while (kept(promptsDir) === 0) await new Promise(setImmediate);
    const said = await mouth.say(text, language);
    assert.ok(said.ok && 'file' in said.value, 'it is not kept');
    return `${said.value.file}.wav`;
  };
  return { mouth, told, stream, fileOf, promptsDir };
}

async function rest(stream: AsyncIterator<Int16Array>): Promise<number> {
  let samples = 0;
  for (let next = await stream.next(); !next.done; next = await stream.next()) samples += next.value.length;
  return samples;
}

const kept = (promptsDir: string): number =>
  readdirSync(promptsDir, { recursive: true, encoding: 'utf8' }).filter((name) => /^[0-9a-f]{2}\/.*\.wav$/.test(name))
    .length;

test('the first sentence can be heard before the last is spoken, and nobody is asked further ahead than one piece', async () => {
  const { open, asked } = standInEngine();
  const { stream } = await mouthOf([open]);
  const sound = await stream('One is here. Two is here. Three is here. Four is here.');
  assert.equal(asked[0], 'One is here.');
  assert.ok(asked.length <= 2, asked.join(' '));
  assert.ok((await rest(sound)) > 4 * 300 * 8);
  assert.deepEqual(asked, ['One is here.', 'Two is here.', 'Three is here.', 'Four is here.']);
});

test('what was streamed to its end is a file from then on, of the same length', async () => {
  const { open, asked } = standInEngine();
  const { stream, fileOf, mouth } = await mouthOf([open]);
  const samples = await rest(await stream('Hello Anna. You are the next.'));
  const file = await fileOf('Hello Anna. You are the next.', 'en');
  assert.equal(statSync(file).size, 44 + 2 * samples);
  assert.equal(
    `${await mouth.render('Hello Anna. You are the next.', 'en').then((r) => (r.ok ? r.value : ''))}.wav`,
    file,
  );
  assert.equal(asked.length, 2);
});

test('a stream that is left before its end stops the engine and is not kept', async () => {
  let stopped = false;
  const { open } = standInEngine({
    streams: () => true,
    speak: ({ signal }, tone) => {
      for (let count = 0; count < 10; count++) tone();
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          stopped = true;
          resolve(speechFailed('speech.closed'));
        });
      });
    },
  });
  const { stream, promptsDir } = await mouthOf([open]);
  const sound = await stream('A very long story about nothing at all.');
  await sound.next();
  await sound.return?.();
  assert.ok(stopped);
  assert.equal(kept(promptsDir), 0);
});

test('silences are as long as they were asked for, and cost no engine', async () => {
  const { open, asked } = standInEngine();
  const { stream } = await mouthOf([open]);
  const plain = await rest(await stream('<speak>Here<break time="0ms"/> and there</speak>'));
  const paused = await rest(await stream('<speak>Here<break time="2s"/> and there</speak>'));
  assert.ok(Math.abs(paused - plain - 2 * 8_000) <= 8 * 40, `${plain} ${paused}`);
  assert.ok(asked.every((words) => /here|there/i.test(words)));
});

test('an engine that fails before its first sound is replaced, and nothing of it is heard', async () => {
  const broken = standInEngine({ name: 'broken', speak: () => Promise.resolve(speechFailed('speech.engine_failed')) });
  const good = standInEngine();
  const { stream, told } = await mouthOf([broken.open, good.open]);
  assert.ok((await rest(await stream('Hello there. How are you?'))) > 0);
  assert.deepEqual(good.asked, ['Hello there.', 'How are you?']);
  assert.deepEqual(told, [{ engine: 'broken', code: 'speech.engine_failed' }]);
});

test('an engine that fails between two sentences is replaced for the rest, which is not kept', async () => {
  const failing = standInEngine({
    name: 'failing',
    speak: ({ words }, tone) => {
      if (words.startsWith('Two')) return Promise.resolve(speechFailed('speech.engine_failed'));
      tone();
      return Promise.resolve(ok(undefined));
    },
  });
  const good = standInEngine();
  const { stream, promptsDir } = await mouthOf([failing.open, good.open]);
  await rest(await stream('One is here. Two is here. Three is here.'));
  assert.equal(good.asked[0], 'Two is here.');
  assert.equal(kept(promptsDir), 0);
});

test('an engine that fails in the middle of a sentence ends the stream with a code', async () => {
  const { open } = standInEngine({
    streams: () => true,
    speak: async (_order, tone) => {
      for (let count = 0; count < 10; count++) tone();
      return speechFailed('speech.engine_failed');
    },
  });
  const { stream, promptsDir } = await mouthOf([open]);
  const sound = await stream('A sentence that nobody will hear the end of.');
  await assert.rejects(rest(sound), { code: 'speech.engine_failed' });
  assert.equal(kept(promptsDir), 0);
});

test('an engine that hangs without any sound is given up for a caller after its limit', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const hanging = standInEngine({ name: 'hanging', speak: () => new Promise(() => {}) });
  const good = standInEngine();
  const { mouth } = await mouthOf([hanging.open, good.open]);
  const saying = mouth.say('Please hold.', 'en');
  while (hanging.asked.length === 0) await new Promise(setImmediate);
  t.mock.timers.tick(3_000);
  const said = await saying;
  assert.ok(said.ok && 'stream' in said.value);
  assert.deepEqual(good.asked, ['Please hold.']);
});

test('an engine that fails again and again rests, and is asked again after that', async () => {
  let nowMs = 1_000_000;
  let broken = true;
  const weak = standInEngine({
    name: 'weak',
    speak: (_order, tone) => {
      if (broken) return Promise.resolve(speechFailed('speech.engine_failed'));
      tone();
      return Promise.resolve(ok(undefined));
    },
  });
  const good = standInEngine();
  const { mouth, stream } = await mouthOf([weak.open, good.open], { now: () => nowMs });
  for (let count = 0; count < 8; count++) await rest(await stream(`Text number ${'x'.repeat(count + 1)}.`));
  assert.equal(weak.asked.length, 5, 'five failures are enough');
  assert.match(mouth.health().detail, /weak failed too often and rests/);
  nowMs += 31_000;
  broken = false;
  await rest(await stream('Another text.'));
  assert.equal(weak.asked.length, 6);
  assert.doesNotMatch(mouth.health().detail, /rests/);
});

test('the voice that a prompt names speaks, whoever has it, and one that nobody has is told once', async () => {
  const first = standInEngine({ name: 'first', voiceNamed: () => undefined });
  const second = standInEngine({ name: 'second' });
  const { mouth, stream, told } = await mouthOf([first.open, second.open]);
  await rest(await stream('Hello there.', 'en', 'other'));
  assert.deepEqual([first.voices, second.voices], [[], ['other']]);
  for (const text of ['One more.', 'Two more.']) await rest(await stream(text, 'en', 'nobody'));
  assert.deepEqual(first.voices, ['usual', 'usual']);
  assert.deepEqual(told, [{ code: 'speech.voice_unknown', language: 'en', voice: 'nobody' }]);
  const prepared = await mouth.prepare([{ text: 'Three more.', language: 'en', voice: 'nobody', from: 'main' }]);
  assert.deepEqual(
    prepared.failures.map(({ code, from }) => [code, from]),
    [['speech.voice_unknown', 'main']],
  );
  assert.match(mouth.health().detail, /1 prompts cannot be spoken, the first in flow main: speech.voice_unknown/);
  assert.equal(mouth.health().up, false);
  await mouth.prepare([{ text: 'Three more.', language: 'en' }]);
  assert.equal(mouth.health().up, true);
});

test('without room on the disk prompts are heard all the same, and health tells it', async () => {
  const { open, asked } = standInEngine();
  const { mouth, stream, promptsDir } = await mouthOf([open], { freeBytesMin: Number.MAX_SAFE_INTEGER });
  for (let count = 0; count < 2; count++) assert.ok((await rest(await stream('Please hold.'))) > 0);
  assert.equal(asked.length, 2);
  while (mouth.health().up) await new Promise(setImmediate);
  assert.match(mouth.health().detail, /speech.no_disk/);
  assert.equal(kept(promptsDir), 0);
});

test('real engines: English and Mandarin stream, and are kept', async () => {
  for (const [text, language] of [
    ['Thank you for calling. Your parcel is on its way. It will be with you on Friday, between nine and eleven.', 'en'],
    ['您好，感谢您的来电。销售部请按一，技术支持请按二。', 'zh-CN'],
  ] as const) {
    const { stream, fileOf } = await mouthOf(undefined);
    const samples = await rest(await stream(text, language));
    assert.ok(samples > 2.5 * 8_000 && samples < 12 * 8_000, `${samples / 8_000} s`);
    assert.equal(statSync(await fileOf(text, language)).size, 44 + 2 * samples);
  }
});

test('a prompt of several parts that is given up before anybody heard it lets go of its engines', async () => {
  let stopped = 0;
  const { open, asked } = standInEngine({
    streams: () => true,
    speak: ({ signal }, tone) => {
      for (let count = 0; count < 10; count++) tone();
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          stopped += 1;
          resolve(speechFailed('speech.closed'));
        });
      });
    },
  });
  const { mouth } = await mouthOf([open]);
  const said = await mouth.say('A story without an end.', 'en');
  assert.ok(said.ok && 'stream' in said.value);
  const later = async () => {
    const next = await mouth.say('And another one.', 'en');
    return next.ok ? next.value : undefined;
  };
  const whole = mouth.join([{ silenceMs: 100 }, said.value, later], 0);
  await whole.return?.();
  assert.equal(stopped, 1);
  assert.equal(asked.length, 1);
});

test('parts follow each other without a gap, a lost file is left out, and the beginning can be left out', async () => {
  const { open } = standInEngine();
  const { mouth, told, fileOf, stream } = await mouthOf([open]);
  await rest(await stream('One two.'));
  const file = (await fileOf('One two.', 'en')).slice(0, -'.wav'.length);
  const parts = [{ file }, { file: join(scratch, 'nowhere') }, { silenceMs: 500 }, async () => ({ file })];
  const samples = statSync(`${file}.wav`).size / 2 - 22;
  assert.equal(await rest(mouth.join(parts, 0)), 2 * samples + 4_000);
  assert.deepEqual(told, [{ code: 'speech.file_unreadable' }]);
  assert.equal(await rest(mouth.join(parts, 300)), 2 * samples + 4_000 - 2_400);
  assert.equal(await rest(mouth.join(parts, 60_000)), 0);
});
