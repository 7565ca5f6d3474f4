import type { Reader } from '../reader.ts';
import { telephoneGroups } from '../written/telephone.ts';
import { moneyInWords } from './money.ts';
import { digitByDigit, numberInWords, ordinal } from './numbers.ts';
import { englishText } from './text.ts';
import { dateInWords, timeInWords } from './times.ts';

/** `and`: "one hundred and one"; `monthFirst`: 12/03 is in December. */
export type EnglishWays = { readonly and: boolean; readonly monthFirst: boolean };

const SIGN_NAMES: Readonly<Record<string, string>> = {
  '.': 'dot',
  ',': 'comma',
  '-': 'dash',
  _: 'underscore',
  '/': 'slash',
  '\\': 'backslash',
  '@': 'at',
  '+': 'plus',
  '*': 'star',
  '#': 'hash',
  '&': 'and',
  ':': 'colon',
  ';': 'semicolon',
  '!': 'exclamation mark',
  '?': 'question mark',
  '%': 'percent',
  '=': 'equals',
  $: 'dollar sign',
  "'": 'apostrophe',
  '"': 'quote',
  '(': 'open bracket',
  ')': 'close bracket',
};

/** English as it is read out. */
export function english({ and, monthFirst }: EnglishWays): Reader {
  const reader: Reader = {
    dateOrder: monthFirst ? 'mdy' : 'dmy',
    yen: 'JPY',
    number: (number) => numberInWords(number, and),
    ordinal: (digits) => ordinal(digits, and),
    digits: digitByDigit,
    characters: (text) =>
      [...text.toUpperCase()]
        .filter((sign) => sign.trim() !== '')
        .map((sign) => SIGN_NAMES[sign] ?? (/\d/.test(sign) ? digitByDigit(sign) : sign))
        .join(' '),
    telephone: (text) => {
      const { plus, groups } = telephoneGroups(text);
      return `${plus ? 'plus ' : ''}${groups.map(digitByDigit).join(', ')}`;
    },
    date: (date) => dateInWords(date, !monthFirst),
    time: timeInWords,
    money: (money) => moneyInWords(money, and),
    text: (text) => englishText(text, reader, and),
  };
  return reader;
}
