import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SortedLine, standsBefore } from '../../src/acd/routing/sorted-line.ts';

type Standing = { readonly contactId: string; readonly key: number };

function inOrder(items: readonly Standing[]): Standing[] {
  return items.toSorted((a, b) => (standsBefore(a, b) ? -1 : 1));
}

function agrees(line: SortedLine<Standing>, plain: readonly Standing[]): void {
  const sorted = inOrder(plain);
  assert.deepEqual([...line], sorted);
  assert.equal(line.length, sorted.length);
  assert.equal(line.first(), sorted[0]);
  assert.equal(line.last(), sorted.at(-1));
  sorted.forEach((item, at) => {
    assert.equal(line.ahead(item), at);
    assert.equal(line.at(at), item);
  });
  assert.equal(line.at(sorted.length), undefined);
  assert.deepEqual(line.toArray(), sorted);
}

test('whatever comes and goes, a line is what sorting anew would give', () => {
  const key = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(fc.array(fc.record({ key, leave: fc.boolean(), which: fc.nat() }), { maxLength: 120 }), (steps) => {
      const line = new SortedLine<Standing>();
      const plain: Standing[] = [];
      steps.forEach((step, at) => {
        if (step.leave && plain.length > 0) {
          const [gone] = plain.splice(step.which % plain.length, 1);
          assert.equal(line.remove(gone!), true);
          assert.equal(line.remove(gone!), false);
        } else {
          const item = { contactId: `c${at}`, key: step.key };
          line.insert(item);
          plain.push(item);
        }
        agrees(line, plain);
      });
    }),
    { numRuns: 100 },
  );
});

test('a line that is longer than many chunks stays in order when it is filled from both ends and emptied from the middle', () => {
  const line = new SortedLine<Standing>();
  const plain: Standing[] = [];
  for (let at = 0; at < 4000; at++) {
    const item = { contactId: `c${at}`, key: at % 2 === 0 ? at : -at };
    line.insert(item);
    plain.push(item);
  }
  agrees(line, plain);
  const kept = plain.filter((item, at) => at % 3 !== 0 || !line.remove(item));
  agrees(line, kept);
  for (const item of inOrder(kept)) {
    assert.equal(line.first(), item);
    line.remove(item);
  }
  assert.equal(line.first(), undefined);
  agrees(SortedLine.of(inOrder(plain)), plain);
});
