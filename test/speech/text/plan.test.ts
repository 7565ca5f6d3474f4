import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { escapedForSsml, ssmlWords } from '../../../src/model/speech/ssml/ssml.ts';
import { SPEECH_FAILURES } from '../../../src/speech/speech-failure.ts';
import { planOf } from '../../../src/speech/text/plan.ts';
import { refused, segments, words } from './planned.ts';

const plain = (words: string, language = 'en') => ({ words, language, rate: 1, gainDb: 0 });

test('a text without markup is one segment of plain words', () => {
  assert.deepEqual(segments('Hello,\n  you\u0007 there', 'en'), [plain('Hello, you there')]);
  assert.deepEqual(segments('press <1> [[now]]', 'de'), [plain('press 1 now', 'de')]);
});

test('breaks are silence: their times add up, and a sentence takes only what is missing', () => {
  assert.deepEqual(segments('<speak>a<break time="1s"/><break time="500ms"/>b<break/>c</speak>', 'de'), [
    plain('a', 'de'),
    { silenceMs: 1500 },
    plain('b', 'de'),
    { silenceMs: 400 },
    plain('c', 'de'),
  ]);
  assert.deepEqual(
    segments('<speak><p><s>a</s><s>b</s></p><p>c</p><break time="2s"/></speak>', 'de').map((one) =>
      'words' in one ? one.words : one.silenceMs,
    ),
    ['a', 300, 'b', 600, 'c', 2000],
  );
  assert.deepEqual(segments('<speak>a<break strength="none"/>b</speak>', 'de'), [plain('a', 'de'), plain('b', 'de')]);
});

test('speed, loudness and language hold for what is inside, and do not grow without bounds', () => {
  const text =
    '<speak>a <prosody rate="80%" volume="-6dB">b <prosody rate="+50%" volume="soft">c</prosody></prosody>' +
    '<prosody rate="0.1" volume="+40dB">d</prosody><lang xml:lang="zh-CN">2个</lang></speak>';
  assert.deepEqual(segments(text, 'de'), [
    plain('a', 'de'),
    { words: 'b', language: 'de', rate: 0.8, gainDb: -6 },
    { words: 'c', language: 'de', rate: 1.2, gainDb: -12 },
    { words: 'd', language: 'de', rate: 0.5, gainDb: 6 },
    plain('两个', 'zh-CN'),
  ]);
});

test('elements that change nothing do not cut a sentence, nor a number in it', () => {
  const text = '<speak>It is <emphasis>$4</emphasis>5<mark name="x"/>.50 <foo bar="1">now</foo>.<!-- 7 --></speak>';
  assert.equal(words(text, 'en'), 'It is forty five dollars and fifty cents now.');
  assert.equal(
    words('<speak>The <sub alias="World Wide Web">WWW</sub> &amp; <![CDATA[<2>]]> &#x41;</speak>', 'en'),
    'The World Wide Web & two A',
  );
});

test('an alias is heard, what it stands for is read', () => {
  assert.equal(
    ssmlWords('<speak>The <sub alias="World Wide Web">WWW</sub><break/> &lt;here&gt;</speak>'),
    'The WWW <here>',
  );
  assert.equal(ssmlWords('<speak>broken <b>here'), 'broken here');
});

test('figures are read by say-as in languages whose numbers are left to the engine, too', () => {
  assert.equal(
    words('<speak>Der Code ist <say-as interpret-as="digits">4711</say-as>.</speak>', 'de'),
    'Der Code ist 4 7 1 1.',
  );
  assert.equal(words('<speak><say-as interpret-as="characters">aß7</say-as></speak>', 'de'), 'a ß 7');
  assert.equal(words('1.234,50 € am 12.03.2024', 'de'), '1.234,50 € am 12.03.2024');
});

