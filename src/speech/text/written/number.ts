/** A number as it is written: figures of the whole part without separators, and of the fraction, which may be empty. */
export type WrittenNumber = { readonly negative: boolean; readonly whole: string; readonly fraction: string };

/** Longer rows of figures are not read as numbers. */
export const NUMBER_DIGITS_MAX = 15;

const POINT = /^([+-]?)(\d{1,3}(?:[, \u00a0\u202f']\d{3}){1,6}|\d{1,21})(?:\.(\d{1,20}))?$/;
const COMMA = /^([+-]?)(\d{1,3}(?:[. \u00a0\u202f']\d{3}){1,6}|\d{1,21})(?:,(\d{1,20}))?$/;

/**
 * Reads `1,234.5`, `1 234,5`, `1.234,50`, `-12`. Where comma or point could be either (`1,200`), a comma before three
 * figures parts thousands, and a point is a decimal point. Undefined for what is no number, or too long for one.
 */
export function readNumber(text: string): WrittenNumber | undefined {
  const trimmed = text.trim().replace('\u2212', '-');
  const found = POINT.exec(trimmed) ?? COMMA.exec(trimmed);
  if (!found) return undefined;
  const whole = found[2]!.replace(/\D/g, '').replace(/^0+(?=\d)/, '');
  if (whole.length > NUMBER_DIGITS_MAX) return undefined;
  return { negative: found[1] === '-', whole, fraction: found[3] ?? '' };
}

export function numberText({ negative, whole, fraction }: WrittenNumber): string {
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
