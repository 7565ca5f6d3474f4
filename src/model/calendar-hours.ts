import type { Calendar, Forced, Hours } from './calendar.ts';
import type { AtMs } from './ids.ts';
import { dateOf, dayOf, localMsOf, MINUTES_OF_DAY, minuteOf, weekdayOf } from './local-time.ts';
import { nextClockChange, type TimeZone, timeZoneNamed } from './time-zone.ts';

/** How far is looked ahead for the next change; a week and a day, so that one opening a week is always seen. */
const LOOK_AHEAD_MS = 8 * 24 * 3_600_000;

/** Whether a calendar is open, and why. */
export type Opening = {
  readonly open: boolean;
  /** What decided; a day that is both an exception and a holiday is an exception. */
  readonly because: 'hours' | 'holiday' | 'exception' | 'forced';
  /** Name of the holiday, when it is one that decided. */
  readonly holiday: string | null;
  /**
   * Until when this holds, exclusive. Something changes at this moment, or it is as far as was looked (8 days). What a
   * supervisor forces, and a changed calendar, may end it sooner.
   */
  readonly untilMs: AtMs;
};

/**
 * Whether a calendar is open at a moment. Hours are those of the wall clock: what falls into the hour that is left out in
 * spring is left out, and what falls into the hour that comes twice in autumn comes twice. An answer costs some ten
 * microseconds, so who asks often keeps it until `untilMs`. Throws when the calendar's zone does not exist.
 */
export function openingAt(calendar: Calendar, forced: Forced | null, atMs: AtMs): Opening {
  if (forced !== null) {
    return { open: forced === 'open', because: 'forced', holiday: null, untilMs: atMs + LOOK_AHEAD_MS };
  }
  const prepared = prepare(calendar);
  const now = answerAt(prepared, atMs + prepared.zone.offsetMsAt(atMs));
  return { ...now, untilMs: changeAfter(prepared, now, atMs) };
}

/** A calendar with its exceptions and holidays to be looked up by date. */
type Prepared = {
  readonly zone: TimeZone;
  readonly weekly: Calendar['weekly'];
  readonly exceptions: ReadonlyMap<string, readonly Hours[]>;
  /** By `YYYY-MM-DD` and `MM-DD`. */
  readonly holidays: ReadonlyMap<string, string>;
};

type Answer = Omit<Opening, 'untilMs'>;

/** Calendars never change, so what follows from one is made once. */
const known = new WeakMap<Calendar, Prepared>();

function prepare(calendar: Calendar): Prepared {
  const before = known.get(calendar);
  if (before) return before;
  const zone = timeZoneNamed(calendar.timeZone);
  if (!zone) throw new Error(`calendar ${calendar.id} has the unknown time zone ${calendar.timeZone}`);
  const prepared: Prepared = {
    zone,
    weekly: calendar.weekly,
    exceptions: new Map(calendar.exceptions.map(({ date, hours }) => [date, hours])),
    holidays: new Map(calendar.holidays.map(({ date, name }) => [date, name])),
  };
  known.set(calendar, prepared);
  return prepared;
}

type DayRule = Pick<Opening, 'because' | 'holiday'> & { readonly hours: readonly Hours[] };

function ruleOf({ weekly, exceptions, holidays }: Prepared, day: number): DayRule {
  const date = dateOf(day);
  const exception = exceptions.get(date);
  if (exception) return { because: 'exception', holiday: null, hours: exception };
  // A holiday of one day has the better name for it than one of every year.
  const holiday = holidays.get(date) ?? holidays.get(date.slice('YYYY-'.length));
  if (holiday !== undefined) return { because: 'holiday', holiday, hours: [] };
  return { because: 'hours', holiday: null, hours: weekly[weekdayOf(day)] ?? [] };
}

function answerAt(calendar: Prepared, localMs: number): Answer {
  return answerIn(ruleOf(calendar, dayOf(localMs)), minuteOf(localMs));
}

function answerIn({ because, holiday, hours }: DayRule, minute: number): Answer {
  return { open: hours.some(({ from, to }) => from <= minute && minute < to), because, holiday };
}

function same(one: Answer, other: Answer): boolean {
  return one.open === other.open && one.because === other.because && one.holiday === other.holiday;
}

/** The first moment after `atMs` with another answer, or as far as is looked. Goes from one change of the clocks to the next. */
function changeAfter(calendar: Prepared, now: Answer, atMs: AtMs): AtMs {
  const { zone } = calendar;
  const endMs = atMs + LOOK_AHEAD_MS;
  for (let fromMs = atMs; fromMs < endMs; ) {
    const offsetMs = zone.offsetMsAt(fromMs);
    const changeMs = localChangeAfter(calendar, now, fromMs + offsetMs, endMs + offsetMs) - offsetMs;
    const clockChangeMs = nextClockChange(fromMs, changeMs, zone);
    if (clockChangeMs === undefined) return changeMs;
    if (!same(now, answerAt(calendar, clockChangeMs + zone.offsetMsAt(clockChangeMs)))) return clockChangeMs;
    fromMs = clockChangeMs;
  }
  return endMs;
}

/** The first local time after `fromMs` with another answer, as if the clocks never changed; `endMs` when there is none before. */
function localChangeAfter(calendar: Prepared, now: Answer, fromMs: number, endMs: number): number {
  for (let day = dayOf(fromMs); localMsOf(day, 0) < endMs; day += 1) {
    const rule = ruleOf(calendar, day);
    for (const minute of [0, ...rule.hours.flatMap(({ from, to }) => [from, to])]) {
      const localMs = localMsOf(day, minute);
      if (localMs <= fromMs || minute === MINUTES_OF_DAY) continue;
      if (localMs >= endMs) return endMs;
      if (!same(now, answerIn(rule, minute))) return localMs;
    }
  }
  return endMs;
}
