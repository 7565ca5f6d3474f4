import { anyOf, type Grammar, grammarOf, type Rule, tokensOf } from './grammar.ts';
import { DIGITS, TEENS, TENS } from './number-in-words.ts';
import { NUMBER_RULES, numberOf } from './number-rules.ts';
import { plainWord } from './words.ts';

const HOURS = [...DIGITS, ...TEENS, 'twenty', 'twenty one', 'twenty two', 'twenty three'];
const MINUTE_TENS = TENS.slice(0, 4);

/** A time of the day: `half past nine`, `nine thirty p m`, `quarter to five`, `fourteen fifteen`, `eight o'clock`, `noon`. */
export function timeGrammar(): Grammar {
  const rules: readonly Rule[] = [
    ['time', '<clock> [ <half> ] | noon | midnight'],
    [
      'clock',
      `<hour> | <hour> <minute> | <hour> o'clock | ( half | [ a ] quarter ) past <hour> | [ a ] quarter to <hour>`,
    ],
    ['half', '( a | p ) m | in the ( morning | afternoon | evening )'],
    ['hour', anyOf(HOURS)],
    ['minute', `<teen> | ( ${anyOf(MINUTE_TENS)} ) [ <one_to_nine> ] | oh <one_to_nine>`],
    ...NUMBER_RULES.slice(0, 2),
  ];
  return grammarOf(rules, tokensOf(rules).map(plainWord), readTime);
}

function readTime(tokens: readonly string[]): string | undefined {
  if (tokens.includes('noon')) return '12:00';
  if (tokens.includes('midnight')) return '00:00';
  const { clock, half } = halfOf(tokens);
  const found = shifted(clock) ?? plain(clock);
  if (!found) return undefined;
  const { hour, minute } = found;
  const minutes = String(minute).padStart(2, '0');
  if (half === undefined || hour < 1 || hour > 12) return `${String(hour).padStart(2, '0')}:${minutes}`;
  return `${hour}:${minutes} ${half}`;
}

function halfOf(tokens: readonly string[]): { clock: readonly string[]; half: 'am' | 'pm' | undefined } {
  const last = tokens.at(-1);
  if (last === 'm') return { clock: tokens.slice(0, -2), half: tokens.at(-2) === 'p' ? 'pm' : 'am' };
  if (last === 'morning') return { clock: tokens.slice(0, -3), half: 'am' };
  if (last === 'afternoon' || last === 'evening') return { clock: tokens.slice(0, -3), half: 'pm' };
  return { clock: tokens, half: undefined };
}

type Clock = { readonly hour: number; readonly minute: number };

/** `half past nine`, `a quarter to five`. */
function shifted(tokens: readonly string[]): Clock | undefined {
  const at = tokens.findIndex((token) => token === 'past' || token === 'to');
  const hour = at > 0 ? numberOf(tokens.slice(at + 1)) : undefined;
  if (hour === undefined || hour > 23) return undefined;
  // A quarter to one is 12:45, with or without a half of the day.
  if (tokens[at] === 'to') return { hour: hour === 1 ? 12 : (hour + 23) % 24, minute: 45 };
  return { hour, minute: tokens.includes('half') ? 30 : 15 };
}

/** `nine thirty`, `twenty one oh five`: the longest beginning that is an hour, and the rest as minutes. */
function plain(tokens: readonly string[]): Clock | undefined {
  const words = tokens.filter((token) => token !== "o'clock");
  for (const count of [2, 1]) {
    if (words.length < count) continue;
    const hourWords = words.slice(0, count).join(' ');
    const rest = words.slice(count);
    const minute = rest.length === 0 ? 0 : numberOf(rest);
    if (HOURS.includes(hourWords) && minute !== undefined && minute <= 59)
      return { hour: HOURS.indexOf(hourWords), minute };
  }
  return undefined;
}
