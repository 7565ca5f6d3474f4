import { CURRENCIES } from '../written/currencies.ts';
import { unitsOf, type WrittenMoney } from '../written/money.ts';
import { counted, numberInWords } from './numbers.ts';

const ENGLISH_SIZES: Readonly<Record<string, string>> = {
  thousand: '千',
  million: '百万',
  billion: '十亿',
  trillion: '万亿',
};

/** 一千二百三十四元五角六分, 一元零五分, 五角; other currencies with their own small coin: 四十五美元五十美分. */
export function moneyInWords(money: WrittenMoney): string {
  const { major, minor } = CURRENCIES[money.currency]!;
  const units = unitsOf(money);
  if (units === undefined) {
    const size = money.magnitude ?? '';
    return `${numberInWords(money.number)}${ENGLISH_SIZES[size] ?? size}${major[2]}`;
  }
  const sign = money.number.negative ? '负' : '';
  const whole = units.whole === '0' && units.minor > 0 ? '' : `${counted(units.whole)}${major[2]}`;
  if (units.minor === 0) return `${sign}${whole}`;
  if (money.currency === 'CNY') return `${sign}${whole}${jiaoAndFen(units.minor, whole !== '')}`;
  return `${sign}${whole}${counted(String(units.minor))}${minor?.[2] ?? ''}`;
}

/** Tenths and hundredths of a yuan; 零 where yuan and fen stand without a jiao between them. */
function jiaoAndFen(fen: number, afterYuan: boolean): string {
  const tenths = Math.floor(fen / 10);
  const rest = fen % 10;
  const jiao = tenths === 0 ? '' : `${counted(String(tenths))}角`;
  const gap = tenths === 0 && afterYuan ? '零' : '';
  return `${jiao}${rest === 0 ? '' : `${gap}${gap === '' && jiao === '' ? counted(String(rest)) : figure(rest)}分`}`;
}

/** Behind another unit the 2 is 二: 五角二分. */
function figure(value: number): string {
  return value === 2 ? '二' : counted(String(value));
}
