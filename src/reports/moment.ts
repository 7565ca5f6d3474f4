import type { AtMs } from '../model/ids.ts';

const DAY_MS = 86_400_000;

/**
 * A moment as ISO 8601 in UTC with milliseconds, for example `2026-11-20T09:00:00.000Z`.
 * Written out by hand because this room has no clock at all; the calendar is the "civil from days" algorithm of
 * Howard Hinnant (howardhinnant.github.io/date_algorithms.html), good for the years 0 to 9999.
 */
export function isoOf(atMs: AtMs): string {
  const days = Math.floor(atMs / DAY_MS);
  const msOfDay = atMs - days * DAY_MS;
  const { year, month, day } = civilOf(days);
  const time = [
    pad(Math.floor(msOfDay / 3_600_000), 2),
    pad(Math.floor(msOfDay / 60_000) % 60, 2),
    pad(Math.floor(msOfDay / 1000) % 60, 2),
  ].join(':');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${time}.${pad(msOfDay % 1000, 3)}Z`;
}

/** The calendar day that lies so many days after 1970-01-01. */
function civilOf(daysSince1970: number): { year: number; month: number; day: number } {
  // Years are counted from March, so that the leap day is the last day of a year.
  const days = daysSince1970 + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