const BROKEN: readonly (readonly [string, string, string])[] = [
  ['a text of 100 kB', 'x'.repeat(100_000), 'speech.text_too_long'],
  ['markup of 100 kB', `<speak>${'x'.repeat(100_000)}</speak>`, 'speech.text_too_long'],
  ['nothing but control characters', '\u0000\u0007\u001b', 'speech.nothing_to_say'],
  ['markup without words', '<speak><break time="1s"/></speak>', 'speech.nothing_to_say'],
  ['an element that never closes', '<speak>a <p>b</speak>', 'speech.ssml_broken'],
  ['a text that never closes', '<speak>a', 'speech.ssml_broken'],
  ['a tag that never closes', '<speak>a<break time="1s"', 'speech.ssml_broken'],
  ['a comment that never closes', '<speak>a<!-- b</speak>', 'speech.ssml_broken'],
  ['an end without a beginning', '<speak>a</p></speak>', 'speech.ssml_broken'],
  ['an attribute without quotes', '<speak><break time=1s/></speak>', 'speech.ssml_broken'],
  ['an attribute that stands twice', '<speak><break time="1s" time="2s"/></speak>', 'speech.ssml_broken'],
  ['an unknown entity', '<speak>a&nbsp;b</speak>', 'speech.ssml_broken'],
  ['an "and" that is not escaped', '<speak>a & b</speak>', 'speech.ssml_broken'],
  ['a character that cannot be', '<speak>a &#0;</speak>', 'speech.ssml_broken'],
  ['entities of its own', '<speak><!DOCTYPE a [<!ENTITY b "c">]>&b;</speak>', 'speech.ssml_broken'],
  ['two texts', '<speak>a</speak><speak>b</speak>', 'speech.ssml_broken'],
  ['words after the end', '<speak>a</speak>b', 'speech.ssml_broken'],
  [
    'elements deep inside each other',
    `<speak>${'<p>'.repeat(30)}a${'</p>'.repeat(30)}</speak>`,
    'speech.ssml_too_deep',
  ],
  ['too many elements', `<speak>a${'<s/>'.repeat(600)}</speak>`, 'speech.ssml_too_deep'],
  ['too many pieces', `<speak>${'a<break/>'.repeat(150)}</speak>`, 'speech.text_too_long'],
  ['figures that become too many words', '7'.repeat(4_999), 'speech.text_too_long'],
  ['a break of 10 hours', '<speak>a<break time="36000s"/></speak>', 'speech.pause_too_long'],
  ['breaks that add up', `<speak>a${'<break time="10s"/>'.repeat(7)}b</speak>`, 'speech.pause_too_long'],
  ['a break of nonsense', '<speak>a<break time="soon"/></speak>', 'speech.ssml_value'],
  ['a break of a strength that is none', '<speak>a<break strength="constructor"/></speak>', 'speech.ssml_value'],
  ['a rate of nonsense', '<speak><prosody rate="warp">a</prosody></speak>', 'speech.ssml_value'],
  ['a volume of nonsense', '<speak><prosody volume="11">a</prosody></speak>', 'speech.ssml_value'],
  ['a language that is none', '<speak xml:lang="../..">a</speak>', 'speech.ssml_value'],
  ['say-as without a way', '<speak><say-as>1</say-as></speak>', 'speech.ssml_value'],
  ['sub without an alias', '<speak><sub>a</sub></speak>', 'speech.ssml_value'],
];

for (const [what, text, code] of BROKEN) {
  test(`${what}: ${code}`, () => assert.equal(refused(text), code));
}

const piece = fc.constantFrom(
  ...'<speak> </speak> <p> </p> <s> <break/> <break time="1s"/> <say-as interpret-as="date"> </say-as> <b a="&amp;"> </b> & &lt; &#49; <!-- --> <![CDATA[ ]]> < > " [[ 12 3 . , : / - + % $ € ¥ 元 年 月 个 第 May am st a Z'.split(
    ' ',
  ),
  ' ',
  '\u0000',
  '\ud800',
  '\ue000',
);
const garbage = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
const marked = garbage.map((inside) => `<speak>${inside}</speak>`);

test('whatever the text, there is a plan of plain words without figures, the same each time, or a known failure', () => {
  fc.assert(
    fc.property(
      fc.oneof(garbage, marked, fc.string({ unit: 'binary', maxLength: 200 })),
      fc.constantFrom('en', 'en-GB', 'zh', 'zh-TW'),
      (text, language) => {
        const plan = planOf(text, language);
        assert.deepEqual(planOf(text, language), plan);
        if (!plan.ok) return assert.ok(plan.failure.code in SPEECH_FAILURES, plan.failure.code);
        let silent = false;
        for (const one of plan.value.segments) {
          if ('words' in one) {
            assert.doesNotMatch(one.words, /[\d<>[\]\p{Cc}\p{Cs}\p{Co}]|^\s|\s$|\s\s/u);
            assert.match(one.words, /[\p{L}\p{N}]/u);
          } else assert.ok(!silent && one.silenceMs > 0 && one.silenceMs <= 60_000);
          silent = 'silenceMs' in one;
        }
      },
    ),
    { numRuns: 3_000 },
  );
});

test('a value that was escaped is never markup', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), garbage, (one, other) => {
      const value = `${one}${other}`;
      const read = ssmlWords(`<speak>a <b c="${escapedForSsml(value)}">${escapedForSsml(value)}</b> z</speak>`);
      assert.equal(read, `a ${value.replace(/[^\P{C}\n\t]/gu, ' ')} z`.replace(/\s+/g, ' ').trim());
    }),
  );
});
