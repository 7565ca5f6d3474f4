import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fromSnapshot, toSnapshot } from '../../src/controller/snapshot.ts';
import { apply, emptyState, type State } from '../../src/controller/state.ts';
import type { Event } from '../../src/model/event.ts';
import { saveOutbound } from '../../src/outbound/saved.ts';
import { type Happening, PlaceDay, WHAT } from './place-day.ts';

const happening: fc.Arbitrary<Happening> = fc.record({
  what: fc.constantFrom(...WHAT),
  which: fc.nat({ max: 20 }),
  ms: fc.constantFrom(1, 500, 5000, 20_000, 70_000),
});

function live(day: readonly Happening[]): PlaceDay {
  const lived = new PlaceDay();
  for (const one of day) lived.do(one);
  return lived;
}

test('on random days nobody who waits, on the line or at home, is overtaken by one who came to wait later', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 150, size: 'max' }), (day) => {
      assert.deepEqual(live(day).inversions, []);
    }),
    { numRuns: 200 },
  );
});

test('a long day: thousands of calls and callbacks with their retries, and not one is overtaken', () => {
  const [day] = fc.sample(fc.array(happening, { minLength: 12_000, maxLength: 12_000, size: 'max' }), {
    numRuns: 1,
    seed: 7,
  });
  const lived = live(day!);
  assert.deepEqual(lived.inversions.slice(0, 5), []);
  const figures = [lived.count('order.placed'), lived.count('order.attempted'), lived.count('contact.connected')];
  // The day holds what it is about.
  assert.ok(figures[0]! > 300 && figures[1]! > 300 && figures[2]! > 1000, String(figures));
});

const orders = ({ outbound }: State): string => JSON.stringify(saveOutbound(outbound));

test('the journal of such a day, applied again from anywhere, gives the same orders with the same deadlines', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 120, size: 'max' }), fc.nat(), (day, cut) => {
      const { rooms } = live(day);
      const journal = JSON.parse(JSON.stringify(rooms.journal)) as Event[];
      const at = cut % (journal.length + 1);
      const first = emptyState();
      for (const event of journal.slice(0, at)) apply(first, event);
      const back = fromSnapshot(JSON.parse(JSON.stringify(toSnapshot(first, journal[at - 1]?.atMs ?? 0))));
      assert.equal(orders(back), orders(first));
      for (const event of journal.slice(at)) apply(back, event);
      assert.equal(orders(back), orders(rooms.state));
      for (const id of back.outbound.orders.keys()) {
        const due = rooms.state.outbound.deadlines.of('order', id);
        assert.equal(back.outbound.deadlines.of('order', id), due);
      }
    }),
    { numRuns: 100 },
  );
});
