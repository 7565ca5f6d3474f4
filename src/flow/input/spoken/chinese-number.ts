/** How digits are said in Mandarin; 幺 is the one of telephone numbers, 两 the two before a measure. */
const DIGITS: ReadonlyMap<string, number> = new Map(
  ['零〇', '一幺壹', '二两贰兩', '三叁', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖'].flatMap((signs, digit) =>
    [...signs].map((sign) => [sign, digit] as const),
  ),
);
const UNITS: ReadonlyMap<string, number> = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1_000],
]);
const SCALES: ReadonlyMap<string, number> = new Map([
  ['万', 10_000],
  ['萬', 10_000],
  ['亿', 100_000_000],
]);

/** Digits said one by one, "二零二六" or "2026"; undefined for anything else. */
export function chineseDigits(text: string): string | undefined {
  let digits = '';
  for (const sign of text) {
    const digit = /[0-9]/.test(sign) ? sign : DIGITS.get(sign);
    if (digit === undefined) return undefined;
    digits += digit;
  }
  return digits === '' ? undefined : digits;
}

/** A number in Mandarin or in figures, "负一万二千点五", "二百五"; undefined for anything else. Digits one by one are one, too. */
export function chineseNumber(text: string): number | undefined {
  const [, minus, whole, broken] = /^(负|負|-)?([^点點.]+)(?:[点點.](.+))?$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const value = chineseWhole(whole);
  const decimals = broken === undefined ? '' : chineseDigits(broken);
  if (value === undefined || decimals === undefined) return undefined;
  const number = Number(`${value}${decimals === '' ? '' : `.${decimals}`}`);
  return minus === undefined ? number : 0 - number;
}

function chineseWhole(text: string): number | undefined {
  const digits = chineseDigits(text);
  if (digits !== undefined) return digits.length > 15 ? undefined : Number(digits);
  let [total, section, digit] = [0, 0, -1];
  let lastUnit = 0;
  for (const sign of text) {
    const value = DIGITS.get(sign);
    const unit = UNITS.get(sign);
    const scale = SCALES.get(sign);
    if (value === 0) lastUnit = 0;
    else if (value !== undefined) {
      if (digit >= 0) return undefined;
      digit = value;
    } else if (unit !== undefined) {
      if (digit < 0 && unit !== 10) return undefined;
      section += (digit < 0 ? 1 : digit) * unit;
      [digit, lastUnit] = [-1, unit];
    } else if (scale !== undefined) {
      const whole = section + Math.max(0, digit);
      if (whole === 0) return undefined;
      total += whole * scale;
      [section, digit, lastUnit] = [0, -1, scale];
    } else return undefined;
  }
  // The last unit is left out: 二百五 is 250, 三万二 is 32,000; but not after a zero, and not after a ten.
  const last = digit < 0 ? 0 : digit * (lastUnit >= 100 ? lastUnit / 10 : 1);
  return total + section + last;
}
