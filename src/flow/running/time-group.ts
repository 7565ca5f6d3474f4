import type { AtMs } from '../../model/ids.ts';
import { dateOf, dayOf, minuteOf, weekdayOf } from '../../model/local-time.ts';
import { timeZoneNamed } from '../../model/time-zone.ts';
import type { Values } from '../../model/value.ts';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** What `time.` means in expressions: the moment by the wall clock of a zone. Weekdays are `mon` to `sun`, as in calendars. */
export function timeGroup(atMs: AtMs, timeZone: string): Values {
  const localMs = atMs + (timeZoneNamed(timeZone)?.offsetMsAt(atMs) ?? 0);
  const day = dayOf(localMs);
  const date = dateOf(day);
  const [year, month, dayOfMonth] = date.split('-').map(Number);
  const minutes = minuteOf(localMs);
  return {
    ms: atMs,
    iso: `${date}T${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`,
    date,
    year: year!,
    month: month!,
    day: dayOfMonth!,
    hour: Math.floor(minutes / 60),
    minute: minutes % 60,
    weekday: WEEKDAYS[weekdayOf(day)]!,
  };
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
