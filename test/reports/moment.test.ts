import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isoOf } from '../../src/reports/moment.ts';

test('a moment is written as the clock of the machine would write it', () => {
  for (const atMs of [0, -1, 951_782_400_000, 1_709_164_800_000, 4_102_444_799_999]) {
    assert.equal(isoOf(atMs), new Date(atMs).toISOString());
  }
  const range = { min: Date.parse('0001-01-01T00:00:00Z'), max: Date.parse('9999-12-31T23:59:59Z') };
  fc.assert(fc.property(fc.integer(range), (atMs) => isoOf(atMs) === new Date(atMs).toISOString()));
});
