import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { startOfDay, startOfNamedDay, type TimeZone } from '../../src/model/time-zone.ts';
import {
  INTERVAL_NAMES,
  type Interval,
  type IntervalName,
  intervalAt,
  splitIntoIntervals,
} from '../../src/reports/intervals.ts';
import { timeZone } from '../../src/reports/time-zone.ts';

const HOUR_MS = 3_600_000;
const at = (iso: string) => Date.parse(iso);

function zone(name: string): TimeZone {
  const found = timeZone(name);
  assert.ok(found.ok);
  return found.value;
}

function split(from: string, to: string, interval: IntervalName, name = 'UTC'): Interval[] {
  const found = splitIntoIntervals({ fromMs: at(from), toMs: at(to) }, interval, zone(name));
  assert.ok(found.ok);
  return found.value;
}

const hoursOf = (intervals: Interval[]) => intervals.map(({ fromMs, toMs }) => (toMs - fromMs) / HOUR_MS);

test('intervals begin at round times; the first and the last are cut to the span', () => {
  const quarters = split('2026-11-20T09:07:00Z', '2026-11-20T09:40:00Z', '15m');
  assert.deepEqual(
    quarters.map(({ fromMs }) => new Date(fromMs).toISOString().slice(11, 16)),
    ['09:07', '09:15', '09:30'],
  );
  assert.equal(quarters.at(-1)?.toMs, at('2026-11-20T09:40:00Z'));
  assert.equal(split('2026-11-20T09:07:00Z', '2026-11-25T09:40:00Z', 'whole').length, 1);
});

test('the day on which the clocks go forward has 23 hours, the day on which they go back 25', () => {
  assert.deepEqual(hoursOf(split('2026-03-27T23:00:00Z', '2026-03-30T22:00:00Z', '1d', 'Europe/Berlin')), [24, 23, 24]);
  assert.deepEqual(hoursOf(split('2026-10-23T22:00:00Z', '2026-10-26T23:00:00Z', '1d', 'Europe/Berlin')), [24, 25, 24]);
  assert.deepEqual(hoursOf(split('2026-03-28T00:00:00Z', '2026-03-31T00:00:00Z', '1d')), [24, 24, 24]);
});

test('a day that begins at one o’clock, because the clocks change at midnight, begins there', () => {
  // In Chile the clock goes from 23:59:59 to 01:00 on the first Sunday after 2 September.
  assert.deepEqual(hoursOf(split('2026-09-05T04:00:00Z', '2026-09-07T03:00:00Z', '1d', 'America/Santiago')), [24, 23]);
  assert.equal(startOfDay(at('2026-09-06T12:00:00Z'), zone('America/Santiago')), at('2026-09-06T04:00:00Z'));
});

test('hours begin at the full hours of the zone, also where it is half an hour apart', () => {
  const [, second] = split('2026-11-20T09:00:00Z', '2026-11-20T11:00:00Z', '1h', 'Asia/Kolkata');
  assert.equal(second?.fromMs, at('2026-11-20T09:30:00Z'));
});

test('a date begins when the zone says', () => {
  const midnight = at('2026-11-20T00:00:00Z');
  for (const [name, iso] of [
    ['UTC', '2026-11-20T00:00:00Z'],
    ['Pacific/Kiritimati', '2026-11-19T10:00:00Z'],
    ['Pacific/Pago_Pago', '2026-11-20T11:00:00Z'],
    ['Asia/Kathmandu', '2026-11-19T18:15:00Z'],
  ] as const) {
    assert.equal(startOfNamedDay('2026-11-20', midnight, zone(name)), at(iso), name);
    assert.equal(startOfDay(at(iso), zone(name)), at(iso), name);
    assert.equal(startOfDay(at(iso) + HOUR_MS, zone(name)), at(iso), name);
  }
});

test('what has no end, no bound or no zone is refused by its code', () => {
  const utc = zone('UTC');
  const code = (fromMs: number, toMs: number, interval: IntervalName) => {
    const found = splitIntoIntervals({ fromMs, toMs }, interval, utc);
    return found.ok ? found.value.length : found.failure.code;
  };
  assert.equal(code(5, 5, '1h'), 'report.range_empty');
  assert.equal(code(6, 5, '1h'), 'report.range_empty');
  assert.equal(code(0, 400 * 24 * HOUR_MS, '1d'), 400);
  assert.equal(code(0, 400 * 24 * HOUR_MS + 1, '1d'), 'report.range_too_long');
  assert.equal(code(0, 10_000 * 300_000, '5m'), 10_000);
  assert.equal(code(0, 10_000 * 300_000 + 1, '5m'), 'report.too_many_rows');
  const unknown = timeZone('Mars/Olympus');
  assert.equal(unknown.ok ? '' : unknown.failure.code, 'report.timezone_unknown');
});

test('whatever the span and the zone, the intervals cover it without gap, and each moment is found in its own', () => {
  const zones = ['UTC', 'Europe/Berlin', 'America/Santiago', 'Australia/Lord_Howe', 'Asia/Kathmandu'].map(zone);
  const fromMs = fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') });
  fc.assert(
    fc.property(
      fromMs,
      fc.integer({ min: 1, max: 20 * 24 * HOUR_MS }),
      fc.constantFrom(...INTERVAL_NAMES),
      fc.constantFrom(...zones),
      fc.nat(999),
      (start, lengthMs, name, where, part) => {
        const found = splitIntoIntervals({ fromMs: start, toMs: start + lengthMs }, name, where);
        assert.ok(found.ok);
        assert.equal(found.value[0]?.fromMs, start);
        assert.equal(found.value.at(-1)?.toMs, start + lengthMs);
        for (const [place, interval] of found.value.entries()) {
          assert.ok(interval.fromMs < interval.toMs);
          if (place > 0) assert.equal(interval.fromMs, found.value[place - 1]?.toMs);
        }
        const moment = start + Math.floor((lengthMs * part) / 1000);
        const hit = found.value[intervalAt(found.value, moment)];
        assert.ok(hit && hit.fromMs <= moment && moment < hit.toMs);
        assert.equal(intervalAt(found.value, start - 1), -1);
        assert.equal(intervalAt(found.value, start + lengthMs), -1);
      },
    ),
  );
});
