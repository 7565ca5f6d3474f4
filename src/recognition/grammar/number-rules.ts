import { anyOf, type Rule } from './grammar.ts';
import { DIGITS, TEENS, TENS } from './number-in-words.ts';

/** `<below_hundred>` from 1, `<below_thousand>` from 1, and `<number>` from 0 to 999,999,999. Speakers say `and` where they like. */
export const NUMBER_RULES: readonly Rule[] = [
  ['one_to_nine', anyOf(DIGITS.slice(1))],
  ['teen', anyOf(TEENS)],
  ['tens', anyOf(TENS)],
  ['below_hundred', '<one_to_nine> | <teen> | <tens> [ <one_to_nine> ]'],
  ['hundreds', '( <one_to_nine> | a ) hundred'],
  ['below_thousand', '<below_hundred> | <hundreds> [ [ and ] <below_hundred> ]'],
  ['rest', '[ and ] <below_hundred> | <hundreds> [ [ and ] <below_hundred> ]'],
  ['thousands', '( <below_thousand> | a ) thousand [ <rest> ]'],
  ['millions', '( <below_hundred> | a ) million [ <thousands> | <rest> ]'],
  ['number', 'zero | <below_thousand> | <thousands> | <millions>'],
];

const VALUES = new Map<string, number>([
  ...DIGITS.map((word, value): [string, number] => [word, value]),
  ['oh', 0],
  ['a', 1],
  ...TEENS.map((word, at): [string, number] => [word, 10 + at]),
  ...TENS.map((word, at): [string, number] => [word, 20 + 10 * at]),
]);
const GROUPS = new Map([
  ['thousand', 1_000],
  ['million', 1_000_000],
]);

/** The number that words of NUMBER_RULES mean; undefined for other words, and for none. */
export function numberOf(tokens: readonly string[]): number | undefined {
  let total = 0;
  let group = 0;
  let empty = true;
  for (const token of tokens) {
    if (token === 'and') continue;
    empty = false;
    const value = VALUES.get(token);
    const times = GROUPS.get(token);
    if (value !== undefined) group += value;
    else if (token === 'hundred') group *= 100;
    else if (times !== undefined) {
      total += group * times;
      group = 0;
    } else return undefined;
  }
  return empty ? undefined : total + group;
}
