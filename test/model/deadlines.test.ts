import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Deadlines } from '../../src/model/deadlines.ts';

test('deadlines come up in the order of their moments, and equal moments in the order of their names', () => {
  const deadlines = new Deadlines<'step'>();
  for (const [name, atMs] of [
    ['c', 20],
    ['b', 10],
    ['a', 10],
    ['d', 5],
  ] as const) {
    deadlines.set('step', name, atMs);
  }
  assert.equal(deadlines.next(), 5);
  assert.deepEqual(
    [1, 2, 3].map(() => deadlines.takeDue(10)?.id),
    ['d', 'a', 'b'],
  );
  assert.equal(deadlines.takeDue(10), undefined);
  assert.equal(deadlines.next(), 20);
});

test('whatever is set, set again and cleared, what is due is what a plain list says', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const step = fc.oneof(
    fc.record({ name, atMs: fc.integer({ min: 0, max: 50 }) }),
    fc.record({ many: fc.array(fc.tuple(name, fc.integer({ min: 0, max: 50 })), { maxLength: 5 }) }),
    fc.record({ clear: name }),
    fc.record({ due: fc.integer({ min: 0, max: 50 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const deadlines = new Deadlines<'step'>();
      const plain = new Map<string, number>();
      for (const one of steps) {
        if ('atMs' in one) {
          deadlines.set('step', one.name, one.atMs);
          plain.set(one.name, one.atMs);
        } else if ('many' in one) {
          deadlines.setMany('step', one.many);
          for (const [id, atMs] of one.many) plain.set(id, atMs);
        } else if ('clear' in one) {
          deadlines.clear('step', one.clear);
          plain.delete(one.clear);
        } else {
          const due = [...plain]
            .filter(([, atMs]) => atMs <= one.due)
            .sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
          for (const [expected] of due) assert.equal(deadlines.takeDue(one.due)?.id, expected);
          assert.equal(deadlines.takeDue(one.due), undefined);
          for (const [expected] of due) plain.delete(expected);
        }
        assert.equal(deadlines.size, plain.size);
        assert.equal(deadlines.next(), plain.size === 0 ? undefined : Math.min(...plain.values()));
      }
    }),
  );
});
