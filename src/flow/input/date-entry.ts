import { dateOf } from '../../model/local-time.ts';
import type { SaidDay } from './spoken/spoken-date.ts';

/** In which order a date is typed. */
export const DATE_FORMATS = ['DDMMYYYY', 'MMDDYYYY', 'YYYYMMDD'] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * A date as `2026-12-24`; undefined when there is no such day. Eight digits are read by the format; numbers with signs
 * between them too, unless the first one is a year, as in ISO 8601.
 */
export function dateEntry(text: string, format: DateFormat): string | undefined {
  const parts = partsOf(text, format);
  if (!parts) return undefined;
  return dateWritten(...parts);
}

/** A day that was said in words; `today` is in days since 1970. A day without a year is the next one of that name. */
export function saidDate(said: SaidDay, today: number): string | undefined {
  if ('inDays' in said) return dateOf(today + said.inDays);
  const { year, month, day } = said;
  if (year !== null) return dateWritten(year, month, day);
  const now = dateOf(today);
  // 29 February may be eight years away.
  for (let ahead = 0; ahead <= 8; ahead++) {
    const date = dateWritten(Number(now.slice(0, 4)) + ahead, month, day);
    if (date !== undefined && date >= now) return date;
  }
  return undefined;
}

function dateWritten(year: number, month: number, day: number): string | undefined {
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

function partsOf(text: string, format: DateFormat): readonly [year: number, month: number, day: number] | undefined {
  const written = text.trim();
  const iso = /^(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})$/.exec(written);
  if (iso) return [Number(iso[1]), Number(iso[2]), Number(iso[3])];
  const apart = /^(\d{1,2})[-./ ]+(\d{1,2})[-./ ]+(\d{4})$/.exec(written);
  if (apart) {
    const [first, second, year] = [Number(apart[1]), Number(apart[2]), Number(apart[3])];
    return format === 'MMDDYYYY' ? [year, first, second] : [year, second, first];
  }
  if (!/^\d{8}$/.test(written)) return undefined;
  const part = (from: number, length: number): number => Number(written.slice(from, from + length));
  if (format === 'YYYYMMDD') return [part(0, 4), part(4, 2), part(6, 2)];
  return format === 'MMDDYYYY' ? [part(4, 4), part(0, 2), part(2, 2)] : [part(4, 4), part(2, 2), part(0, 2)];
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : DAYS[month - 1]!;
}

/** A time of the day as `09:30`: from `0930`, `930`, `9:30`, `9.30`, `9 pm`, `9 Uhr 30`; undefined for anything else. */
export function timeEntry(text: string): string | undefined {
  const written = text.trim().toLowerCase();
  const found =
    /^(\d{1,2})(\d{2})$/.exec(written) ??
    /^(\d{1,2})(?:\s*(?::|\.|h|uhr)\s*(\d{2})?|(?=\s*[ap]))\s*(?:([ap])\.?m\.?|uhr)?$/.exec(written);
  if (!found) return undefined;
  const half = found[3];
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? 0)];
  if (minute > 59 || hour > 23 || (half && (hour < 1 || hour > 12))) return undefined;
  return `${two(half ? (hour % 12) + (half === 'p' ? 12 : 0) : hour)}:${two(minute)}`;
}

/** The same of hours and minutes. */
export function timeWritten({ hour, minute }: { readonly hour: number; readonly minute: number }): string {
  return `${two(hour)}:${two(minute)}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
