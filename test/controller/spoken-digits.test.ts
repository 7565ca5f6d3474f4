import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Mouth, speak } from '../../src/controller/speak.ts';
import type { PromptPart } from '../../src/model/prompt.ts';
import { planOf } from '../../src/speech/text/plan.ts';

/** A mouth that writes what it says into the name of the file, where it has a voice. */
const mouth = (languages: readonly string[]): Mouth => {
  const render: Mouth['render'] = async (text, language) => {
    const plan = planOf(text, language);
    if (!plan.ok || !languages.includes(language))
      return { ok: false, failure: { code: 'speech.no_voice', message: '' } };
    const words = plan.value.segments.map((one) => ('words' in one ? one.words : ''));
    return { ok: true, value: words.join('|') };
  };
  return {
    render,
    say: async (text, language) => {
      const made = await render(text, language);
      return made.ok ? { ok: true, value: { file: made.value } } : made;
    },
    join: () => assert.fail('everything is there as files'),
  };
};

async function played(part: PromptPart, languages: readonly string[], streams: boolean) {
  const troubles: string[] = [];
  const media = await speak({
    parts: [part],
    mouth: mouth(languages),
    recordingPath: (file) => file,
    recorded: () => assert.fail('nothing was recorded'),
    streams,
    offsetMs: 0,
    onTrouble: (code) => troubles.push(code),
  });
  return { media, troubles };
}

for (const streams of [true, false]) {
  const where = streams ? 'where a stream can be heard' : 'as files';
  test(`digits are read by Asterisk in English and by the mouth in other languages, ${where}`, async () => {
    const zh = await played({ digits: '4711#', language: 'zh-CN' }, ['zh-CN'], streams);
    assert.deepEqual(zh, { media: [{ sound: '四七一一井号' }], troubles: [] });
    const en = await played({ digits: '4711#', language: 'en-GB' }, ['en-GB'], streams);
    assert.deepEqual(en, { media: [{ digits: '4711#' }], troubles: [] });
  });

  test(`digits in a language without a voice are read by Asterisk rather than not at all, ${where}`, async () => {
    const found = await played({ digits: '4711', language: 'xx' }, ['zh-CN'], streams);
    assert.deepEqual(found, { media: [{ digits: '4711' }], troubles: [] });
  });
}
