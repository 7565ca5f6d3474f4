import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { type AnsweringRule, type AnswerSign, answeringMachine } from '../../src/media/answering-machine.ts';
import { framer } from '../../src/media/frames.ts';
import { type Answer, answers, PROOF } from '../spoken/answers.ts';
import { joined, mixed, noise, silence, throughUlaw, tones } from './sounds.ts';

/** Two of the four voices: all of them, in more noise and beside app_amd's rules, are in "npm run bench -- answering". */
const SET = { ...PROOF, voices: PROOF.voices.filter(({ name }) => name === 'awb' || name === 'en-us+f3') };

function signsOf(sound: Int16Array, rule?: AnsweringRule): AnswerSign[] {
  const detector = answeringMachine(rule);
  return framer()
    .push(sound)
    .flatMap((frame) => detector.push(frame));
}

function verdictOf(signs: readonly AnswerSign[]): string {
  const sign = signs.find(({ what }) => what === 'verdict');
  return sign?.what === 'verdict' ? sign.verdict : 'none';
}

/** A voice without words: harmonics whose pitch never stands still. */
function babble(lengthMs: number): Int16Array {
  let phase = 0;
  return silence(lengthMs).map((_, i) => {
    phase += (2 * Math.PI * (150 + 30 * Math.sin(i / 1_100))) / 8_000;
    return Math.round(3_000 * (Math.sin(phase) + Math.sin(2 * phase) + Math.sin(5 * phase)));
  });
}

for (const snrDb of [null, 20]) {
  const line = snrDb === null ? 'a quiet line' : `a line with noise at ${snrDb} dB`;
  let all: readonly { answer: Answer; signs: readonly AnswerSign[] }[] = [];
  before(async () => {
    all = (await answers(SET, snrDb)).map((answer) => ({ answer, signs: signsOf(answer.sound, { listenMs: 5_000 }) }));
  });

  /** Those of whom something else was said. */
  const wrong = (who: Answer['who']): string[] =>
    all.flatMap(({ answer, signs }) =>
      answer.who === who && verdictOf(signs) !== who ? [`${verdictOf(signs)}: ${answer.words}`] : [],
    );

  test(`on ${line} nearly all people are told to be people`, () => {
    assert.ok(wrong('human').length <= 1, wrong('human').join('\n'));
  });

  test(`on ${line} at least four in five machines are told to be machines`, () => {
    assert.ok(wrong('machine').length <= 3, wrong('machine').join('\n'));
  });

  test(`on ${line} both tones of fax machines are known`, () => {
    assert.deepEqual(wrong('fax'), []);
  });

  test(`on ${line} every beep is heard within 200 ms of its end, and nothing else is taken for one`, () => {
    for (const { answer, signs } of all) {
      const beeps = signs.filter(({ what }) => what === 'beep').map(({ atMs }) => atMs - (answer.beepEndsMs ?? 0));
      assert.equal(beeps.length, answer.beepEndsMs === null ? 0 : 1, `${answer.words}: ${beeps}`);
      assert.ok(
        beeps.every((ms) => ms > 0 && ms <= 200),
        `${answer.words}: ${beeps} ms`,
      );
    }
  });

  test(`on ${line} nobody begins to leave a message before the beep`, () => {
    for (const { answer, signs } of all.filter(({ answer }) => answer.who === 'machine')) {
      const ready = signs.find(({ what }) => what === 'ready');
      assert.deepEqual(ready?.what === 'ready' && ready.after, 'beep', answer.words);
    }
  });
}

test('a person is told within 0.9 s of the end of the word', () => {
  const [verdict] = signsOf(joined(silence(500), babble(400), silence(2_000)));
  assert.deepEqual([verdict?.what === 'verdict' && verdict.because], ['short_greeting']);
  assert.ok(verdict!.atMs > 1_600 && verdict!.atMs <= 1_800, `${verdict!.atMs} ms`);
});

test('a breath after a longer first sentence is no end, but a second of silence is', () => {
  const greeting = (pauseMs: number): Int16Array =>
    joined(silence(300), babble(1_800), silence(pauseMs), babble(2_500), silence(2_000));
  assert.equal(verdictOf(signsOf(greeting(900), { listenMs: 10_000 })), 'machine');
  assert.equal(verdictOf(signsOf(greeting(1_400), { listenMs: 10_000 })), 'human');
});

test('who says more words in a row than a person may is a machine', () => {
  const word = joined(babble(140), silence(100));
  const sound = joined(silence(300), word, word, word, word, silence(1_000));
  assert.equal(verdictOf(signsOf(sound)), 'human');
  const [verdict] = signsOf(sound, { wordsMax: 3 });
  assert.deepEqual(verdict?.what === 'verdict' && [verdict.verdict, verdict.because], ['machine', 'words']);
});

