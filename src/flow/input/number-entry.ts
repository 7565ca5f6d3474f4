import { spokenDigits } from './spelled.ts';

/** Signs and words of money that may stand before or after an amount. */
const MONEY = /€|\$|£|\b(eur|euros?|usd|dollars?|gbp|pounds?|chf|franken|cents?)\b/gi;
/** Longest international number without its prefix, in digits (ITU-T E.164, 6.1). */
const PHONE_DIGITS = { min: 3, max: 15 };

/** Digits, without the signs that people write between them; undefined when anything else is there. */
export function digitsEntry(text: string, language: string): string | undefined {
  const bare = text.replace(/[\s./()-]/g, '');
  return /^[0-9]+$/.test(bare) ? bare : spokenDigits(text, language);
}

/** A number in figures as people of that language write it, or in spoken digits. On keys the star is the point. */
export function numberEntry(text: string, language: string): number | undefined {
  const bare = text.replace(/\s/g, '').replace('*', '.');
  const sign = /^-/.test(bare) ? -1 : 1;
  const figures = bare.replace(/^[+-]/, '');
  const grouping = language.toLowerCase().startsWith('en') ? ',' : '.';
  const apart = figures.split(grouping);
  const grouped =
    apart.length > 1 &&
    apart.slice(1).every((part, at, all) => (at < all.length - 1 ? /^\d{3}$/ : /^\d{3}([.,]\d+)?$/).test(part));
  const plain = (grouped ? apart.join('') : figures).replace(',', '.');
  if (/^(\d+(\.\d*)?|\.\d+)$/.test(plain)) return sign * Number(plain);
  const spoken = spokenDigits(text, language);
  return spoken === undefined ? undefined : Number(spoken);
}

/** An amount of money, with or without its sign or word; undefined for parts of a cent. */
export function currencyEntry(text: string, language: string): number | undefined {
  const amount = numberEntry(text.replace(MONEY, ' '), language);
  return amount !== undefined && amount >= 0 && Number.isInteger(Math.round(amount * 1e6) / 1e4) ? amount : undefined;
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
