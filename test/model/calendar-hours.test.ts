import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Calendar, Hours } from '../../src/model/calendar.ts';
import { openingAt } from '../../src/model/calendar-hours.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const at = (iso: string) => Date.parse(iso);
const hours = (from: string, to: string): Hours => ({ from: minutes(from), to: minutes(to) });

function minutes(clock: string): number {
  const [hour, minute] = clock.split(':').map(Number);
  return hour! * 60 + minute!;
}

/** Open on weekdays from nine to five with a break at noon. */
function calendar(changes: Partial<Calendar> = {}): Calendar {
  const weekday = [hours('09:00', '12:00'), hours('13:00', '17:00')];
  return {
    id: 'office',
    timeZone: 'Europe/Berlin',
    weekly: [weekday, weekday, weekday, weekday, weekday, [], []],
    holidays: [],
    exceptions: [],
    ...changes,
  };
}

const everyDay = (...one: Hours[]): Calendar['weekly'] => [one, one, one, one, one, one, one];

test('hours are those of the wall clock, the break is closed, and each answer says until when it holds', () => {
  const office = calendar();
  // 20 November 2026 is a Friday; Berlin is one hour ahead of UTC.
  for (const [moment, open, until] of [
    ['2026-11-20T07:59:59.999Z', false, '2026-11-20T08:00:00Z'],
    ['2026-11-20T08:00:00Z', true, '2026-11-20T11:00:00Z'],
    ['2026-11-20T11:30:00Z', false, '2026-11-20T12:00:00Z'],
    ['2026-11-20T15:59:59.999Z', true, '2026-11-20T16:00:00Z'],
    ['2026-11-20T16:00:00Z', false, '2026-11-21T23:00:00Z'],
  ] as const) {
    const found = openingAt(office, null, at(moment));
    assert.equal(found.open, open, moment);
    assert.equal(found.because, 'hours');
    if (until !== '2026-11-21T23:00:00Z') assert.equal(found.untilMs, at(until), moment);
    else assert.equal(found.untilMs, at('2026-11-23T08:00:00Z'), 'closed over the weekend');
  }
});

test('a holiday is closed and named, on its day or every year; an exception beats it; force beats all', () => {
  const special = calendar({
    holidays: [
      { date: '12-25', name: 'Christmas' },
      { date: '2026-12-24', name: 'Christmas Eve' },
      { date: '12-26', name: 'Boxing Day' },
      { date: '2028-12-25', name: 'The last Christmas' },
    ],
    exceptions: [
      { date: '2026-12-24', hours: [hours('09:00', '11:00')] },
      { date: '2026-12-28', hours: [] },
    ],
  });
  const look = (moment: string) => {
    const { open, because, holiday } = openingAt(special, null, at(moment));
    return [open, because, holiday];
  };
  assert.deepEqual(look('2026-12-24T09:30:00Z'), [true, 'exception', null]);
  assert.deepEqual(look('2026-12-24T10:30:00Z'), [false, 'exception', null]);
  assert.deepEqual(look('2026-12-25T10:30:00Z'), [false, 'holiday', 'Christmas']);
  assert.deepEqual(look('2027-12-25T10:30:00Z'), [false, 'holiday', 'Christmas']);
  assert.deepEqual(look('2028-12-25T10:30:00Z'), [false, 'holiday', 'The last Christmas']);
  assert.deepEqual(look('2027-12-24T10:30:00Z'), [true, 'hours', null]);
  assert.deepEqual(look('2026-12-28T10:30:00Z'), [false, 'exception', null]);
  // Christmas gives way to Boxing Day at midnight in Berlin: the answer changes although both are closed.
  assert.equal(openingAt(special, null, at('2026-12-25T10:30:00Z')).untilMs, at('2026-12-25T23:00:00Z'));
  for (const forced of ['open', 'closed'] as const) {
    const found = openingAt(special, forced, at('2026-12-24T09:30:00Z'));
    assert.deepEqual([found.open, found.because], [forced === 'open', 'forced']);
  }
});

