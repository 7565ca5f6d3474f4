export const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const;
export const TEENS = [
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
] as const;
/** From twenty on. */
export const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'] as const;

/** A whole number from 0 to 9999 in English words. */
export function numberInWords(number: number): string {
  if (number < 10) return DIGITS[number]!;
  if (number < 20) return TEENS[number - 10]!;
  if (number < 100) return joined(TENS[Math.floor(number / 10) - 2]!, number % 10);
  if (number < 1_000) return joined(`${numberInWords(Math.floor(number / 100))} hundred`, number % 100);
  return joined(`${numberInWords(Math.floor(number / 1_000))} thousand`, number % 1_000);
}

function joined(head: string, rest: number): string {
  return rest === 0 ? head : `${head} ${numberInWords(rest)}`;
}
