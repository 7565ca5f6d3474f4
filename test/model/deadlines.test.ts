import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Deadline, Deadlines, deadline } from '../../src/model/deadlines.ts';

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

/** Either all are set by name, or all are kept: a kind is the one or the other. */
function setsOf(deadlines: Deadlines<'step'>, kept: boolean) {
  const known = new Map<string, Deadline<'step'>>();
  const of = (id: string): Deadline<'step'> => {
    const one = known.get(id) ?? deadline('step', id);
    known.set(id, one);
    return one;
  };
  if (!kept) {
    return {
      set: (id: string, atMs: number): void => deadlines.set('step', id, atMs),
      setMany: (many: readonly (readonly [string, number])[]): void =>
        many.forEach(([id, atMs]) => {
          deadlines.set('step', id, atMs);
        }),
      clear: (id: string): void => deadlines.clear('step', id),
      momentOf: (id: string): number | undefined => deadlines.of('step', id),
    };
  }
  return {
    set: (id: string, atMs: number): void => deadlines.move(of(id), atMs),
    setMany: (many: readonly (readonly [string, number])[]): void =>
      deadlines.moveMany(
        many.map(([id]) => of(id)),
        many.map(([, atMs]) => atMs),
      ),
    clear: (id: string): void => deadlines.stop(of(id)),
    momentOf: (id: string): number | undefined => deadlines.momentOf(of(id)),
  };
}

for (const kept of [false, true]) {
  test(`whatever is set, set again and cleared, what is due is what a plain list says: ${kept ? 'kept' : 'by name'}`, () => {
    const names = Array.from({ length: 30 }, (_, at) => `n${at}`);
    const name = fc.constantFrom(...names);
    const step = fc.oneof(
      fc.record({ name, atMs: fc.integer({ min: 0, max: 50 }) }),
      fc.record({ many: fc.array(fc.tuple(name, fc.integer({ min: 0, max: 50 })), { maxLength: 30 }) }),
      fc.record({ clear: name }),
      fc.record({ due: fc.integer({ min: 0, max: 50 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const deadlines = new Deadlines<'step'>();
        const sets = setsOf(deadlines, kept);
        const plain = new Map<string, number>();
        for (const one of steps) {
          if ('atMs' in one) {
            sets.set(one.name, one.atMs);
            plain.set(one.name, one.atMs);
          } else if ('many' in one) {
            sets.setMany(one.many);
            for (const [id, atMs] of one.many) plain.set(id, atMs);
          } else if ('clear' in one) {
            sets.clear(one.clear);
            plain.delete(one.clear);
          } else {
            const due = [...plain]
              .filter(([, atMs]) => atMs <= one.due)
              .sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
            for (const [id, atMs] of due) assert.deepEqual(deadlines.takeDue(one.due), { kind: 'step', id, atMs });
            assert.equal(deadlines.takeDue(one.due), undefined);
            for (const [expected] of due) plain.delete(expected);
          }
          assert.equal(deadlines.size, plain.size);
          assert.equal(deadlines.next(), plain.size === 0 ? undefined : Math.min(...plain.values()));
          for (const id of names) assert.equal(sets.momentOf(id), plain.get(id));
        }
      }),
    );
  });
}

test('many more deadlines than there is room for at first come up in order', () => {
  const deadlines = new Deadlines<'step'>();
  for (let at = 0; at < 1000; at++) deadlines.set('step', `n${at}`, (at * 7919) % 1000);
  const moments: number[] = [];
  for (let due = deadlines.takeDue(1000); due; due = deadlines.takeDue(1000)) moments.push(due.atMs);
  assert.deepEqual(
    moments,
    Array.from({ length: 1000 }, (_, at) => at),
  );
});
