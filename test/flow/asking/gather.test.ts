import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { USUAL_LISTENING } from '../../../src/flow/input/listening.ts';
import { gather } from '../../../src/flow/steps/asking/gather.ts';
import { codesOf, type Scene, Stage } from './step-context.ts';

const BASE = 'prompt: Your account?\ninto: account\n';
const at = (more = '', scene: Scene = {}): Stage => new Stage(gather, BASE + more, scene);
const TEXT: Scene = { channel: 'chat' };
const kind = (name: string, more = '') => `validate: { kind: ${name}${more} }`;
const entry = (stage: Stage): unknown => stage.left?.set?.['account'];

describe('keys', () => {
  test('are collected up to the terminator', () => {
    const left = at().press('4711#').left;
    assert.deepEqual(left?.set, { account: '4711' });
    assert.deepEqual(left?.result, { value: '4711', text: '4711', how: 'keys', confidence: 1 });
    assert.equal(entry(at('terminator: star').press('4711*')), '4711');
  });

  test('are collected up to the most digits', () => {
    assert.equal(entry(at('max: 4').press('4711')), '4711');
  });

  test('are collected up to a pause', () => {
    const caller = at().press('47');
    assert.equal(caller.wakeInMs, 3_000);
    assert.equal(entry(caller.silence()), '47');
    assert.equal(at('inter_digit_timeout: 1s').press('4').wakeInMs, 1_000);
  });

  test('may be cleared', () => {
    const caller = at('clear_key: star').press('12*');
    assert.equal(caller.wakeInMs, 5_000);
    assert.equal(entry(caller.press('47#')), '47');
    assert.equal(at('clear_key: star').press('*').playing, false);
  });

  test('are too few', () => {
    assert.equal(at('min: 3\nattempts: 1').press('47#').outcome, 'no_match');
    assert.equal(at('attempts: 1').press('#').outcome, 'no_match');
    assert.equal(entry(at('min: 3').press('47#').press('471#')), '471');
  });

  test('do not come', () => {
    assert.equal(at('attempts: 1').silence().outcome, 'no_input');
  });

  test('are passed over where only speech counts', () => {
    const caller = at('input: speech').press('4711#');
    assert.equal(caller.outcome, undefined);
    assert.equal(entry(caller.say('four seven')), '47');
    assert.deepEqual(gather.keys!(at('input: speech').given), []);
  });

  test('are those that the flow must leave alone', () => {
    assert.equal(gather.keys!(at('clear_key: star').given).join(''), '0123456789#*');
    assert.equal(gather.keys!(at(kind('number')).given).includes('*'), true);
    assert.equal(gather.keys!(at().given).includes('*'), false);
  });
});

describe('speech', () => {
  test('gives digits', () => {
    const said = at().say('four seven, double one', 0.8).left;
    assert.deepEqual(said?.result, { value: '4711', text: 'four seven, double one', how: 'speech', confidence: 0.8 });
    assert.equal(entry(at('', { language: 'de' }).say('vier sieben doppel eins')), '4711');
    assert.equal(entry(at('speech: { language: de }').say('null acht fünf zwo')), '0852');
    assert.equal(entry(at().say('oh 47 triple nine')), '047999');
  });

  test('that is no digits is no match', () => {
    assert.equal(at('attempts: 1').say('I do not know').outcome, 'no_match');
    assert.equal(at('attempts: 1').say('double').outcome, 'no_match');
    assert.equal(at('attempts: 1\nmax: 3').say('one two three four').outcome, 'no_match');
  });

  test('that was hardly understood has an outcome of its own, which falls back to no match', () => {
    assert.equal(at('attempts: 1').say('four seven', 0.4).outcome, 'low_confidence');
    assert.equal(gather.fallbacks?.get('low_confidence'), 'no_match');
    assert.equal(entry(at('speech: { min_confidence: 0.3 }').say('four seven', 0.4)), '47');
  });

  test('is listened to as it is said, for the engine that does', () => {
    const speech = 'speech: { language: de, hints: [neun], end_silence: 2s, max_duration: 10s, min_confidence: 0.7 }';
    assert.deepEqual(at(speech).given['speech'], {
      ...USUAL_LISTENING,
      language: 'de',
      hints: ['neun'],
      endSilenceMs: 2_000,
      maxDurationMs: 10_000,
      minConfidence: 0.7,
    });
  });

  test('is passed over once keys were pressed, and where only keys count', () => {
    assert.equal(entry(at().press('4').say('nine nine').press('7#')), '47');
    assert.equal(at('input: [dtmf]').say('four seven').outcome, undefined);
  });
});

