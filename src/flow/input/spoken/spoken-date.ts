import { spokenWords } from '../phrases.ts';
import { chineseDigits, chineseNumber } from './chinese-number.ts';
import { englishGroups, englishNumber, englishOrdinal } from './english-number.ts';
import { isMandarin, unspaced } from './spoken-number.ts';

/** A day as it was said; without a year the next one that comes is meant. */
export type SaidDay =
  | { readonly year: number | null; readonly month: number; readonly day: number }
  | { readonly inDays: number };

const MONTHS: Readonly<Record<string, readonly string[]>> = {
  en: 'january february march april may june july august september october november december'.split(' '),
  de: 'januar februar märz april mai juni juli august september oktober november dezember'.split(' '),
};
const RELATIVE: Readonly<Record<string, number>> = {
  today: 0,
  tomorrow: 1,
  'the day after tomorrow': 2,
  'day after tomorrow': 2,
  yesterday: -1,
  heute: 0,
  morgen: 1,
  übermorgen: 2,
  gestern: -1,
  今天: 0,
  今日: 0,
  明天: 1,
  明日: 1,
  后天: 2,
  昨天: -1,
};
/** Weekdays are said beside, and articles. */
const FILLERS =
  /^(the|of|on|in|year|please|den|der|am|im|(mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)$/;

/** What day was said in words; undefined when it is none. */
export function spokenDay(text: string, language: string): SaidDay | undefined {
  const bare = isMandarin(language) ? unspaced(text) : spokenWords(text);
  if (Object.hasOwn(RELATIVE, bare)) return { inDays: RELATIVE[bare]! };
  return isMandarin(language) ? chineseDay(bare) : dayWithMonth(bare.split(' '), language);
}

function dayWithMonth(said: readonly string[], language: string): SaidDay | undefined {
  const words = said.filter((word) => !FILLERS.test(word));
  const months = MONTHS[language.split('-')[0]!.toLowerCase()] ?? MONTHS['en']!;
  const at = words.findIndex((word) => months.includes(word));
  if (at < 0) return undefined;
  const month = months.indexOf(words[at]!) + 1;
  const before = words.slice(0, at);
  const after = words.slice(at + 1);
  if (before.length > 0) return dayOf(month, englishOrdinal(before), after);
  // "May third twenty twenty six": the day is one word or two, and the year is what is left.
  for (const length of [2, 1]) {
    const day = englishOrdinal(after.slice(0, length));
    const found = after.length < length ? undefined : dayOf(month, day, after.slice(length));
    if (found) return found;
  }
  return undefined;
}

function dayOf(month: number, day: number | undefined, words: readonly string[]): SaidDay | undefined {
  if (day === undefined || day < 1 || day > 31) return undefined;
  if (words.length === 0) return { year: null, month, day };
  const year = yearOf(words);
  return year === undefined ? undefined : { year, month, day };
}

/** "two thousand and six", "nineteen eighty four", "twenty oh six", "2026". */
function yearOf(words: readonly string[]): number | undefined {
  const whole = englishNumber(words);
  if (whole !== undefined && whole >= 1000 && whole <= 9999) return whole;
  const groups = englishGroups(words) ?? [];
  const [century, ...rest] = groups;
  const [first, second] = rest;
  if (century === undefined || century < 10 || century > 99 || first === undefined || rest.length > 2) return undefined;
  if (second === undefined) return first >= 10 && first <= 99 ? century * 100 + first : undefined;
  return first === 0 && second <= 9 ? century * 100 + second : undefined;
}

function chineseDay(text: string): SaidDay | undefined {
  const [, written, month, day] = /^(?:(.{2,4})年)?(.{1,2})月(.{1,3}?)[日号號]?$/u.exec(text) ?? [];
  const [monthNumber, dayNumber] = [chineseNumber(month ?? ''), chineseNumber(day ?? '')];
  if (monthNumber === undefined || dayNumber === undefined) return undefined;
  if (written === undefined) return { year: null, month: monthNumber, day: dayNumber };
  const digits = chineseDigits(written);
  return digits?.length === 4 ? { year: Number(digits), month: monthNumber, day: dayNumber } : undefined;
}
