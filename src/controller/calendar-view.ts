import { openingAt } from '../model/calendar-hours.ts';
import type { AtMs, CalendarId } from '../model/ids.ts';
import type { CalendarView } from './desk.ts';
import type { State } from './state.ts';

export function calendarViews(state: State, nowMs: AtMs): CalendarView[] {
  return Object.keys(state.acd.site.calendars).flatMap((id) => calendarView(state, id, nowMs) ?? []);
}

/** Whether a calendar is open now; undefined when the site has none of this name. */
export function calendarView({ acd }: State, id: CalendarId, nowMs: AtMs): CalendarView | undefined {
  const calendar = Object.hasOwn(acd.site.calendars, id) ? acd.site.calendars[id] : undefined;
  if (!calendar) return undefined;
  const forced = acd.forced.get(id) ?? null;
  const { open, because, holiday, untilMs } = openingAt(calendar, forced, nowMs);
  return {
    id,
    timeZone: calendar.timeZone,
    open,
    because,
    ...(holiday === null ? {} : { holiday }),
    ...(forced === null ? { untilMs } : { forced }),
  };
}
