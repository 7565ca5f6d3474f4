import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { englishDigits, englishNumber } from './english-parser.ts';
import { mandarinDigits, mandarinNumber } from './mandarin-parser.ts';
import { sayAs, words } from './planned.ts';

const NUMBER_MAX = 10 ** 12;
const RUNS = 3_000;

/** Any number, and as often one with many zeros in it, where the gaps are. */
const number = fc.oneof(
  fc.integer({ min: 0, max: NUMBER_MAX }),
  fc
    .array(fc.constantFrom(0, 0, 0, 0, 1, 2, 7), { minLength: 1, maxLength: 12 })
    .map((figures) => Number(figures.join(''))),
  fc.constantFrom(0, NUMBER_MAX),
);

test('every number up to a million of millions is heard as itself in English, American and British', () => {
  fc.assert(
    fc.property(number, fc.constantFrom('en', 'en-US', 'en-GB'), (value, language) => {
      const said = sayAs('cardinal', String(value), language);
      assert.equal(englishNumber(said), value, said);
      assert.match(said, /^[a-z]+( [a-z]+)*$/);
    }),
    { numRuns: RUNS },
  );
});

test('every number up to a million of millions is heard as itself in Mandarin, with one zero for a gap', () => {
  fc.assert(
    fc.property(number, fc.constantFrom('zh', 'zh-CN', 'zh-Hans-CN', 'zh-TW', 'cmn'), (value, language) => {
      const said = sayAs('number', String(value), language);
      assert.equal(mandarinNumber(said), value, said);
      assert.doesNotMatch(said, /零零|零[十百千万亿]|.零$|^一十|.两|^两[百十]?$|^二[千万亿]/, said);
    }),
    { numRuns: RUNS },
  );
});

test('numbers in a running text are the same with separators and without', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999 }), (value) => {
      const written = new Intl.NumberFormat('en').format(value);
      assert.equal(words(`It is ${written} now.`, 'en'), `It is ${sayAs('cardinal', String(value), 'en')} now.`);
      assert.equal(words(`It is ${value} now.`, 'en'), words(`It is ${written} now.`, 'en'));
      assert.equal(words(`共 ${written}`, 'zh'), words(`共 ${value}`, 'zh'));
    }),
    { numRuns: RUNS },
  );
});

test('telephone numbers give every figure in its order, however they are grouped', () => {
  const written = fc
    .tuple(
      fc.boolean(),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom('', '', ' ', '-')), {
        minLength: 3,
        maxLength: 15,
      }),
    )
    .map(([plus, figures]) => (plus ? '+' : '') + figures.map(([figure, sign]) => `${figure}${sign}`).join(''));
  fc.assert(
    fc.property(written, (text) => {
      const figures = text.replace(/[ -]/g, '');
      assert.equal(englishDigits(sayAs('telephone', text, 'en')), figures);
      assert.equal(mandarinDigits(sayAs('telephone', text, 'zh-CN')), figures);
      assert.equal(sayAs('telephone', text, 'fr').replaceAll(' ', ''), figures);
    }),
    { numRuns: RUNS },
  );
});

test('amounts of yuan are heard to the fen', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 9 }), (fen) => {
      const said = words(`¥${(fen / 100).toFixed(2)}`, 'zh-CN');
      const part = (unit: string) => new RegExp(`([零一二两三四五六七八九十百千万亿]+)${unit}`).exec(said)?.[1];
      const value = (unit: string) => mandarinNumber(part(unit)?.replace(/^零(?=.)/, '') ?? '零');
      assert.equal(value('元') * 100 + value('角') * 10 + value('分'), fen, said);
    }),
    { numRuns: RUNS },
  );
});

test('amounts of dollars are heard to the cent', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 9 }), (cents) => {
      const said = words(`$${(cents / 100).toFixed(2)}`, 'en');
      const found = /^(?:(.+?) dollars?)?(?: and )?(?:(.+) cents?)?$/.exec(said);
      assert.ok(found, said);
      assert.equal(englishNumber(found[1] ?? 'zero') * 100 + englishNumber(found[2] ?? 'zero'), cents, said);
    }),
    { numRuns: RUNS },
  );
});

test('every day from 1970 to 2069 is heard as itself, in figures and with its month in letters', () => {
  const days = fc.integer({ min: 0, max: 36_524 }).map((day) => new Date(day * 86_400_000));
  fc.assert(
    fc.property(days, (day) => {
      const iso = day.toISOString().slice(0, 10);
      const [, year, month, date] = /^(.+)年(.+)月(.+)日$/.exec(words(iso, 'zh'))!;
      assert.equal(mandarinDigits(year!), iso.slice(0, 4));
      assert.equal(mandarinNumber(month!), day.getUTCMonth() + 1);
      assert.equal(mandarinNumber(date!), day.getUTCDate());
      const long = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(day);
      assert.equal(words(long, 'en'), words(iso, 'en'));
      assert.equal(
        words(new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeZone: 'UTC' }).format(day), 'zh'),
        words(iso, 'zh'),
      );
    }),
    { numRuns: RUNS },
  );
});
