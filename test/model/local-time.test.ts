import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateOf, dayOf, localMsOf, minuteOf, weekdayOf } from '../../src/model/local-time.ts';

test('date, weekday and minute of every day from 1600 to 2400 are those of the Gregorian calendar', () => {
  const last = dayOf(Date.parse('2400-12-31T00:00:00Z'));
  for (let day = dayOf(Date.parse('1600-01-01T00:00:00Z')); day <= last; day += 1) {
    const noon = new Date(localMsOf(day, 720));
    assert.equal(dateOf(day), noon.toISOString().slice(0, 10));
    assert.equal(weekdayOf(day), (noon.getUTCDay() + 6) % 7, dateOf(day));
  }
});

test('a moment lies in the minute that has begun, also before 1970', () => {
  const at = Date.parse('1969-12-31T23:59:59.999Z');
  assert.equal(dayOf(at), -1);
  assert.equal(minuteOf(at), 1439);
  assert.equal(minuteOf(0), 0);
});
