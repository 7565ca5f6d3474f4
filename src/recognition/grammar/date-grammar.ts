import { anyOf, type Grammar, grammarOf, type Rule, tokensOf } from './grammar.ts';
import { NUMBER_RULES, numberOf } from './number-rules.ts';
import { plainWord } from './words.ts';

const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const FIRST_DAYS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  );
const LATE_DAYS = ['twenty', 'thirty'];

/**
 * A day with its year: `the third of may twenty twenty six`, `december twenty fourth two thousand and nine`, `may three nineteen eighty`.
 * A day that does not exist is heard all the same; the flow says so.
 */
export function dateGrammar(): Grammar {
  const rules: readonly Rule[] = [
    ['date', '( [ the ] <day> [ of ] <month> | <month> [ the ] <day> ) <year>'],
    ['month', anyOf(MONTHS)],
    ['day', `${anyOf(FIRST_DAYS)} | ( ${anyOf(LATE_DAYS)} ) <first_nine> | thirtieth | <below_hundred>`],
    ['first_nine', anyOf(FIRST_DAYS.slice(0, 9))],
    [
      'year',
      '( nineteen | twenty ) ( <teen> | <tens> [ <one_to_nine> ] | oh <one_to_nine> | hundred ) | two thousand [ [ and ] <below_hundred> ]',
    ],
    ...NUMBER_RULES.slice(0, 4),
  ];
  return grammarOf(rules, tokensOf(rules).map(plainWord), readDate);
}

function readDate(tokens: readonly string[]): string | undefined {
  const at = tokens.findIndex((token) => MONTHS.includes(token));
  if (at < 0) return undefined;
  const small = (token: string): boolean => token !== 'the' && token !== 'of';
  const before = tokens.slice(0, at).filter(small);
  const after = tokens.slice(at + 1).filter(small);
  const month = MONTHS.indexOf(tokens[at]!) + 1;
  const splits = before.length > 0 ? [[before, after] as const] : daysFirst(after);
  for (const [dayTokens, yearTokens] of splits) {
    const [day, year] = [dayOf(dayTokens), yearOf(yearTokens)];
    if (day !== undefined && year !== undefined) return `${year}-${two(month)}-${two(day)}`;
  }
  return undefined;
}

/** `may twenty first nineteen eighty`: a day of two words is looked for before one of one word. */
function daysFirst(tokens: readonly string[]): (readonly [readonly string[], readonly string[]])[] {
  return [2, 1].map((count) => [tokens.slice(0, count), tokens.slice(count)] as const);
}

function dayOf(tokens: readonly string[]): number | undefined {
  if (tokens.length === 1 && tokens[0] === 'thirtieth') return 30;
  const last = FIRST_DAYS.indexOf(tokens.at(-1) ?? '') + 1;
  const number = last > 0 ? last + (tokens.length > 1 ? (numberOf(tokens.slice(0, -1)) ?? 99) : 0) : numberOf(tokens);
  return number !== undefined && number >= 1 && number <= 31 ? number : undefined;
}

function yearOf(tokens: readonly string[]): number | undefined {
  if (tokens[1] === 'thousand') return numberOf(tokens);
  const [century, rest] = [numberOf(tokens.slice(0, 1)), tokens.slice(1)];
  if (century !== 19 && century !== 20) return undefined;
  if (rest.length === 1 && rest[0] === 'hundred') return century * 100;
  const years = numberOf(rest);
  const valid = years !== undefined && (years >= 10 || rest[0] === 'oh') && years <= 99;
  return valid ? century * 100 + years : undefined;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
