import type { AtMs } from '../model/ids.ts';
import { startOfNamedDay, type TimeZone } from '../model/time-zone.ts';
import { isoOf } from '../reports/moment.ts';
import { apiError } from './errors.ts';

/** A moment as every answer gives it: `NAME` in ISO 8601 and `NAMEMs` in ms since 1970. */
export function moment(name: string, atMs: AtMs | null): Record<string, string | number | null> {
  return { [name]: atMs === null ? null : isoOf(atMs), [`${name}Ms`]: atMs };
}

/** Latest moment that is taken: 2100-01-01. */
const AT_MS_MAX = 4_102_444_800_000;
const DATE = /^\d{4}-\d\d-\d\d$/;
// A plus sign that was not escaped in an address arrives as a space.
const DATE_TIME = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(?:Z|([+\- ])(\d\d):?(\d\d))$/;
const ALLOWED =
  'ms since 1970, a date (2026-11-20, its start in the time zone), or a date and time with Z or an offset (2026-11-20T09:00:00Z, 2026-11-20T10:00+01:00), from 1970 to 2099';

/** Reads a moment from the query or the body. Throws ApiError `request.invalid`. */
export function momentFrom(name: string, value: string, zone: TimeZone, part: 'query' | 'body' = 'query'): AtMs {
  const atMs = read(value, zone);
  if (atMs !== undefined && atMs >= 0 && atMs <= AT_MS_MAX) return atMs;
  throw apiError('request.invalid', `/${name} in the ${part} is no moment; allowed: ${ALLOWED}.`, {
    in: part,
    path: `/${name}`,
    allowed: ALLOWED,
  });
}

function read(value: string, zone: TimeZone): AtMs | undefined {
  if (/^\d{1,15}$/.test(value)) return Number(value);
  if (DATE.test(value)) {
    const utcMidnightMs = utc(value, '00:00');
    return utcMidnightMs === undefined ? undefined : startOfNamedDay(value, utcMidnightMs, zone);
  }
  const [, date, time, sign, hours, minutes] = DATE_TIME.exec(value) ?? [];
  if (!date || !time) return undefined;
  const localMs = utc(date, time);
  const offsetMs = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return localMs === undefined ? undefined : localMs - (sign === '-' ? -offsetMs : offsetMs);
}

/** Undefined for a day or a time that does not exist; `Date` would turn 30 February into 2 March. */
function utc(date: string, time: string): AtMs | undefined {
  const atMs = Date.parse(`${date}T${time}Z`);
  return Number.isNaN(atMs) || !isoOf(atMs).startsWith(`${date}T${time}`) ? undefined : atMs;
}