describe('what is asked for', () => {
  for (const [name, entries] of [
    ['digits', { '47 11': '4711', '47-11/12': '471112', 'one two': '12', abc: undefined, '': undefined }],
    [
      'number',
      { '12.5': 12.5, '-3': -3, '1,234.5': 1234.5, '1,234': 1234, '12,5': 12.5, 'four two': 42, x: undefined },
    ],
    ['currency', { '12.50 EUR': 12.5, '$ 3': 3, '€1,000.99': 1000.99, '1.999': undefined, '-2': undefined }],
    [
      'date',
      {
        '24122026': '2026-12-24',
        '24.12.2026': '2026-12-24',
        '2026-12-24': '2026-12-24',
        '1/2/2026': '2026-02-01',
        '29.2.2024': '2024-02-29',
        '29.2.2026': undefined,
        '31.4.2026': undefined,
        '1.13.2026': undefined,
        'the third of may 2026': '2026-05-03',
        'someday soon': undefined,
      },
    ],
    [
      'time',
      {
        '0930': '09:30',
        '930': '09:30',
        '9:30': '09:30',
        '9:30 pm': '21:30',
        '12 a.m.': '00:00',
        '9 Uhr': '09:00',
        '9 Uhr 30': '09:30',
        '24:00': undefined,
        '9:60': undefined,
        '13 pm': undefined,
        '9': undefined,
      },
    ],
    [
      'phone',
      {
        '+49 (30) 123-45': '+493012345',
        '030 12345': '03012345',
        'plus four nine three zero': '+4930',
        '12': undefined,
        '1234567890123456': undefined,
        '00491234567890123': '00491234567890123',
      },
    ],
    [
      'yes_no',
      { yes: true, Ja: undefined, 'no thanks': false, 'not right': false, '1': true, '2': false, x: undefined },
    ],
    ['text', { ' My name is Anna. ': 'My name is Anna.', ' ': undefined }],
  ] as const) {
    test(`as ${name} is understood in a text`, () => {
      for (const [reply, value] of Object.entries(entries)) {
        const stage = at(`${kind(name)}\nattempts: 1`, TEXT).reply(reply);
        assert.equal(entry(stage), value, reply);
        assert.equal(stage.outcome, value === undefined ? 'no_match' : 'ok', reply);
      }
    });
  }

  test('is cut off where it is too long to be meant', () => {
    const long = 'word '.repeat(1_000);
    assert.equal(String(entry(at(kind('text'), TEXT).reply(long))).length, 999);
    assert.equal(String(entry(at(kind('text')).say(long))).length, 999);
  });

  test('is shown in a text, without choices', () => {
    assert.deepEqual([at('', TEXT).heard, at('', TEXT).choices], [['Your account?'], []]);
    assert.deepEqual(gather.outcomes(at().given), ['ok', 'no_input', 'no_match', 'invalid', 'low_confidence']);
  });

  test('has its type in expressions', () => {
    const types = ['digits', 'number', 'currency', 'date', 'time', 'phone', 'yes_no', 'text'].map(
      (name) => gather.gives!(at(kind(name)).given).vars?.['account'],
    );
    assert.deepEqual(types, ['text', 'number', 'number', 'text', 'text', 'text', 'yes_no', 'text']);
  });

  test('is typed on keys', () => {
    assert.equal(entry(at(kind('number')).press('12*5#')), 12.5);
    assert.equal(entry(at(kind('currency')).press('12*50#')), 12.5);
    assert.equal(entry(at(kind('date')).press('24122026')), '2026-12-24');
    assert.equal(entry(at(kind('date', ', format: MMDDYYYY')).press('12242026')), '2026-12-24');
    assert.equal(entry(at(kind('date', ', format: YYYYMMDD')).press('20261224')), '2026-12-24');
    assert.equal(entry(at(kind('time')).press('0930')), '09:30');
    assert.equal(entry(at(kind('yes_no')).press('2')), false);
    assert.equal(at(`${kind('phone')}\nattempts: 1`).press('030*12345#').outcome, 'no_match');
    assert.equal(entry(at().press('12*4#')), '12*4');
  });

  test('is spoken', () => {
    assert.equal(entry(at(kind('date')).say('two four one two two zero two six')), '2026-12-24');
    assert.equal(entry(at(kind('time')).say('zero nine three zero')), '09:30');
    assert.equal(entry(at(kind('yes_no'), { language: 'de' }).say('ja, genau')), true);
  });

  test('is offered as a choice where it is yes or no', () => {
    const choices = [
      { key: '1', label: 'Ja' },
      { key: '2', label: 'Nein' },
    ];
    assert.deepEqual(at(kind('yes_no'), { ...TEXT, language: 'de' }).choices, choices);
  });
});

