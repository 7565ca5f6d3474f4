import type { WrittenDate } from './written/date.ts';
import type { WrittenMoney } from './written/money.ts';
import type { WrittenNumber } from './written/number.ts';
import type { WrittenTime } from './written/time.ts';

/** How a language reads what is written in figures. All give words without a digit. */
export type Reader = {
  /** The order of day and month where a date does not tell it by itself. */
  readonly dateOrder: 'mdy' | 'dmy';
  /** Whose money the sign ¥ is. */
  readonly yen: 'CNY' | 'JPY';
  number(number: WrittenNumber): string;
  /** `digits` without sign and separators. */
  ordinal(digits: string): string;
  /** One by one; other signs are passed over, but for star and hash. */
  digits(text: string): string;
  /** Letter by letter, with the names of signs. */
  characters(text: string): string;
  telephone(text: string): string;
  date(date: WrittenDate): string;
  time(time: WrittenTime, hours: 12 | 24 | undefined): string;
  money(money: WrittenMoney): string;
  /** A running text: whatever is found in it that is not words. */
  text(text: string): string;
};
