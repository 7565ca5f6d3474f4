import type { Reader } from '../reader.ts';
import { telephoneGroups } from '../written/telephone.ts';
import { moneyInWords } from './money.ts';
import { cardinal, digitByDigit, numberInWords } from './numbers.ts';
import { mandarinText } from './text.ts';
import { dateInWords, timeInWords } from './times.ts';

const SIGN_NAMES: Readonly<Record<string, string>> = {
  '.': '点',
  '-': '横杠',
  _: '下划线',
  '/': '斜杠',
  '\\': '反斜杠',
  '@': '艾特',
  '+': '加',
  '*': '星号',
  '#': '井号',
  '&': '和',
  ':': '冒号',
  '%': '百分号',
  '=': '等于',
};

/** Mandarin as it is read out, in simplified characters. `oneOnTelephone`: what 1 is called in a telephone number. */
export function mandarin({ oneOnTelephone }: { readonly oneOnTelephone: '幺' | '一' }): Reader {
  const reader: Reader = {
    dateOrder: 'dmy',
    yen: 'CNY',
    number: numberInWords,
    ordinal: (digits) => `第${cardinal(digits).replace(/^两/, '二')}`,
    digits: (text) => digitByDigit(text, '一'),
    characters: (text) =>
      [...text.toUpperCase()]
        .filter((sign) => sign.trim() !== '')
        .map((sign) => SIGN_NAMES[sign] ?? (/\d/.test(sign) ? digitByDigit(sign, '一') : sign))
        .join('，'),
    telephone: (text) => {
      const { plus, groups } = telephoneGroups(text);
      return `${plus ? '加' : ''}${groups.map((group) => digitByDigit(group, oneOnTelephone)).join('，')}`;
    },
    date: dateInWords,
    time: timeInWords,
    money: moneyInWords,
    text: (text) => mandarinText(text, reader),
  };
  return reader;
}
