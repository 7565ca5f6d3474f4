import { spokenDigits } from './spelled.ts';
import { spokenNumber } from './spoken/spoken-number.ts';

/** Signs and words of money that may stand before or after an amount. */
const MONEY = /€|\$|£|\b(eur|euros?|usd|dollars?|gbp|pounds?|chf|franken|cents?)\b/gi;
const LARGEST = Number.MAX_SAFE_INTEGER;
/** Longest international number without its prefix, in digits (ITU-T E.164, 6.1). */
export const PHONE_DIGITS = { min: 3, max: 15 };

/** Digits, without the signs that people write between them; undefined when anything else is there. */
export function digitsEntry(text: string, language: string): string | undefined {
  const bare = text.replace(/[\s./()-]/g, '');
  return /^[0-9]+$/.test(bare) ? bare : spokenDigits(text, language);
}

/** A number that was typed on a telephone: the star is the point. */
export function keyedNumber(keys: string): number | undefined {
  return numberOf(keys.replace('*', '.'));
}

/** A number in figures as people of that language write it, or in spoken digits. */
export function numberEntry(text: string, language: string): number | undefined {
  const [, sign = '', figures = ''] = /^([+-]?)(.*)$/s.exec(text.replace(/\s/g, ''))!;
  const [group, point] = language.toLowerCase().startsWith('en') ? [',', '.'] : ['.', ','];
  const [whole = '', ...parts] = figures.split(point);
  const groups = whole.split(group);
  const grouped = groups.every((one, at) => (at === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(one));
  const plain = grouped ? [groups.join(''), ...parts].join('.') : figures.replace(',', '.');
  const words = spokenNumber(text, language);
  if (numberOf(plain) === undefined && words !== undefined) return Math.abs(words) > LARGEST ? undefined : words;
  const number = numberOf(plain) ?? numberOf(spokenDigits(text, language) ?? '');
  return number !== undefined && sign === '-' ? 0 - number : number;
}

/** Undefined for numbers that are so large that digits would be lost. */
function numberOf(figures: string): number | undefined {
  if (!/^(\d+(\.\d*)?|\.\d+)$/.test(figures)) return undefined;
  const number = Number(figures);
  return number <= LARGEST ? number : undefined;
}

/** An amount of money, with or without its sign or word. */
export function currencyEntry(text: string, language: string): number | undefined {
  return amountOf(numberEntry(text.replace(MONEY, ' '), language));
}

/** An amount that may be paid: nothing below zero, and no parts of a cent. */
export function amountOf(number: number | undefined): number | undefined {
  const cents = Math.round((number ?? -1) * 1e6) / 1e4;
  return cents >= 0 && Number.isInteger(cents) ? number : undefined;
}

/** A telephone number: digits, with a plus when it was written or said. */
export function phoneEntry(text: string, language: string): string | undefined {
  const international = /^\s*(\+|plus\b)/i.test(text);
  const digits = digitsEntry(text.replace(/^\s*(\+|plus\b)/i, ''), language);
  if (digits === undefined) return undefined;
  const prefix = !international && digits.startsWith('00') ? 2 : 0;
  const length = digits.length - prefix;
  if (length < PHONE_DIGITS.min || length > PHONE_DIGITS.max) return undefined;
  return international ? `+${digits}` : digits;
}