test('hours that go on past midnight are two days, and nothing changes at midnight', () => {
  const night = calendar({ weekly: everyDay(hours('00:00', '02:00'), hours('22:00', '24:00')) });
  const late = openingAt(night, null, at('2026-11-20T21:30:00Z'));
  assert.equal(late.open, true);
  assert.equal(late.untilMs, at('2026-11-21T01:00:00Z'));
});

test('what never closes is looked at for eight days, and a place that opens once a week says when', () => {
  const always = openingAt(calendar({ weekly: everyDay(hours('00:00', '24:00')) }), null, at('2026-11-20T21:30:00Z'));
  assert.deepEqual([always.open, always.untilMs], [true, at('2026-11-28T21:30:00Z')]);
  const saturday = [[], [], [], [], [], [hours('10:00', '11:00')], []];
  const after = openingAt(calendar({ weekly: saturday }), null, at('2026-11-21T10:00:00Z'));
  assert.deepEqual([after.open, after.untilMs], [false, at('2026-11-28T09:00:00Z')]);
});

test('hours that fall into the gap of spring begin when the gap is over, and end with it', () => {
  // On 28 March 2027 Berlin goes from 02:00 to 03:00, at 01:00 UTC.
  const through = calendar({ weekly: everyDay(hours('02:30', '04:00')) });
  assert.equal(openingAt(through, null, at('2027-03-28T00:59:00Z')).untilMs, at('2027-03-28T01:00:00Z'));
  assert.equal(openingAt(through, null, at('2027-03-28T01:00:00Z')).untilMs, at('2027-03-28T02:00:00Z'));
  const within = calendar({ weekly: everyDay(hours('02:15', '02:45')) });
  assert.equal(openingAt(within, null, at('2027-03-28T00:59:00Z')).untilMs, at('2027-03-29T00:15:00Z'));
});

test('hours of the hour that comes twice in autumn come twice; longer ones hold through both', () => {
  // On 25 October 2026 Berlin goes from 03:00 to 02:00, at 01:00 UTC.
  const twice = calendar({ weekly: everyDay(hours('02:15', '02:45')) });
  assert.equal(openingAt(twice, null, at('2026-10-25T00:15:00Z')).untilMs, at('2026-10-25T00:45:00Z'));
  assert.equal(openingAt(twice, null, at('2026-10-25T00:45:00Z')).untilMs, at('2026-10-25T01:15:00Z'));
  const long = calendar({ weekly: everyDay(hours('01:00', '05:00')) });
  assert.equal(openingAt(long, null, at('2026-10-24T23:00:00Z')).untilMs, at('2026-10-25T04:00:00Z'));
});

test('a calendar with an unknown zone is a broken invariant, for the check of the site refuses it', () => {
  assert.throws(() => openingAt(calendar({ timeZone: 'Mars/Olympus' }), null, 0), /unknown time zone/);
});

/** Moments around which clocks change or days are left out, by zone. */
const ZONES: readonly [string, readonly string[]][] = [
  ['Europe/Berlin', ['2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z']],
  ['America/New_York', ['2026-03-08T07:00:00Z', '2026-11-01T06:00:00Z']],
  ['Asia/Kolkata', ['2026-12-31T18:30:00Z']],
  ['Pacific/Apia', ['2011-12-30T10:00:00Z', '2021-04-03T14:00:00Z']],
  ['Africa/Cairo', ['2026-04-23T22:00:00Z', '2026-10-29T21:00:00Z']],
  ['America/Santiago', ['2026-09-06T04:00:00Z', '2026-04-05T03:00:00Z']],
  ['Australia/Lord_Howe', ['2026-10-03T15:30:00Z', '2026-04-04T15:00:00Z']],
];

