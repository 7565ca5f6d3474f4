import { CURRENCIES, currencyOf, SIGNS } from './currencies.ts';
import { readNumber, type WrittenNumber } from './number.ts';

/** `magnitude`: the word after the number, such as `million`, as it stands. */
export type WrittenMoney = {
  readonly number: WrittenNumber;
  /** ISO 4217. */
  readonly currency: string;
  readonly magnitude?: string;
};

const escaped = (sign: string) => sign.replace(/[$]/g, '\\$&');
const SIGN = Object.keys(SIGNS).map(escaped).join('|');
const CODE = Object.keys(CURRENCIES).join('|');
const AMOUNT = String.raw`\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,4})?|\d{1,3}(?:\.\d{3}){1,4},\d{2}|\d{1,15}(?:[.,]\d{1,4})?`;
const MAGNITUDE = 'thousand|million|billion|trillion|万亿|千万|百万|万|亿';
const TAIL = String.raw`(?:\s?(?<magnitude>${MAGNITUDE})(?![a-z]))?`;

/** Money as it is written: `$45.50`, `EUR 1,200`, `1.200,50 €`, `$1.5 million`, `-¥500`. */
export const MONEY = new RegExp(
  String.raw`(?<![A-Za-z\d.,])(?<sign>[+-]?)(?:(?<before>(?:${SIGN}|(?:${CODE})))\s?(?<minus>-?)(?<amount>${AMOUNT})${TAIL}` +
    String.raw`|(?<figures>${AMOUNT})${TAIL.replace('<magnitude>', '<size>')}\s?(?<after>${SIGN}|(?:${CODE})(?![A-Za-z\d])))(?![\d])`,
  'gu',
);
const ALONE = new RegExp(`^(?:${MONEY.source})$`, 'u');

/** Reads an amount of money that stands alone. `yen`: what the sign ¥ means. Undefined for what has no currency. */
export function readMoney(text: string, yen: 'CNY' | 'JPY'): WrittenMoney | undefined {
  const found = ALONE.exec(text.trim().replaceAll('￥', '¥').replaceAll('＄', '$'));
  return found?.groups && moneyOf(found.groups, yen);
}

/** What a match of MONEY says. */
export function moneyOf(
  groups: Readonly<Record<string, string | undefined>>,
  yen: 'CNY' | 'JPY',
): WrittenMoney | undefined {
  const currency = currencyOf(groups['before'] ?? groups['after'] ?? '', yen);
  const minus = groups['sign'] === '-' || groups['minus'] === '-' ? '-' : '';
  const number = readNumber(minus + (groups['amount'] ?? groups['figures'] ?? ''));
  const magnitude = groups['magnitude'] ?? groups['size'];
  if (currency === undefined || number === undefined) return undefined;
  return { number, currency, ...(magnitude === undefined ? {} : { magnitude }) };
}

/** Whole units and the parts of one, as many figures as the currency has; undefined when there are more than that. */
export function unitsOf({ number, currency, magnitude }: WrittenMoney): { whole: string; minor: number } | undefined {
  const { minorDigits } = CURRENCIES[currency]!;
  const fraction = number.fraction.replace(/0+$/, '');
  if (magnitude !== undefined || fraction.length > minorDigits) return undefined;
  return { whole: number.whole, minor: Number(fraction.padEnd(minorDigits, '0') || 0) };
}
