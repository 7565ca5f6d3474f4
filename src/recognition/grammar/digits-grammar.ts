import { anyOf, type Grammar, grammarOf } from './grammar.ts';
import { DIGITS } from './number-in-words.ts';
import { telephoneWord } from './words.ts';

/** A longer range than so many optional digits is a loop without a count: it is heard as well and made faster. */
const OPTIONAL_MAX = 16;
/** No number of a customer is longer. */
const DIGITS_MAX = 40;

const WORDS = [...DIGITS, 'oh'].map(telephoneWord);
const MEANING = new Map(WORDS.map(({ token, word }) => [token, word === 'oh' ? 0 : DIGITS.indexOf(word as 'zero')]));

/**
 * Digits said one by one, `oh` for zero too. A length that is known is worth much: strings that are wholly right go from 82 to
 * 86 of 100. Undefined where no string fits.
 */
export function digitsGrammar(min: number, max: number): Grammar | undefined {
  const from = Math.max(1, min);
  const to = Math.min(max, DIGITS_MAX);
  if (from > to) return undefined;
  const fixed = Array<string>(from).fill('<digit>').join(' ');
  const more = to - from;
  const rest = more === 0 ? '' : more > OPTIONAL_MAX ? ' <digit>*' : ` ${optional(more)}`;
  return grammarOf(
    [
      ['digits', fixed + rest],
      ['digit', anyOf(WORDS.map(({ token }) => token))],
    ],
    WORDS,
    digitsOf,
  );
}

function digitsOf(tokens: readonly string[]): string | undefined {
  const digits = tokens.map((token) => MEANING.get(token));
  return digits.includes(undefined) ? undefined : digits.join('');
}

/** `[<digit> [<digit> ...]]`, each only after the one before. */
function optional(count: number): string {
  return `${'[ <digit> '.repeat(count)}${']'.repeat(count)}`;
}
