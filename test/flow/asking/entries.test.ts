import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { patternOf } from '../../../src/expression/patterns/pattern.ts';
import { ENTRY_KINDS, entryValue } from '../../../src/flow/input/entry.ts';
import { canMatch } from '../../../src/flow/input/pattern-lengths.ts';
import { meant, spokenWords } from '../../../src/flow/input/phrases.ts';
import { spokenDigits } from '../../../src/flow/input/spelled.ts';
import { authenticate } from '../../../src/flow/steps/asking/authenticate.ts';
import { confirm } from '../../../src/flow/steps/asking/confirm.ts';
import { directory } from '../../../src/flow/steps/asking/directory.ts';
import { gather } from '../../../src/flow/steps/asking/gather.ts';
import { language } from '../../../src/flow/steps/asking/language.ts';
import { menu } from '../../../src/flow/steps/asking/menu.ts';
import { survey } from '../../../src/flow/steps/asking/survey.ts';
import { Stage } from './step-context.ts';

const LIMITS = { min: 1, max: 64 };
const wording = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9.,:+* -]{0,20}$/));

describe('whatever is entered', () => {
  test('is a value in its usual form, or none', () => {
    const kind = fc.constantFrom(...ENTRY_KINDS);
    const how = fc.constantFrom('keys', 'speech', 'reply' as const);
    const about = { language: fc.constantFrom('en', 'de', 'fr-CA'), format: fc.constantFrom('DDMMYYYY', 'YYYYMMDD') };
    fc.assert(
      fc.property(kind, wording, how, fc.record(about), (asked, text, by, { language: tag, format }) => {
        const entered = { text, how: by as 'keys', confidence: 1 };
        const value = entryValue(asked, entered, LIMITS, { language: tag, format: format as 'DDMMYYYY' });
        if (value === undefined) return;
        const form = {
          digits: by === 'keys' ? /^/ : /^\d{1,64}$/,
          number: /^-?[\d.e-]+$/,
          currency: /^[\d.e-]+$/,
          date: /^\d{4}-\d\d-\d\d$/,
          time: /^([01]\d|2[0-3]):[0-5]\d$/,
          phone: /^\+?\d{3,17}$/,
          yes_no: /^(true|false)$/,
          text: /\S/,
        }[asked];
        assert.match(String(value), form);
        if (asked === 'date') assert.equal(new Date(`${value}T00:00:00Z`).toISOString().slice(0, 10), value);
      }),
      { numRuns: 500 },
    );
  });

  test('is the date that there is, in every form', () => {
    const day = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10);
        const [year, month, at] = iso.split('-') as [string, string, string];
        const read = (text: string, format: 'DDMMYYYY' | 'MMDDYYYY' | 'YYYYMMDD') =>
          entryValue('date', { text, how: 'reply', confidence: 1 }, LIMITS, { language: 'en', format });
        assert.equal(read(at + month + year, 'DDMMYYYY'), iso);
        assert.equal(read(`${month}/${at}/${year}`, 'MMDDYYYY'), iso);
        assert.equal(read(year + month + at, 'YYYYMMDD'), iso);
        assert.equal(read(iso, 'DDMMYYYY'), iso);
      }),
    );
  });

  test('is the number that was written, in every way to write it', () => {
    const read = (text: string, tag: string) =>
      entryValue('number', { text, how: 'reply', confidence: 1 }, LIMITS, { language: tag, format: 'DDMMYYYY' });
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999, max: 99_999_999 }), fc.integer({ min: 0, max: 9 }), (whole, tenth) => {
        const number = whole + (whole < 0 ? -tenth : tenth) / 10;
        for (const tag of ['en', 'de']) {
          assert.equal(read(new Intl.NumberFormat(tag).format(number), tag), number);
          assert.equal(read(new Intl.NumberFormat(tag, { useGrouping: false }).format(number), tag), number);
        }
      }),
    );
    assert.equal(read('9007199254740993', 'en'), undefined);
    assert.equal(read('-0', 'en'), 0);
    const keyed = { text: '12*500', how: 'keys', confidence: 1 } as const;
    assert.equal(entryValue('number', keyed, LIMITS, { language: 'de', format: 'DDMMYYYY' }), 12.5);
  });
});

