import type { WrittenDate } from '../written/date.ts';
import { hourOfDay, type WrittenTime } from '../written/time.ts';
import { cardinal, ordinal, upTo99 } from './numbers.ts';

export const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** "November twenty first, twenty twenty six"; with `and` as the British say it: "the twenty first of November ...". */
export function dateInWords({ year, month, day }: WrittenDate, british: boolean): string {
  const monthName = month === undefined ? undefined : MONTHS[month - 1]!;
  const dayName = day === undefined ? undefined : ordinal(String(day), false);
  const yearName = year === undefined ? undefined : yearInWords(year, british);
  if (monthName === undefined) return [dayName && `the ${dayName}`, yearName].filter(Boolean).join(', ');
  if (dayName === undefined) return [monthName, yearName].filter(Boolean).join(' ');
  const dayAndMonth = british ? `the ${dayName} of ${monthName}` : `${monthName} ${dayName}`;
  return [dayAndMonth, yearName].filter(Boolean).join(', ');
}

/** 1066 "ten sixty six", 1905 "nineteen oh five", 1900 "nineteen hundred", 2000 to 2009 "two thousand nine". */
export function yearInWords(year: number, and: boolean): string {
  const century = Math.floor(year / 100);
  const rest = year % 100;
  if (year < 1000 || (century % 10 === 0 && rest < 10)) return cardinal(String(year), and);
  if (rest === 0) return `${upTo99(century)} hundred`;
  return `${upTo99(century)} ${rest < 10 ? 'oh ' : ''}${upTo99(rest)}`;
}

/**
 * "two thirty P M", "eight o'clock", "noon". Hours of the afternoon are told with twelve hours, as callers expect them; an
 * hour that may be either is told as it stands. `hours` 24: "fourteen thirty".
 */
export function timeInWords(time: WrittenTime, hours: 12 | 24 | undefined): string {
  const { minute, second, half } = time;
  const hour = hourOfDay(time);
  const seconds = second ? ` and ${upTo99(second)} ${second === 1 ? 'second' : 'seconds'}` : '';
  const minutes = minute === 0 ? '' : minute < 10 ? ` oh ${upTo99(minute)}` : ` ${upTo99(minute)}`;
  if (hours === 24) return `${upTo99(hour)}${minutes || ' hundred'}${seconds}`;
  const onTheHour = minute === 0 && !second;
  if (half === undefined && onTheHour && hour === 0) return 'midnight';
  if (half === undefined && onTheHour && hour === 12) return 'noon';
  const certain = half !== undefined || hour === 0 || hour > 12 || time.hour === 24;
  const letters = certain ? (hour < 12 ? ' A M' : ' P M') : '';
  const ofTwelve = upTo99(hour % 12 === 0 ? 12 : hour % 12);
  return `${ofTwelve}${minutes || (letters === '' ? " o'clock" : '')}${seconds}${letters}`;
}
