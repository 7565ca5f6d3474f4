import { anyOf, type Grammar, grammarOf, type Rule, tokensOf } from './grammar.ts';
import { DIGITS } from './number-in-words.ts';
import { NUMBER_RULES, numberOf } from './number-rules.ts';
import { plainWord } from './words.ts';

/** A number such as `twenty five`, `minus three point one four`. */
export function numberGrammar(): Grammar {
  const rules: readonly Rule[] = [
    ['amount', '[ minus ] <number> [ point <digit>+ ]'],
    ['digit', anyOf([...DIGITS, 'oh'])],
    ...NUMBER_RULES,
  ];
  return grammarOf(rules, tokensOf(rules).map(plainWord), readNumber);
}

function readNumber(tokens: readonly string[]): string | undefined {
  const below = tokens[0] === 'minus';
  const [whole, parts] = split(below ? tokens.slice(1) : tokens, 'point');
  const number = numberOf(whole);
  const figures = parts?.map((digit) => numberOf([digit]));
  if (number === undefined || figures?.includes(undefined) || figures?.length === 0) return undefined;
  return `${below ? '-' : ''}${number}${figures ? `.${figures.join('')}` : ''}`;
}

const COINS = ['cents', 'cent', 'pence', 'penny'];
const NOTES = ['dollars', 'dollar', 'euros', 'euro', 'pounds', 'pound'];

/** An amount of money such as `forty five dollars and fifty cents`, `twenty euros`, `ninety nine cents`, or a number alone. */
export function currencyGrammar(): Grammar {
  const rules: readonly Rule[] = [
    ['amount', '<number> | <number> <note> [ [ and ] <below_hundred> [ <coin> ] ] | <below_hundred> <coin>'],
    ['note', anyOf(NOTES)],
    ['coin', anyOf(COINS)],
    ...NUMBER_RULES,
  ];
  return grammarOf(rules, tokensOf(rules).map(plainWord), readCurrency);
}

function readCurrency(tokens: readonly string[]): string | undefined {
  const bare = tokens.filter((token) => !COINS.includes(token));
  const note = bare.findIndex((token) => NOTES.includes(token));
  const coinsAlone = note < 0 && bare.length < tokens.length;
  const whole = coinsAlone ? 0 : numberOf(note < 0 ? bare : bare.slice(0, note));
  const rest = coinsAlone ? bare : note < 0 ? [] : bare.slice(note + 1);
  const coins = rest.length === 0 ? 0 : numberOf(rest);
  if (whole === undefined || coins === undefined || coins > 99) return undefined;
  return coins === 0 ? String(whole) : `${whole}.${String(coins).padStart(2, '0')}`;
}

function split(
  tokens: readonly string[],
  at: string,
): readonly [before: readonly string[], after: readonly string[] | undefined] {
  const place = tokens.indexOf(at);
  return place < 0 ? [tokens, undefined] : [tokens.slice(0, place), tokens.slice(place + 1)];
}