/** Reads the wall clock from Intl, minute by minute, and looks the minute up; knows nothing of offsets and changes. */
function oracle({ timeZone, weekly, holidays, exceptions }: Calendar): (atMs: number) => string {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (atMs) => {
    const part = Object.fromEntries(clock.formatToParts(atMs).map(({ type, value }) => [type, value]));
    const date = `${part['year']}-${part['month']}-${part['day']}`;
    const minute = Number(part['hour']) * 60 + Number(part['minute']);
    const within = (list: readonly Hours[]) => list.some(({ from, to }) => from <= minute && minute < to);
    const exception = exceptions.find((one) => one.date === date);
    if (exception) return `exception ${within(exception.hours)}`;
    const holiday = holidays.find((one) => one.date === date) ?? holidays.find((one) => date.endsWith(`-${one.date}`));
    if (holiday) return `${holiday.name} false`;
    const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part['weekday'] ?? '');
    return `hours ${within(weekly[weekday]!)}`;
  };
}

/** Hours of a day from edges, so that they come in order; an edge that stands twice makes two parts that touch. */
const someHours = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 1440 }), fc.constantFrom(0, 60, 120, 150, 180, 1380, 1440)), {
    maxLength: 6,
  })
  .map((edges) => {
    const inOrder = edges.toSorted((a, b) => a - b);
    return inOrder.flatMap((from, place): Hours[] => {
      const to = inOrder[place + 1];
      return place % 2 === 0 && to !== undefined && from < to ? [{ from, to }] : [];
    });
  });

const someCase = fc.constantFrom(...ZONES).chain(([timeZone, moments]) =>
  fc.constantFrom(...moments).chain((moment) => {
    const day = (shift: number) => new Date(at(moment) + shift * 24 * HOUR_MS).toISOString().slice(0, 10);
    const dates = fc.integer({ min: -1, max: 2 }).map(day);
    return fc.record({
      startMs: fc.integer({ min: -30 * 60, max: 6 * 60 }).map((shift) => at(moment) + shift * MINUTE_MS),
      calendar: fc.record({
        id: fc.constant('some'),
        timeZone: fc.constant(timeZone),
        weekly: fc.array(someHours, { minLength: 7, maxLength: 7 }),
        holidays: fc.array(
          fc.tuple(dates, fc.boolean()).map(([date, yearly]) => ({
            date: yearly ? date.slice(5) : date,
            name: yearly ? 'yearly' : 'once',
          })),
          { maxLength: 2 },
        ),
        exceptions: fc.uniqueArray(fc.record({ date: dates, hours: someHours }), {
          maxLength: 2,
          selector: ({ date }) => date,
        }),
      }),
    });
  }),
);

test('around every change of the clocks the answer is that of a clock read minute by minute, and holds exactly until it says', () => {
  fc.assert(
    fc.property(someCase, fc.integer({ min: 0, max: 59_999 }), ({ startMs, calendar: one }, restMs) => {
      const naive = oracle(one);
      const inWords = (atMs: number) => {
        const { open, because, holiday } = openingAt(one, null, atMs);
        return `${holiday ?? because} ${open}`;
      };
      let atMs = startMs + restMs;
      // Two days from change to change, each minute between compared.
      for (const endMs = atMs + 48 * HOUR_MS; atMs < endMs; ) {
        const words = inWords(atMs);
        const { untilMs } = openingAt(one, null, atMs);
        assert.ok(untilMs > atMs && untilMs <= atMs + 8 * 24 * HOUR_MS);
        const seen = Math.min(untilMs, endMs);
        for (let minute = atMs; minute < seen; minute += MINUTE_MS) {
          assert.equal(naive(minute), words, new Date(minute).toISOString());
        }
        assert.equal(naive(seen - 1), words, 'the last ms before the change');
        if (untilMs < endMs) assert.notEqual(naive(untilMs), words, `no change at ${new Date(untilMs).toISOString()}`);
        atMs = untilMs;
      }
    }),
    { numRuns: 60 },
  );
});
