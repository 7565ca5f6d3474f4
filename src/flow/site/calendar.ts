import type { Calendar, Holiday, Hours } from '../../model/calendar.ts';
import { listOrOne } from '../shape/list.ts';
import { type KeyRule, mapOf } from '../shape/map-of.ts';
import { defaulted, object, optional, type ValueOf } from '../shape/object.ts';
import { text } from '../shape/scalars.ts';
import { checked, mapped, named, type Shape } from '../shape/shape.ts';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const CLOSED = 'closed';
const DATES_MAX = 1000;

const DAY = `(?:${DAYS.join('|')})`;
const DAYS_KEY: KeyRule = {
  pattern: new RegExp(`^(?:${DAY}(?:-${DAY})?|daily)(?:, *${DAY}(?:-${DAY})?)*$`),
  asked: 'days are mon, tue, wed, thu, fri, sat and sun, from one to another (mon-fri), several (mon, wed) or daily',
  entry: (key) => `The hours of ${key}`,
  max: 50,
};
const TIME = '(?:[01]?[0-9]|2[0-4]):[0-5][0-9]';
const SPAN = `${TIME} *- *${TIME}`;
const HOURS_TEXT = text({
  pattern: new RegExp(`^(?:${CLOSED}|${SPAN}(?:, *${SPAN})*)$`),
  asked: 'hours are such as 09:00-17:30, several with commas between them, or closed',
});

/** `09:00-12:00, 13:00-17:30`, the same as a list, or `closed`; in order. */
const HOURS: Shape<readonly Hours[]> = named(
  'hours',
  checked(
    mapped(listOrOne(HOURS_TEXT), (texts) => texts.flatMap(spans).sort((a, b) => a.from - b.from)),
    (hours, tell, what) => {
      for (const [at, { from, to }] of hours.entries()) {
        const before = hours[at - 1];
        if (to > 24 * 60) tell('value.range', [], `${what} end after 24:00, the end of the day.`);
        else if (to <= from) {
          const rest = 'Hours over midnight are written as two, to 24:00 and on the next day from 00:00';
          tell('value.range', [], `${what} end at ${clock(to)}, not after ${clock(from)}. ${rest}.`);
        }
        if (before && from < before.to) {
          const message = `${what} overlap: ${span(before)} and ${span({ from, to })}. Write them as one.`;
          tell('calendar.overlap', [], message);
        }
      }
    },
  ),
);

const WEEK = checked(mapOf(DAYS_KEY, HOURS), (week, tell) => {
  const taken = new Map<number, string>();
  for (const key of Object.keys(week)) {
    for (const day of daysOf(key)) {
      const other = taken.get(day);
      if (other !== undefined) {
        const places = other === key ? `both times under "${key}"` : `under "${other}" and "${key}"`;
        const message = `The hours of ${DAYS[day]} stand twice, ${places}. Take the day out of one place.`;
        tell('calendar.overlap', [key], message);
      }
      taken.set(day, key);
    }
  }
});

const YEARLY = /^[0-9]{2}-[0-9]{2}$/;
const ONCE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const HOLIDAYS = dated(
  mapOf(dates(/^(?:[0-9]{4}-)?[0-9]{2}-[0-9]{2}$/, 'YYYY-MM-DD, or MM-DD for every year'), text()),
);
const EXCEPTIONS = dated(mapOf(dates(ONCE, 'YYYY-MM-DD'), HOURS));

function dates(pattern: RegExp, form: string): KeyRule {
  return { pattern, asked: `a date is ${form}`, entry: (key) => `The day ${key}`, max: DATES_MAX };
}

function dated<T>(shape: Shape<Readonly<Record<string, T>>>): Shape<Readonly<Record<string, T>>> {
  return checked(shape, (days, tell) => {
    for (const date of Object.keys(days)) {
      if ((YEARLY.test(date) || ONCE.test(date)) && !exists(date)) {
        tell('calendar.date_impossible', [date], `There is no day ${date}. A date is year-month-day.`);
      }
    }
  });
}

export const TIME_ZONE: Shape<string> = checked(text(), (zone, tell) => {
  if (isZone(zone)) return;
  const hint = 'It is an IANA name such as Europe/Berlin, America/New_York or UTC';
  tell('calendar.zone_unknown', [], `There is no time zone "${zone}". ${hint}.`);
});

export const CALENDAR = object({
  time_zone: optional(TIME_ZONE, 'The zone whose wall clock counts, as an IANA name; left out, that of the site.'),
  hours: defaulted(WEEK, {}, 'When it is open: days and hours. Days that are not named are closed.'),
  holidays: defaulted(HOLIDAYS, {}, 'Days on which it is closed, with their names.'),
  exceptions: defaulted(EXCEPTIONS, {}, 'Days with hours of their own, or closed; they beat holidays.'),
});

export function calendarOf(id: string, found: ValueOf<typeof CALENDAR>, siteZone: string): Calendar {
  const weekly: (readonly Hours[])[] = DAYS.map(() => []);
  for (const [key, hours] of Object.entries(found.hours)) {
    for (const day of daysOf(key)) weekly[day] = hours;
  }
  const holidays = Object.entries(found.holidays).map(([date, name]): Holiday => ({ date, name }));
  const exceptions = Object.entries(found.exceptions).map(([date, hours]) => ({ date, hours }));
  return { id, timeZone: found.time_zone ?? siteZone, weekly, holidays, exceptions };
}

/** Numbers of the days that a key such as `mon-fri`, `sat, sun` or `daily` names; `fri-mon` goes over the end of the week. */
function daysOf(key: string): number[] {
  if (!DAYS_KEY.pattern.test(key)) return [];
  return key.split(',').flatMap((part) => {
    if (part.trim() === 'daily') return DAYS.map((_, day) => day);
    const [first = 0, last = first] = part
      .trim()
      .split('-')
      .map((day) => DAYS.indexOf(day));
    const count = ((last - first + DAYS.length) % DAYS.length) + 1;
    return Array.from({ length: count }, (_, step) => (first + step) % DAYS.length);
  });
}

function spans(written: string): Hours[] {
  if (written === CLOSED) return [];
  return written.split(',').map((part) => {
    const [from = 0, to = 0] = part.split('-').map(minutes);
    return { from, to };
  });
}

function minutes(time: string): number {
  const [hour = 0, minute = 0] = time.trim().split(':').map(Number);
  return hour * 60 + minute;
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

function span({ from, to }: Hours): string {
  return `${clock(from)}-${clock(to)}`;
}

/** Gregorian calendar; a yearly date may be the 29th of February. */
function exists(date: string): boolean {
  const [day = 0, month = 0, year = 2000] = date.split('-').map(Number).reverse();
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const length = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return length !== undefined && day >= 1 && day <= length;
}

function isZone(name: string): boolean {
  // Offsets such as +01:00 are no zones: they do not know of summer time.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