test('digits that are spoken one by one are those digits', () => {
  const words = {
    en: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
    de: ['null', 'eins', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun'],
  };
  fc.assert(
    fc.property(fc.constantFrom('en', 'de'), fc.stringMatching(/^[0-9]{1,20}$/), (tag, digits) => {
      const said = [...digits].map((digit) => words[tag as 'en'][Number(digit)]).join(' ');
      assert.equal(spokenDigits(said, tag), digits);
    }),
  );
  for (const said of ['', 'please', 'one double', 'double', 'double double one', 'double 47', 'one of two']) {
    assert.equal(spokenDigits(said, 'en'), undefined, said);
  }
});

test('a phrase is found among other words, and only as whole words', () => {
  const word = fc.stringMatching(/^[a-z]{1,6}$/);
  fc.assert(
    fc.property(
      fc.array(word),
      fc.array(word, { minLength: 1, maxLength: 3 }),
      fc.array(word),
      (before, phrase, after) => {
        const utterance = [...before, ...phrase, ...after].join(' ');
        const choices = [{ of: 'it', phrases: [phrase.join(' ')] }];
        assert.equal(meant(`${utterance.toUpperCase()}!`, choices), 'it');
        assert.equal(meant(utterance, [{ of: 'it', phrases: [`${phrase.join(' ')}qqq`] }]), undefined);
      },
    ),
  );
  assert.equal(spokenWords('  Don’t STOP,  now…'), 'dont stop now');
});

describe('a pattern', () => {
  const piece = fc.constantFrom('4', '[0-4]', '\\d', '[a-z]', '(12|345)', '(\\d{2})', '.', '(a|7)');
  const times = fc.constantFrom('', '?', '*', '+', '{2}', '{1,3}', '{2,}');
  const pattern = fc
    .array(fc.tuple(piece, times), { minLength: 1, maxLength: 5 })
    .map((parts) => parts.map(([one, often]) => one + often).join(''));

  test('that matches digits is never said to match none of that length', () => {
    fc.assert(
      fc.property(pattern, fc.stringMatching(/^[0-9]{1,8}$/), (written, digits) => {
        const made = patternOf(`^(?:${written})$`);
        assert.ok(made.ok);
        if (!made.pattern.matches(digits)) return;
        assert.equal(canMatch(written, '0123456789', digits.length, digits.length), true);
      }),
      { numRuns: 500 },
    );
  });

  test('that needs other lengths or signs is found out', () => {
    for (const [written, min, max, can] of [
      ['[0-9]{5}', 1, 4, false],
      ['[0-9]{5}', 1, 5, true],
      ['[0-9]{6,}', 1, 5, false],
      ['(12){2,3}', 5, 5, false],
      ['(12){2,3}', 4, 4, true],
      ['(12){2,3}', 7, 64, false],
      ['x|12', 1, 1, false],
      ['1?2?', 3, 64, false],
      ['^12$', 2, 2, true],
      ['(a*)*7', 1, 1, true],
      ['((1{9}){9}){9}', 1, 64, false],
      ['(1', 1, 1, true],
    ] as const) {
      assert.equal(canMatch(written, '0123456789', min, max), can, `${written} ${min} ${max}`);
    }
  });
});

describe('whatever a customer does', () => {
  const asks = {
    menu: [
      menu,
      'prompt: Hi\noptions: { "1": a, "2": { next: b, say: help } }\ndirect_dial: { length: 4 }\nrepeat_key: "*"',
    ],
    gather: [
      gather,
      'prompt: Hi\ninto: x\nmax: 4\nconfirm: { prompt: "${{ result.value }}?" }\nvalidate: { luhn: true }',
    ],
    confirm: [confirm, 'prompt: Hi\nfinal_prompt: Bye'],
    authenticate: [authenticate, 'prompt: Hi\nverify: result.value == "4711"\nmax: 4\nlock: x'],
    language: [language, 'prompt: Hi\noptions: { "1": en, "2": de }'],
    directory: [directory, 'prompt: Hi\nfinal_prompt: Bye'],
    survey: [
      survey,
      'survey: s\nquestions: [{ name: a, prompt: A? }, { name: b, prompt: B?, kind: text, required: false }]',
    ],
  } as const;
  const action = fc.oneof(
    fc.record({ do: fc.constant('press' as const), text: fc.constantFrom(...'0123456789*#') }),
    fc.record({
      do: fc.constant('say' as const),
      text: fc.oneof(wording, fc.constantFrom('yes', 'help', 'anna', 'one')),
    }),
    fc.record({ do: fc.constant('reply' as const), text: fc.oneof(wording, fc.constantFrom('1', '0', 'no', 'ann')) }),
    fc.record({ do: fc.constant('silence' as const), text: fc.constant('') }),
  );
  const SILENCES_MAX = 40;

  for (const [name, [kind, yaml]] of Object.entries(asks)) {
    test(`a ${name} waits for something, and ends when nothing comes any more`, () => {
      const agents = { anna: ['Anna Meier', '1001'], anke: ['Anke Ott', '1002'] } as const;
      fc.assert(
        fc.property(
          fc.constantFrom('voice', 'chat' as const),
          fc.array(action, { maxLength: 30 }),
          (channel, actions) => {
            const stage = new Stage(kind, yaml, { channel: channel as 'voice', agents });
            for (const one of actions) {
              if (stage.left) break;
              if (one.do === 'silence') stage.silence();
              else stage[one.do](one.text);
            }
            for (let silences = 0; !stage.left; silences++) {
              assert.ok(silences < SILENCES_MAX, 'it never ends');
              stage.silence();
            }
            assert.ok(kind.outcomes(stage.given).includes(stage.left.outcome!), stage.left.outcome);
          },
        ),
      );
    });
  }
});

test('a step that asks means nothing when nobody is there, and answers the call', () => {
  for (const kind of [menu, gather, confirm, authenticate, language, directory, survey]) {
    assert.deepEqual([kind.needsCustomer, kind.answers], [true, true], kind.type);
  }
});
