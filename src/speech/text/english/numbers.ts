import type { WrittenNumber } from '../written/number.ts';

const SMALL = [
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen',
  'seventeen eighteen nineteen',
]
  .join(' ')
  .split(' ');
const TENS = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SCALES = ['', 'thousand', 'million', 'billion', 'trillion', 'quadrillion', 'quintillion'];
const ORDINALS: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/**
 * A whole number in words: "one thousand two hundred thirty four", with `and` as the British say it: "one thousand two
 * hundred and thirty four". At most 21 figures.
 */
export function cardinal(digits: string, and: boolean): string {
  const groups = digits.replace(/^0+(?=\d)/, '').match(/\d{1,3}(?=(?:\d{3})*$)/g) ?? [];
  const words: string[] = [];
  groups.forEach((group, at) => {
    const scale = groups.length - 1 - at;
    const value = Number(group);
    if (value === 0) return;
    if (and && scale === 0 && value < 100 && words.length > 0) words.push('and');
    words.push(upTo999(value, and), SCALES[scale]!);
  });
  return words.filter((word) => word !== '').join(' ') || SMALL[0]!;
}

function upTo999(value: number, and: boolean): string {
  const hundreds = Math.floor(value / 100);
  const rest = value % 100;
  const words = hundreds === 0 ? [] : [SMALL[hundreds]!, 'hundred'];
  if (hundreds > 0 && rest > 0 && and) words.push('and');
  if (rest > 0) words.push(upTo99(rest));
  return words.join(' ');
}

export function upTo99(value: number): string {
  if (value < 20) return SMALL[value]!;
  const ones = value % 10;
  const tens = TENS[Math.floor(value / 10)]!;
  return ones === 0 ? tens : `${tens} ${SMALL[ones]}`;
}

export function ordinal(digits: string, and: boolean): string {
  const words = cardinal(digits, and).split(' ');
  const last = words.pop()!;
  const end = Object.hasOwn(ORDINALS, last) ? ORDINALS[last]! : `${last.replace(/y$/, 'ie').replace(/t$/, '')}th`;
  return [...words, end].join(' ');
}

/** Figures one by one; all other signs are passed over, but for star and hash. */
export function digitByDigit(text: string): string {
  const names: Readonly<Record<string, string>> = { '*': 'star', '#': 'hash' };
  return [...text.replace(/[^\d*#]/g, '')].map((sign) => names[sign] ?? SMALL[Number(sign)]).join(' ');
}

/** "minus twelve point five zero". */
export function numberInWords({ negative, whole, fraction }: WrittenNumber, and: boolean): string {
  const point = fraction === '' ? '' : ` point ${digitByDigit(fraction)}`;
  return `${negative ? 'minus ' : ''}${cardinal(whole, and)}${point}`;
}
