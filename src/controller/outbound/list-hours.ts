import type { Calendar } from '../../model/calendar.ts';
import { openingAt } from '../../model/calendar-hours.ts';
import type { CallList } from '../../model/call/list.ts';
import type { AtMs } from '../../model/ids.ts';
import type { Site } from '../../model/site.ts';
import { timeZoneNamed } from '../../model/time-zone.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * Until when the numbers of a zone may be called now; undefined: not now. The hours, holidays and exceptions of the list's
 * calendar hold by the wall clock of the zone: from nine to five where the customer is.
 */
export function hoursIn(site: Site, { calendarId }: CallList, zone: string, nowMs: AtMs): AtMs | undefined {
  if (calendarId === null) return nowMs + DAY_MS;
  const calendar = Object.hasOwn(site.calendars, calendarId) ? site.calendars[calendarId] : undefined;
  // A calendar that is gone, and a zone that is none any more, are no leave to call at night.
  if (!calendar || !timeZoneNamed(zone)) return undefined;
  const opening = openingAt(inZone(calendar, zone), null, nowMs);
  return opening.open ? opening.untilMs : undefined;
}

/** Kept, so that what follows from a calendar is worked out once. */
const kept = new WeakMap<Calendar, Map<string, Calendar>>();

function inZone(calendar: Calendar, zone: string): Calendar {
  if (calendar.timeZone === zone) return calendar;
  const zones = kept.get(calendar) ?? new Map<string, Calendar>();
  kept.set(calendar, zones);
  const known = zones.get(zone) ?? { ...calendar, timeZone: zone };
  zones.set(zone, known);
  return known;
}
