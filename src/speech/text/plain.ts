import type { Reader } from './reader.ts';
import { numberText } from './written/number.ts';

/** A language whose words this room does not know: figures stay, one by one where that is asked for. */
export const plain: Reader = {
  dateOrder: 'dmy',
  yen: 'JPY',
  number: numberText,
  ordinal: (digits) => digits,
  digits: (text) => apart(text.replace(/[^\p{Nd}*#]/gu, '')),
  characters: apart,
  telephone: (text) => apart(text.replace(/[^\p{Nd}+*#]/gu, '')),
  date: ({ year, month, day }) => [day, month, year].filter((one) => one !== undefined).join('.'),
  time: ({ hour, minute, second }) =>
    [hour, minute, second]
      .filter((one) => one !== undefined)
      .map((one) => String(one).padStart(2, '0'))
      .join(':'),
  money: ({ number, currency }) => `${numberText(number)} ${currency}`,
  text: (text) => text,
};

function apart(text: string): string {
  return [...text].filter((sign) => sign.trim() !== '').join(' ');
}
