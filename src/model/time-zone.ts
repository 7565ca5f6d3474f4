import type { AtMs } from './ids.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Longer than any calendar day: the longest has 25 hours, and Samoa once left a whole day out. */
const DAY_SEARCH_MINUTES = 50 * 60;
/** No place on earth is further from UTC than this. */
const OFFSET_MINUTES_MAX = 15 * 60;
/** More than there are names of zones, were it not for names in capitals; then the oldest is forgotten. */
const ZONES_KEPT_MAX = 1000;

/** What is asked of a time zone. `Intl` answers from its own tables; it reads no clock. */
export type TimeZone = {
  readonly name: string;
  /** The calendar day at a moment, `YYYY-MM-DD`; later days compare as greater. */
  dateAt(atMs: AtMs): string;
  /** How far local time is ahead of UTC at a moment. */
  offsetMsAt(atMs: AtMs): number;
};

/** To make a formatter takes longer than to use it a hundred times. */
const kept = new Map<string, TimeZone>();

/** The zone of an IANA name, such as `Europe/Berlin`; undefined when there is none of this name. */
export function timeZoneNamed(name: string): TimeZone | undefined {
  const known = kept.get(name);
  if (known) return known;
  let date: Intl.DateTimeFormat;
  let offset: Intl.DateTimeFormat;
  try {
    // The Canadian English form of a date is the ISO form.
    const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    date = new Intl.DateTimeFormat('en-CA', { ...parts, timeZone: name });
    offset = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  } catch {
    return undefined;
  }
  const zone: TimeZone = {
    name,
    dateAt: (atMs) => date.format(atMs),
    offsetMsAt: (atMs) => offsetOf(offset.format(atMs)),
  };
  if (kept.size >= ZONES_KEPT_MAX) kept.delete(kept.keys().next().value!);
  kept.set(name, zone);
  return zone;
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

/**
 * The first moment after `atMs`, and not after `untilMs`, at which the zone's clocks are put forward or back; undefined
 * when they are not. The clocks are compared day by day, so two changes within one day that undo each other are not seen.
 */
export function nextClockChange(atMs: AtMs, untilMs: AtMs, zone: TimeZone): AtMs | undefined {
  const offsetMs = zone.offsetMsAt(atMs);
  for (let fromMs = atMs; fromMs < untilMs; fromMs += DAY_MS) {
    const toMs = Math.min(fromMs + DAY_MS, untilMs);
    if (zone.offsetMsAt(toMs) === offsetMs) continue;
    const from = Math.floor(fromMs / MINUTE_MS);
    return firstMinute(from, Math.floor(toMs / MINUTE_MS) - from, (at) => zone.offsetMsAt(at) !== offsetMs);
  }
  return undefined;
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
