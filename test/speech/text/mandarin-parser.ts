/** Numbers in Chinese words, read from the largest unit down: an oracle that knows nothing of how they are made. */
const FIGURES = '零一二三四五六七八九';
const UNITS: readonly (readonly [string, number])[] = [
  ['亿', 1e8],
  ['万', 1e4],
  ['千', 1e3],
  ['百', 100],
  ['十', 10],
];

export function mandarinNumber(text: string): number {
  for (const [unit, value] of UNITS) {
    const at = text.lastIndexOf(unit);
    if (at < 0) continue;
    const before = text.slice(0, at);
    // Only ten may be said without a one before it.
    if (before === '' && unit !== '十') throw new Error(`nothing before ${unit}: ${text}`);
    return (before === '' ? 1 : mandarinNumber(before)) * value + rest(text.slice(at + 1));
  }
  return figure(text.startsWith('零') && text.length > 1 ? text.slice(1) : text);
}

function rest(text: string): number {
  return text === '' ? 0 : mandarinNumber(text.replace(/^零(?=.)/, ''));
}

function figure(text: string): number {
  const value = text === '两' ? 2 : FIGURES.indexOf(text);
  if (value < 0 || text.length !== 1) throw new Error(`no figure: ${text}`);
  return value;
}

/** Figures that are said one by one. */
export function mandarinDigits(text: string): string {
  return [...text.replaceAll('，', '')]
    .map((sign) => (sign === '加' ? '+' : sign === '幺' ? '1' : String(FIGURES.indexOf(sign))))
    .join('');
}
