/**
 * Days and minutes of a wall clock, counted without a time zone: a local time is written as the ms since 1970 at which a
 * clock in UTC would show it.
 */

const MINUTE_MS = 60_000;
export const MINUTES_OF_DAY = 1440;
const DAY_MS = MINUTES_OF_DAY * MINUTE_MS;
/** The Gregorian calendar repeats itself every 400 years. */
const DAYS_OF_ERA = 146_097;
/** From 1 March of the year 0 to 1 January 1970. */
const DAYS_BEFORE_1970 = 719_468;

/** Days since 1 January 1970. */
export function dayOf(localMs: number): number {
  return Math.floor(localMs / DAY_MS);
}

/** Minutes after midnight, 0 to 1439. */
export function minuteOf(localMs: number): number {
  return Math.floor(localMs / MINUTE_MS) - dayOf(localMs) * MINUTES_OF_DAY;
}

/** The local time of a minute of a day; minute 1440 is the next midnight. */
export function localMsOf(day: number, minute: number): number {
  return day * DAY_MS + minute * MINUTE_MS;
}

/** Monday (0) to Sunday (6); 1 January 1970 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/**
 * The date `YYYY-MM-DD` of a day. Years begin in March here, so that a leap day is the last day of its year
 * (Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days).
 */
export function dateOf(day: number): string {
  const shifted = day + DAYS_BEFORE_1970;
  const era = Math.floor(shifted / DAYS_OF_ERA);
  const dayOfEra = shifted - era * DAYS_OF_ERA;
  const leaps = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(dayOfMonth, 2)}`;
}

function digits(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
