import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dateEntry, timeEntry } from '../../src/flow/input/date-entry.ts';
import { currencyEntry, digitsEntry, numberEntry } from '../../src/flow/input/number-entry.ts';
import { dateGrammar } from '../../src/recognition/grammar/date-grammar.ts';
import { digitsGrammar } from '../../src/recognition/grammar/digits-grammar.ts';
import { keepGrammars } from '../../src/recognition/grammar/expected-grammar.ts';
import type { Grammar } from '../../src/recognition/grammar/grammar.ts';
import { currencyGrammar, numberGrammar } from '../../src/recognition/grammar/number-grammar.ts';
import { numberInWords } from '../../src/recognition/grammar/number-in-words.ts';
import { phrasesGrammar } from '../../src/recognition/grammar/phrases-grammar.ts';
import { timeGrammar } from '../../src/recognition/grammar/time-grammar.ts';

const read = (grammar: Grammar, said: string): string | undefined => grammar.read(said.split(' '));

test('a phrase is given back as it was written, whatever signs it has', () => {
  const grammar = phrasesGrammar(['Opening hours & map', 'Press 2', "Don't know", 'Café', '***', '销售'])!;
  assert.equal(read(grammar, 'opening hours and map'), 'Opening hours & map');
  assert.equal(read(grammar, 'press two'), 'Press 2');
  assert.equal(read(grammar, "don't know"), "Don't know");
  assert.equal(read(grammar, 'cafe'), 'Café');
  assert.equal(read(grammar, 'nothing of it'), undefined);
});

test('no sign of a phrase reaches the grammar as a sign of the grammar', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { maxLength: 5 }), (phrases) => {
      const grammar = phrasesGrammar(phrases);
      if (!grammar) return;
      const rule = grammar.text.jsgf.split('<phrase> = ')[1]!;
      assert.match(rule, /^[a-z' |]+ ;$/);
      for (const { token } of grammar.text.words) assert.match(token, /^[a-z][a-z']*$/);
    }),
  );
});

test('phrases without a word, none at all, and too many are no grammar', () => {
  assert.equal(phrasesGrammar([]), undefined);
  assert.equal(phrasesGrammar(['销售', '***']), undefined);
  assert.equal(phrasesGrammar(Array.from({ length: 1_001 }, (_, at) => `choice ${at}`)), undefined);
});

test('digits are given back as figures, which the flow reads', () => {
  const grammar = digitsGrammar(4, 4)!;
  const said = 'telfour telseven telone teloh';
  assert.equal(read(grammar, said), '4710');
  assert.equal(digitsEntry('4710', 'en'), '4710');
  assert.equal(read(grammar, 'telfour banana'), undefined);
  assert.match(grammar.text.jsgf, /<digits> = <digit> <digit> <digit> <digit> ;/);
});

test('digits of an unknown length have at least so many and no more', () => {
  assert.match(digitsGrammar(1, 3)!.text.jsgf, /<digits> = <digit> \[ <digit> \[ <digit> \]\] ;/);
  assert.match(digitsGrammar(2, 100)!.text.jsgf, /<digits> = <digit> <digit> <digit>\* ;/);
  assert.equal(digitsGrammar(5, 4), undefined);
});

test('every whole number that is said in words is the number that the flow reads', () => {
  const grammar = numberGrammar();
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_999 }), (number) => {
      const text = read(grammar, numberInWords(number));
      assert.equal(numberEntry(text ?? '', 'en'), number);
    }),
  );
});

const NUMBERS: Readonly<Record<string, number>> = {
  'a hundred and five': 105,
  'three hundred twelve thousand and seven': 312_007,
  'two million thirty thousand five hundred': 2_030_500,
  'minus two point oh five': -2.05,
};
for (const [said, number] of Object.entries(NUMBERS)) {
  test(`"${said}" is ${number}`, () => {
    assert.equal(numberEntry(read(numberGrammar(), said) ?? '', 'en'), number);
  });
}

const AMOUNTS: Readonly<Record<string, number>> = {
  'forty five dollars and fifty cents': 45.5,
  'ninety nine cents': 0.99,
  'twenty euros': 20,
  'a hundred pounds and five': 100.05,
  twelve: 12,
};
for (const [said, amount] of Object.entries(AMOUNTS)) {
  test(`"${said}" is an amount of ${amount}`, () => {
    assert.equal(currencyEntry(read(currencyGrammar(), said) ?? '', 'en'), amount);
  });
}

const DATES: Readonly<Record<string, string>> = {
  'the third of may twenty twenty six': '2026-05-03',
  'december twenty fourth two thousand and nine': '2009-12-24',
  'may twenty first nineteen eighty': '1980-05-21',
  'may three nineteen eighty four': '1984-05-03',
  'the thirtieth of june nineteen oh five': '1905-06-30',
  'march the second two thousand': '2000-03-02',
  'may twenty nineteen eighty': '1980-05-20',
};
for (const [said, date] of Object.entries(DATES)) {
  test(`"${said}" is ${date}`, () => {
    assert.equal(dateEntry(read(dateGrammar(), said) ?? '', 'DDMMYYYY'), date);
  });
}

const TIMES: Readonly<Record<string, string>> = {
  'half past nine': '09:30',
  'nine thirty p m': '21:30',
  'quarter to one': '12:45',
  'a quarter to five in the afternoon': '16:45',
  'fourteen fifteen': '14:15',
  "eight o'clock": '08:00',
  'twenty one oh five': '21:05',
  'twelve a m': '00:00',
  noon: '12:00',
  midnight: '00:00',
};
for (const [said, time] of Object.entries(TIMES)) {
  test(`"${said}" is ${time}`, () => {
    assert.equal(timeEntry(read(timeGrammar(), said) ?? ''), time);
  });
}

test('a grammar is made once, and only so many are remembered', () => {
  const grammars = keepGrammars();
  const first = grammars.of({ kind: 'phrases', phrases: ['one'] });
  assert.equal(grammars.of({ kind: 'phrases', phrases: ['one'] }), first);
  for (let at = 0; at < 500; at++) grammars.of({ kind: 'digits', min: 1, max: at + 2 });
  assert.notEqual(grammars.of({ kind: 'phrases', phrases: ['one'] }), first);
  assert.equal(grammars.of({ kind: 'free' }), undefined);
});
