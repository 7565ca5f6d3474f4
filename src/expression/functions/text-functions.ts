import { LIST_ENTRIES_MAX } from '../limits.ts';
import { patternOf } from '../patterns/pattern.ts';
import { bounded, checkLength, spend, stop, type Work } from '../run/work.ts';
import { type ExpressionFunction, NUMBER, TEXT } from './function.ts';

type Texts = readonly string[];

/** One step stands for so many looks at an instruction of a pattern. */
const LOOKS_PER_STEP = 64;
/** And for so many comparisons of characters. */
const COMPARISONS_PER_STEP = 1_024;

const ask = (name: string, description: string, test: (text: string, part: string) => boolean): ExpressionFunction => ({
  name,
  signature: `text.${name}(part) -> true/false`,
  description,
  takes: [TEXT, TEXT],
  gives: 'yes_no',
  run: ([text, part], work) => {
    spendOnSearch(work, text as string, part as string);
    return test(text as string, part as string);
  },
});

const change = (name: string, description: string, run: (text: string) => string): ExpressionFunction => ({
  name,
  signature: `${name}(text) -> text`,
  description,
  takes: [TEXT],
  gives: 'text',
  run: ([text]) => bounded(run(text as string)),
});

export const TEXT_FUNCTIONS: readonly ExpressionFunction[] = [
  ask('contains', 'Whether a part stands anywhere in the text.', (text, part) => text.includes(part)),
  ask('startsWith', 'Whether the text begins with a part.', (text, part) => text.startsWith(part)),
  ask('endsWith', 'Whether the text ends with a part.', (text, part) => text.endsWith(part)),
  {
    name: 'matches',
    signature: 'text.matches("pattern") -> true/false',
    description:
      'Whether a regular expression (RE2) fits anywhere in the text; with ^ and $ the whole text. The pattern is a text in quotes.',
    takes: [TEXT, TEXT],
    gives: 'yes_no',
    literal: { argument: 1, must: true, wrong: wrongPattern },
    run: ([text, pattern], work) => {
      const made = patternOf(pattern as string);
      if (!made.ok) return stop(made.message);
      spend(work, Math.ceil(((text as string).length * made.pattern.size) / LOOKS_PER_STEP));
      return made.pattern.matches(text as string);
    },
  },
  change('lower', 'The text in small letters.', (text) => text.toLowerCase()),
  change('upper', 'The text in capital letters.', (text) => text.toUpperCase()),
  change('trim', 'The text without spaces at both ends.', (text) => text.trim()),
  change('digits', 'Only the digits 0 to 9 of the text: digits("0171 / 23") is "017123".', digits),
  {
    name: 'luhn',
    signature: 'luhn(text) -> true/false',
    description:
      'Whether the last digit is the right check digit of the digits before it (Luhn, ISO/IEC 7812-1), as on payment cards. False for anything but two or more digits.',
    takes: [TEXT],
    gives: 'yes_no',
    run: ([text]) => luhn(text as string),
  },
  {
    name: 'last',
    signature: 'last(text, count) -> text',
    description: 'The last characters of the text, or all of it when it is shorter.',
    takes: [TEXT, NUMBER],
    gives: 'text',
    run: ([text, count]) => last(text as string, count as number),
  },
  {
    name: 'substring',
    signature: 'text.substring(from) or text.substring(from, to) -> text',
    description: 'The characters from one position (0 is the first) up to before another, or to the end.',
    takes: [TEXT, NUMBER, NUMBER],
    needs: 2,
    gives: 'text',
    run: ([text, from, to]) => substring(text as string, from as number, to as number | undefined),
  },
  {
    name: 'indexOf',
    signature: 'text.indexOf(part) -> number',
    description: 'Where a part first stands in the text, 0 for the beginning, -1 for nowhere.',
    takes: [TEXT, TEXT],
    gives: 'number',
    run: ([text, part], work) => {
      spendOnSearch(work, text as string, part as string);
      return (text as string).indexOf(part as string);
    },
  },
  {
    name: 'replace',
    signature: 'text.replace(part, other) -> text',
    description: 'The text with every occurrence of a part replaced.',
    takes: [TEXT, TEXT, TEXT],
    gives: 'text',
    run: (args, work) => replace(args as Texts, work),
  },
  {
    name: 'split',
    signature: 'text.split(separator) -> list',
    description: 'The parts of the text between separators.',
    takes: [TEXT, TEXT],
    gives: 'list',
    run: (args, work) => split(args as Texts, work),
  },
];

/** To look for a part takes, at worst, as many comparisons as both have characters, multiplied. */
function spendOnSearch(work: Work, text: string, part: string): void {
  spend(work, Math.floor((text.length * part.length) / COMPARISONS_PER_STEP));
}

function wrongPattern(text: string): string | undefined {
  const made = patternOf(text);
  return made.ok ? undefined : made.message;
}

function digits(text: string): string {
  return text.replace(/[^0-9]/g, '');
}

function luhn(text: string): boolean {
  if (!/^[0-9]{2,}$/.test(text)) return false;
  let sum = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = Number(text[text.length - 1 - i]);
    const weighed = i % 2 === 1 ? digit * 2 : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

function last(text: string, count: number): string {
  if (!(Number.isInteger(count) && count >= 0)) return stop('last() needs a whole number of characters, 0 or more.');
  return count === 0 ? '' : text.slice(-count);
}

function substring(text: string, from: number, to: number = text.length): string {
  const inside = Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= text.length;
  return inside
    ? text.slice(from, to)
    : stop(`substring() goes outside of the text, which has ${text.length} characters.`);
}

function replace([text, part, other]: Texts, work: Work): string {
  spendOnSearch(work, text!, part!);
  if (part === '') return text!;
  const parts = text!.split(part!);
  // The length is known beforehand, so that a text that would be too long is never made.
  checkLength(text!.length + (parts.length - 1) * (other!.length - part!.length));
  return parts.join(other);
}

function split([text, separator]: Texts, work: Work): readonly string[] {
  spendOnSearch(work, text!, separator!);
  if (text === '') return [];
  const parts = text!.split(separator!, LIST_ENTRIES_MAX + 1);
  return parts.length > LIST_ENTRIES_MAX ? stop(`split() gives more than ${LIST_ENTRIES_MAX} parts.`) : parts;
}
