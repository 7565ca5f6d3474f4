import type { WrittenNumber } from '../written/number.ts';

export const FIGURES = '零一二三四五六七八九';
const UNITS = ['', '十', '百', '千'];

/** Two groups of 亿: longer rows of figures have no name in common use. */
const FIGURES_MAX = 16;

/**
 * A whole number in words, in groups of four figures: 12345678 is 一千二百三十四万五千六百七十八. A gap is one 零, however wide; 十 to 十九 begin
 * without 一; the 2 that begins a number is 两 before 千, 万 and 亿, and 二 elsewhere (二百, 一万二千).
 */
export function cardinal(digits: string): string {
  const plain = digits.replace(/^0+(?=\d)/, '');
  if (plain.length > FIGURES_MAX) return digitByDigit(plain, '一');
  const words = whole(plain);
  return (words || FIGURES[0]!).replace(/^一十/, '十').replace(/^二(?=[千万亿])/, '两');
}

/** Groups of eight are counted in 亿, in them groups of four in 万. Empty for zero. */
function whole(digits: string): string {
  const figures = digits.replace(/^0+/, '');
  if (figures.length <= 4) return upTo9999(figures);
  const unitLength = figures.length > 8 ? 8 : 4;
  const high = figures.slice(0, -unitLength);
  const low = figures.slice(-unitLength);
  const rest = whole(low);
  // 零 stands where the low group does not fill its places.
  const gap = rest !== '' && low.startsWith('0') ? '零' : '';
  return `${whole(high)}${unitLength === 8 ? '亿' : '万'}${gap}${rest}`;
}

function upTo9999(figures: string): string {
  let words = '';
  for (const [at, figure] of [...figures].entries()) {
    if (figure === '0') continue;
    const gap = words !== '' && figures[at - 1] === '0' ? '零' : '';
    words += `${gap}${FIGURES[Number(figure)]}${UNITS[figures.length - 1 - at]}`;
  }
  return words;
}

/** A number of things, before their measure word: 两个, but 十二个. */
export function counted(digits: string): string {
  return /^0*2$/.test(digits) ? '两' : cardinal(digits);
}

/** Figures one by one; other signs are passed over, but for star and hash. On the telephone 1 is 幺 on the mainland. */
export function digitByDigit(text: string, one: string): string {
  const names: Readonly<Record<string, string>> = { '*': '星号', '#': '井号', '1': one };
  return [...text.replace(/[^\d*#]/g, '')].map((sign) => names[sign] ?? FIGURES[Number(sign)]).join('');
}

/** 负十二点五零. */
export function numberInWords({ negative, whole: figures, fraction }: WrittenNumber): string {
  const point = fraction === '' ? '' : `点${digitByDigit(fraction, '一')}`;
  return `${negative ? '负' : ''}${cardinal(figures)}${point}`;
}