describe('validation', () => {
  const passes = (rule: string, entry: string, more = ''): boolean => {
    const { outcome } = at(`validate: { ${rule} }\nattempts: 1\n${more}`, TEXT).reply(entry);
    assert.ok(outcome === 'ok' || outcome === 'invalid', outcome);
    return outcome === 'ok';
  };

  test('by a pattern takes the whole of it', () => {
    assert.deepEqual([passes("pattern: '4[0-9]+'", '4711'), passes("pattern: '4[0-9]+'", '54711')], [true, false]);
    assert.equal(passes("kind: text, pattern: '(?i)ab|cd'", 'CD'), true);
    assert.equal(passes("kind: text, pattern: 'ab|cd'", 'abx'), false);
  });

  test('by length', () => {
    assert.deepEqual(
      ['123', '1234', '12345'].map((one) => passes('lengths: [3, 5]', one)),
      [true, false, true],
    );
  });

  test('by the check digit', () => {
    assert.deepEqual(
      [passes('luhn: true', '4539578763621486'), passes('luhn: true', '4539578763621487')],
      [true, false],
    );
  });

  test('by a range', () => {
    const rule = 'kind: number, range: { min: 1.5, max: 10 }';
    assert.deepEqual(
      ['1.5', '10', '1.4', '10.1'].map((one) => passes(rule, one)),
      [true, true, false, false],
    );
    assert.deepEqual([passes('range: { min: 5 }', '4'), passes('range: { max: 5 }', '4')], [false, true]);
  });

  test('by a list', () => {
    const rule = 'kind: text, one_of: [Red, light blue]';
    assert.deepEqual(
      ['red', 'Light Blue!', 'green'].map((one) => passes(rule, one)),
      [true, true, false],
    );
  });

  test('by an expression', () => {
    const scene: Scene = { ...TEXT, vars: { least: 10 } };
    const outcome = (entry: string) =>
      at('validate: { kind: number, expression: result.value > vars.least }\nattempts: 1', scene).reply(entry).outcome;
    assert.deepEqual([outcome('11'), outcome('10')], ['ok', 'invalid']);
  });

  test('that fails has words of its own, or those of no match, and counts as one', () => {
    const rule = "validate: { pattern: '4.*' }\nno_match_prompt: What?\n";
    assert.deepEqual(at(rule).press('5#').heard, ['What?', 'Your account?']);
    const said = '${{ result.value }} is no account.';
    assert.deepEqual(at(`${rule}invalid_prompt: "${said}"`).press('5#').heard, ['5 is no account.', 'Your account?']);
    assert.equal(at(`${rule}max_no_match: 1`).press('5#').outcome, 'invalid');
    assert.equal(gather.fallbacks?.get('invalid'), 'no_match');
  });
});

