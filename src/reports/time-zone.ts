import { failed, ok, type Result } from '../model/failure.ts';
import type { AtMs } from '../model/ids.ts';

const MINUTE_MS = 60_000;
/** Longer than any calendar day: the longest has 25 hours, and Samoa once left a whole day out. */
const DAY_SEARCH_MINUTES = 50 * 60;
/** No place on earth is further from UTC than this. */
const OFFSET_MINUTES_MAX = 15 * 60;

/** What reports need to know of a time zone. `Intl` answers from its own tables; it reads no clock. */
export type TimeZone = {
  readonly name: string;
  /** The calendar day at a moment, `YYYY-MM-DD`; later days compare as greater. */
  dateAt(atMs: AtMs): string;
  /** How far local time is ahead of UTC at a moment. */
  offsetMsAt(atMs: AtMs): number;
};

/** Finds a zone by its IANA name, such as `Europe/Berlin`. Failure: `report.timezone_unknown`. */
export function timeZone(name: string): Result<TimeZone> {
  let date: Intl.DateTimeFormat;
  let offset: Intl.DateTimeFormat;
  try {
    // The Canadian English form of a date is the ISO form.
    const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    date = new Intl.DateTimeFormat('en-CA', { ...parts, timeZone: name });
    offset = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  } catch {
    return failed('report.timezone_unknown', 'The time zone is not known; use an IANA name such as Europe/Berlin.');
  }
  return ok({
    name,
    dateAt: (atMs) => date.format(atMs),
    offsetMsAt: (atMs) => offsetOf(offset.format(atMs)),
  });
}

/** The first moment of the calendar day that a moment lies in. */
export function startOfDay(atMs: AtMs, zone: TimeZone): AtMs {
  return startOfDate(zone.dateAt(atMs), Math.floor(atMs / MINUTE_MS) - DAY_SEARCH_MINUTES, zone);
}

/** The first moment of the calendar day after the one that a moment lies in. */
export function startOfNextDay(atMs: AtMs, zone: TimeZone): AtMs {
  const today = zone.dateAt(atMs);
  return firstMinute(Math.floor(atMs / MINUTE_MS), DAY_SEARCH_MINUTES, (at) => zone.dateAt(at) > today);
}

/** The first moment of a calendar day; `utcMidnightMs` is when that day begins in UTC. */
export function startOfNamedDay(date: string, utcMidnightMs: AtMs, zone: TimeZone): AtMs {
  return startOfDate(date, Math.floor(utcMidnightMs / MINUTE_MS) - OFFSET_MINUTES_MAX, zone);
}

function startOfDate(date: string, afterMinute: number, zone: TimeZone): AtMs {
  return firstMinute(afterMinute, DAY_SEARCH_MINUTES, (at) => zone.dateAt(at) >= date);
}

/**
 * Halves the span until the first whole minute that holds is left. A search and no sum, because some zones change
 * their clocks at midnight, and then the day begins at one o'clock.
 */
function firstMinute(afterMinute: number, withinMinutes: number, holds: (atMs: AtMs) => boolean): AtMs {
  let before = afterMinute;
  let from = afterMinute + withinMinutes;
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (holds(middle * MINUTE_MS)) from = middle;
    else before = middle;
  }
  return from * MINUTE_MS;
}

/** Reads `..., GMT+05:30`; plain `GMT` is no offset. */
function offsetOf(text: string): number {
  const found = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(text);
  if (!found?.[1]) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return (found[1] === '-' ? -minutes : minutes) * MINUTE_MS;
}