test('of silence and of noise nothing is known when the time is over', () => {
  for (const sound of [silence(4_000), noise(4_000, -45)]) {
    assert.deepEqual(signsOf(sound, { listenMs: 3_000 }).slice(-1), [
      { what: 'verdict', verdict: 'unknown', because: 'no_voice', atMs: 3_000 },
    ]);
  }
});

test('a machine that never beeps is spoken to after 2.5 s of silence, once', () => {
  const word = joined(babble(700), silence(100));
  const signs = signsOf(joined(word, word, word, word, word, silence(6_000)));
  assert.deepEqual(
    signs.filter(({ what }) => what !== 'verdict'),
    [{ what: 'ready', after: 'silence', atMs: 6_400 }],
  );
});

test('a mailbox that only beeps is a machine', () => {
  const signs = signsOf(joined(silence(800), tones(400, -15, 1_000), silence(1_000)));
  assert.deepEqual(
    signs.map(({ what }) => what),
    ['verdict', 'beep', 'ready'],
  );
  assert.equal(verdictOf(signs), 'machine');
});

test('a tone that does not end is a machine, and is not spoken over', () => {
  const signs = signsOf(joined(silence(500), tones(8_000, -19, 1_000), silence(4_000)));
  assert.deepEqual(
    signs.map((sign) => (sign.what === 'verdict' ? sign.because : sign.what)),
    ['steady_tone', 'ready'],
  );
  assert.ok(signs.at(-1)!.atMs > 10_900, `${signs.at(-1)!.atMs} ms`);
});

test('a ringing tone before anybody has spoken is no beep: the person who then picks up is a person', () => {
  const ringing = joined(tones(1_000, -19, 425), silence(4_000));
  const signs = signsOf(joined(silence(300), ringing, ringing, babble(400), silence(2_000)), { listenMs: 15_000 });
  assert.equal(verdictOf(signs), 'human');
});

for (const [name, sound] of [
  ['ringing (440 and 480 Hz)', tones(2_000, -19, 440, 480)],
  ['a busy tone', joined(tones(500, -19, 480, 620), tones(500, -19, 350, 440))],
  ['a dial tone without end', tones(4_000, -19, 425)],
  ['a key', tones(100, -12, 770, 1_336)],
  ['a short click of a tone', tones(60, -12, 1_000)],
  [
    'the three tones before "the number is not in service"',
    joined(tones(330, -19, 950), tones(330, -19, 1_400), tones(330, -19, 1_800), babble(3_000)),
  ],
  ['a tone that slides', slide(800, 500, 1_500)],
  ['a tone in the middle of speech', joined(babble(500), tones(300, -19, 1_000), babble(1_000))],
] as const) {
  test(`no beep: ${name}`, () => {
    const beeps = signsOf(throughUlaw(joined(silence(500), sound, silence(1_000)))).filter(
      ({ what }) => what === 'beep',
    );
    assert.deepEqual(beeps, []);
  });
}

function slide(lengthMs: number, fromHz: number, toHz: number): Int16Array {
  let phase = 0;
  const samples = lengthMs * 8;
  return silence(lengthMs).map((_, i) => {
    phase += (2 * Math.PI * (fromHz + ((toHz - fromHz) * i) / samples)) / 8_000;
    return Math.round(8_000 * Math.sin(phase));
  });
}

test('a beep of any pitch, length and moment is heard once, in noise 20 dB below it too', () => {
  const beep = fc.record({
    hz: fc.integer({ min: 400, max: 2_000 }),
    lengthMs: fc.integer({ min: 160, max: 1_900 }),
    offset: fc.integer({ min: 0, max: 159 }),
    levelDb: fc.integer({ min: -30, max: -6 }),
    snrDb: fc.constantFrom(20, 30, 60),
  });
  fc.assert(
    fc.property(beep, ({ hz, lengthMs, offset, levelDb, snrDb }) => {
      const sound = joined(
        babble(600),
        silence(1_000),
        new Int16Array(offset),
        tones(lengthMs, levelDb, hz),
        silence(800),
      );
      const heard = signsOf(throughUlaw(mixed(sound, noise(5_000, levelDb - snrDb)))).filter(
        ({ what }) => what === 'beep',
      );
      assert.equal(heard.length, 1);
      const [sign] = heard;
      assert.ok(sign?.what === 'beep' && Math.abs(sign.hz - hz) <= 8, JSON.stringify(sign));
      assert.ok(sign?.what === 'beep' && Math.abs(sign.lengthMs - lengthMs) <= 60, JSON.stringify(sign));
    }),
    { numRuns: 80 },
  );
});
