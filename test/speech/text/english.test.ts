import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayAs, words } from './planned.ts';

/** What is written, and what is heard. */
const HEARD: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  money: [
    ['Your balance is $45.50.', 'Your balance is forty five dollars and fifty cents.'],
    ['€1,200', 'one thousand two hundred euros'],
    ['1.200,50 €', 'one thousand two hundred euros and fifty cents'],
    ['45,50 €', 'forty five euros and fifty cents'],
    ['USD 1,000.05', 'one thousand dollars and five cents'],
    ['£3.01', 'three pounds and one penny'],
    ['$1', 'one dollar'],
    ['$0.99', 'ninety nine cents'],
    ['-$5', 'minus five dollars'],
    ['¥500', 'five hundred yen'],
    ['KWD 1.234', 'one Kuwaiti dinar and two hundred thirty four fils'],
    ['$1.5 million', 'one point five million dollars'],
    ['$1.999', 'one point nine nine nine dollars'],
  ],
  dates: [
    ['2026-11-21', 'November twenty first, twenty twenty six'],
    ['On 12/03/2024.', 'On December third, twenty twenty four.'],
    ['on 21/11/2026', 'on November twenty first, twenty twenty six'],
    ['12.03.2024', 'March twelfth, twenty twenty four'],
    ['Dec 24, 1905', 'December twenty fourth, nineteen oh five'],
    ['the 3rd of May', 'the third of May'],
    ['2026-11-21T08:30:00Z', 'November twenty first, twenty twenty six at eight thirty'],
    ['in 1999, since 2008', 'in nineteen ninety nine, since two thousand eight'],
    ['30/02/2024', 'thirty / zero two / two thousand twenty four'],
  ],
  times: [
    ['at 14:30', 'at two thirty P M'],
    ['at 8:05', 'at eight oh five'],
    ['8:00 AM', 'eight A M'],
    ['5 p.m. today', 'five P M today'],
    ['12:00, 00:00, 0:15', 'noon, midnight, twelve fifteen A M'],
    ['9:00-12:00', "nine o'clock to noon"],
    ['12:61', 'twelve: sixty one'],
  ],
  telephone: [
    ['+49 30 1234567', 'plus four nine, three zero, one two three, four five six seven'],
    ['(030) 1234567', 'zero three zero, one two three, four five six seven'],
    ['call 1-800-555-0199', 'call one, eight zero zero, five five five, zero one nine nine'],
  ],
  numbers: [
    ['Press 1, or 22.', 'Press one, or twenty two.'],
    ['1,234,567.89', 'one million two hundred thirty four thousand five hundred sixty seven point eight nine'],
    ['12.5 %', 'twelve point five percent'],
    ['the 21st and the 112th', 'the twenty first and the one hundred twelfth'],
    ['account 10002335', 'account one zero zero zero two three three five'],
    ['room 007', 'room zero zero seven'],
    ['minus: -5', 'minus: minus five'],
    ['COVID-19, 4G', 'COVID nineteen, four G'],
    ['10–20 people', 'ten to twenty people'],
    ['192.168.0.1', 'one hundred ninety two point one hundred sixty eight point zero point one'],
    ['1,2,3', 'one, two, three'],
  ],
};

for (const [what, examples] of Object.entries(HEARD)) {
  test(`${what} of a running text are words in English`, () => {
    for (const [written, heard] of examples) assert.equal(words(written, 'en'), heard);
  });
}

test('the British put the day first, in figures and in words, and say "and"', () => {
  assert.equal(words('12/03/2024', 'en-GB'), 'the twelfth of March, twenty twenty four');
  assert.equal(words('101 of 1001', 'en-GB'), 'one hundred and one of one thousand and one');
  assert.equal(
    words('1,234 of 1,200', 'en-GB'),
    'one thousand two hundred and thirty four of one thousand two hundred',
  );
});

test('a format says which part of a date is which', () => {
  const dates: readonly (readonly [string, string, string])[] = [
    ['12/03/2024', 'dmy', 'March twelfth, twenty twenty four'],
    ['12/03/2024', 'mdy', 'December third, twenty twenty four'],
    ['20240312', 'yyyymmdd', 'March twelfth, twenty twenty four'],
    ['12-03', 'dm', 'March twelfth'],
    ['3/2024', 'my', 'March twenty twenty four'],
    ['120399', 'ddmmyy', 'March twelfth, nineteen ninety nine'],
  ];
  for (const [text, format, heard] of dates) assert.equal(sayAs('date', text, 'en', format), heard);
  // What is no date in this order is read as the text that it is.
  assert.equal(sayAs('date', '2024-03-12', 'en', 'dmy'), words('2024-03-12', 'en'));
});

test('say-as reads as it is told', () => {
  assert.equal(sayAs('digits', '4711#', 'en'), 'four seven one one hash');
  assert.equal(sayAs('characters', 'a-1b', 'en'), 'A dash one B');
  assert.equal(sayAs('spell-out', 'x@y.de', 'en'), 'X at Y dot D E');
  assert.equal(sayAs('ordinal', '23', 'en'), 'twenty third');
  assert.equal(sayAs('time', '2:30pm', 'en', 'hms12'), 'two thirty P M');
  assert.equal(sayAs('time', '14:30', 'en', 'hms24'), 'fourteen thirty');
  assert.equal(sayAs('currency', 'USD42.01', 'en'), 'forty two dollars and one cent');
  assert.equal(sayAs('cardinal', '-1,000', 'en'), 'minus one thousand');
});

test('what cannot be read as it is told is read as text, and so is a way that is not known', () => {
  assert.equal(sayAs('date', 'tomorrow at 5 pm', 'en'), 'tomorrow at five P M');
  assert.equal(sayAs('currency', '45.50', 'en'), 'forty five point five zero');
  assert.equal(sayAs('address', '12 Main St', 'en'), 'twelve Main St');
  assert.equal(sayAs('constructor', '12', 'en'), 'twelve');
});
