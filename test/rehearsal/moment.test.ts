import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeZoneNamed } from '../../src/model/time-zone.ts';
import { isMoment, momentOf } from '../../src/rehearsal/moment.ts';

const BERLIN = timeZoneNamed('Europe/Berlin')!;
const iso = (written: string): string => new Date(momentOf(written, BERLIN)!).toISOString();

test('a moment without a zone is by the clock of the site, in summer and in winter', () => {
  assert.equal(iso('2026-12-01T10:00:00'), '2026-12-01T09:00:00.000Z');
  assert.equal(iso('2026-07-01 10:00'), '2026-07-01T08:00:00.000Z');
  assert.equal(iso('2026-07-01T10:00:00Z'), '2026-07-01T10:00:00.000Z');
  assert.equal(iso('2026-07-01T10:00+05:30'), '2026-07-01T04:30:00.000Z');
});

test('on the days when clocks are changed each hour but the changed one is right, and that one is near', () => {
  assert.equal(iso('2026-03-29T01:59:00'), '2026-03-29T00:59:00.000Z');
  assert.equal(iso('2026-03-29T03:00:00'), '2026-03-29T01:00:00.000Z');
  assert.equal(iso('2026-10-25T01:59:00'), '2026-10-24T23:59:00.000Z');
  assert.equal(iso('2026-10-25T03:00:00'), '2026-10-25T02:00:00.000Z');
  const missing = momentOf('2026-03-29T02:30:00', BERLIN)!;
  assert.ok(Math.abs(missing - Date.parse('2026-03-29T01:00:00Z')) <= 3_600_000);
});

test('what is no moment is none', () => {
  const texts = [
    '',
    'noon',
    '2026-12-01',
    '2026-13-01T10:00',
    '2026-02-29T10:00',
    '2026-12-01T25:00',
    '2026-12-01T10:61',
  ];
  for (const text of texts) assert.equal(isMoment(text), false, text);
  assert.equal(isMoment('2028-02-29T10:00'), true);
});
