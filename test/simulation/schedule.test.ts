import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Schedule } from '../../src/simulation/schedule.ts';

test('entries come up by moment, and those of one moment in the order in which they were added', () => {
  // More than the first size of its arrays, and with moments taken out in between.
  const moment = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constant(null));
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 3000, size: 'max' }), (steps) => {
      const schedule = new Schedule<number>();
      let model: { atMs: number; subject: number }[] = [];
      const takeOne = (): void => {
        model = model.toSorted((a, b) => a.atMs - b.atMs);
        const expected = model.shift();
        assert.equal(schedule.nextMs(), expected?.atMs ?? Number.POSITIVE_INFINITY);
        if (!expected) return;
        assert.equal(schedule.nextSubject(), expected.subject);
        assert.equal(schedule.nextKind(), expected.subject % 7);
        schedule.removeNext();
      };
      for (const [subject, atMs] of steps.entries()) {
        if (atMs === null) takeOne();
        else {
          schedule.add(atMs, subject % 7, subject);
          model.push({ atMs, subject });
        }
        assert.equal(schedule.size, model.length);
      }
      while (model.length > 0) takeOne();
      takeOne();
    }),
    { numRuns: 20 },
  );
});

test('it grows beyond the places that it begins with', () => {
  const schedule = new Schedule<number>();
  for (let at = 5000; at > 0; at--) schedule.add(at, 0, at);
  for (let at = 1; at <= 5000; at++) {
    assert.equal(schedule.nextSubject(), at);
    schedule.removeNext();
  }
  assert.equal(schedule.nextMs(), Number.POSITIVE_INFINITY);
});
