import { CURRENCIES } from '../written/currencies.ts';
import { unitsOf, type WrittenMoney } from '../written/money.ts';
import { cardinal, numberInWords, upTo99 } from './numbers.ts';

/** "forty five dollars and fifty cents"; amounts finer than the smallest coin as a decimal number. */
export function moneyInWords(money: WrittenMoney, and: boolean): string {
  const { major, minor } = CURRENCIES[money.currency]!;
  const units = unitsOf(money);
  if (units === undefined) {
    const size = money.magnitude === undefined ? '' : ` ${money.magnitude}`;
    return `${numberInWords(money.number, and)}${size} ${major[1]}`;
  }
  const parts: string[] = [];
  if (units.whole !== '0' || units.minor === 0) {
    parts.push(`${cardinal(units.whole, and)} ${units.whole === '1' ? major[0] : major[1]}`);
  }
  if (units.minor > 0 && minor) {
    const count = units.minor < 100 ? upTo99(units.minor) : cardinal(String(units.minor), and);
    parts.push(`${count} ${units.minor === 1 ? minor[0] : minor[1]}`);
  }
  return `${money.number.negative ? 'minus ' : ''}${parts.join(' and ')}`;
}
