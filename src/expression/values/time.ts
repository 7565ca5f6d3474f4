// biome-ignore-all lint/style/noRestrictedGlobals: a Date is only the form of a moment here; no clock is read.
import { timeZoneNamed } from '../../model/time-zone.ts';

/** The years 1 to 9999, in ms: what CEL's timestamps may be. */
const TIME_MS_MIN = -62_135_596_800_000;
const TIME_MS_MAX = 253_402_300_799_999;
const DAY_MS = 86_400_000;
/** A date and time with a zone (RFC 3339). */
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** A moment inside an expression; outside it is a text in UTC such as `2026-11-21T08:00:00.000Z`. */
export type Time = Date;

export function isTime(value: object): value is Time {
  return value instanceof Date;
}

/** Undefined when the moment is outside of the years 1 to 9999. */
export function timeAt(atMs: number): Time | undefined {
  return atMs >= TIME_MS_MIN && atMs <= TIME_MS_MAX ? new Date(atMs) : undefined;
}

export function timeOf(text: string): Time | undefined {
  return RFC_3339.test(text) ? timeAt(Date.parse(text)) : undefined;
}

export function atMsOf(time: Time): number {
  return time.getTime();
}

/** Undefined for a Date that holds no moment. */
export function timeText(time: Time): string | undefined {
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

/** The clock of a zone at a moment, written as the moment at which a clock in UTC shows the same; undefined: no such zone. */
export function localTime(time: Time, zoneName: string): Time | undefined {
  if (zoneName === 'UTC' || Number.isNaN(time.getTime())) return time;
  const zone = timeZoneNamed(zoneName);
  return zone && timeAt(time.getTime() + zone.offsetMsAt(time.getTime()));
}

/** Days since 1 January of its year, in UTC. */
export function dayOfYear(time: Time): number {
  const first = new Date(time);
  first.setUTCMonth(0, 1);
  return Math.round((time.getTime() - first.getTime()) / DAY_MS);
}