describe('asking back', () => {
  const BACK = 'confirm: { prompt: ["You typed", { digits: "${{ result.value }}" }] }';

  test('takes the value with yes', () => {
    const caller = at(BACK).press('4711#');
    assert.deepEqual(caller.heard, ['You typed', '<4711>']);
    assert.equal(entry(caller.press('1')), '4711');
    assert.equal(entry(at(BACK).press('4711#').say('yes that is correct')), '4711');
    assert.equal(entry(at(BACK, TEXT).reply('4711').reply('y')), '4711');
    assert.deepEqual(at(BACK, TEXT).reply('4711').choices[0], { key: '1', label: 'Yes' });
  });

  test('asks anew with no, which counts as a failure', () => {
    const caller = at(`${BACK}\nattempts: 2`).press('4712#').press('2');
    assert.deepEqual(caller.heard, ['Your account?']);
    assert.equal(entry(at(BACK).press('4712#').press('2').press('4711#').press('1')), '4711');
    assert.equal(caller.press('4713#').say('no, that is not right').outcome, 'no_match');
  });

  test('asks anew when it is not answered', () => {
    const caller = at(`${BACK}\nattempts: 2`).press('4711#').silence();
    assert.deepEqual(caller.heard, ['You typed', '<4711>']);
    assert.deepEqual(caller.silence().heard, ['Your account?']);
    assert.equal(caller.press('4711#').press('99').outcome, 'no_match');
  });

  test('may have other keys, words and attempts', () => {
    const own = 'confirm: { prompt: Right?, yes: { key: star, say: go ahead }, no: { key: hash }, attempts: 1 }';
    assert.equal(entry(at(own).press('47').silence().press('*')), '47');
    assert.equal(entry(at(own).press('47').silence().say('go ahead')), '47');
    assert.deepEqual(at(own).press('47').silence().press('1').heard, ['Your account?']);
  });

  test('begins to count anew each time', () => {
    const caller = at(`${BACK}\nattempts: 5`).press('1#').silence().press('2').press('1#').silence();
    assert.deepEqual(caller.heard, ['You typed', '<1>']);
  });
});

describe('a gather is refused', () => {
  const codes = (more: string): string[] => codesOf(gather, BASE + more);

  test('when nothing can be entered', () => {
    assert.deepEqual(codes('min: 5\nmax: 4'), ['3 value.range']);
    assert.deepEqual(codes('max: 4\nvalidate: { lengths: [5, 6] }'), ['4 value.range']);
    assert.deepEqual(codes("max: 4\nvalidate: { pattern: '[0-9]{5}' }"), ['4 pattern.never_matches']);
    assert.deepEqual(codes("validate: { pattern: '[A-Z]+' }"), ['3 pattern.never_matches']);
    assert.deepEqual(codes("validate: { kind: text, pattern: '[A-Z]+' }"), []);
    assert.deepEqual(codes('validate: { kind: number, range: { min: 5, max: 4 } }'), ['3 value.range']);
  });

  test('when a pattern is not one, or not safe', () => {
    assert.deepEqual(codes("validate: { pattern: '(4' }"), ['3 pattern.invalid']);
    assert.deepEqual(codes("validate: { pattern: '(4+)\\1' }"), ['3 pattern.invalid']);
  });

  test('when a check means nothing for what is asked', () => {
    assert.deepEqual(codes('validate: { kind: text, luhn: true }'), ['3 key.conflict']);
    assert.deepEqual(codes('validate: { kind: date, range: { min: 5 } }'), ['3 key.conflict']);
    assert.deepEqual(codes('validate: { format: YYYYMMDD }'), ['3 key.conflict']);
  });

  test('when one key means two things', () => {
    assert.deepEqual(codes('clear_key: hash'), ['3 key.conflict']);
    assert.deepEqual(codes('confirm: { prompt: Right?, yes: { key: 2 } }'), ['3 yaml.duplicate']);
  });

  test('when it would say what is sensitive', () => {
    const back = 'confirm: { prompt: "${{ result.value }}?" }';
    assert.deepEqual(codes(`sensitive: true\n${back}`), ['4 sensitive.exposed']);
    assert.deepEqual(codes('sensitive: true\ninvalid_prompt: "Not ${{ result.text }}"'), ['4 sensitive.exposed']);
    assert.deepEqual(codes('sensitive: true\nconfirm: { prompt: Are you sure? }'), []);
    assert.deepEqual(codes(back), []);
    assert.equal(gather.sensitive!(at('sensitive: true').given), true);
  });

  test('without a variable', () => {
    assert.deepEqual(codesOf(gather, 'prompt: Hi'), ['1 key.missing']);
    assert.deepEqual(codesOf(gather, 'prompt: Hi\ninto: 4x'), ['2 value.type']);
  });
});
