import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { restoreCalls, saveCalls } from '../../src/calls/saved.ts';
import { apply, emptyState } from '../../src/controller/state.ts';
import { type Happening, happening, live, readBack } from './random-calls.ts';

const RUNS = 150;
const HAPPENINGS_MAX = 80;

const days: fc.Arbitrary<Happening[]> = fc.array(happening, { minLength: 20, maxLength: HAPPENINGS_MAX, size: 'max' });

test('whatever happens in whatever order: no leg is left over, nobody is in two places, and nobody waits for ever', () => {
  fc.assert(
    fc.property(days, (day) => {
      const room = live(day);
      // In the end everybody hangs up, and nothing at all is left.
      for (const contactId of [...room.state.contacts.keys()]) room.customerEnds(contactId);
      room.pass(60_000);
      assert.deepEqual([...room.calls.calls.keys()], []);
      assert.deepEqual([...room.calls.consults.keys()], []);
      assert.deepEqual([...room.calls.outside.keys()], []);
      assert.deepEqual([...room.calls.rooms.keys()], []);
      assert.equal(room.calls.deadlines.size, 0);
      assert.equal(room.state.acd.items.size, 0);
    }),
    { numRuns: RUNS },
  );
});

test('the events alone give the same state, and so does a snapshot', () => {
  fc.assert(
    fc.property(days, (day) => {
      const room = live(day);
      const again = emptyState();
      for (const event of readBack(room.journal)) apply(again, event);
      const saved = saveCalls(room.calls);
      assert.deepEqual(saveCalls(again.calls), saved);
      const back = restoreCalls(JSON.parse(JSON.stringify(saved)), room.calls.site);
      assert.equal(JSON.stringify(saveCalls(back)), JSON.stringify(saved));
      for (const call of room.calls.calls.values()) {
        for (const legId of call.legs.keys()) {
          assert.equal(back.deadlines.of('leg', legId), room.calls.deadlines.of('leg', legId));
        }
        for (const kind of ['whisper', 'decision', 'far_talk'] as const) {
          assert.equal(back.deadlines.of(kind, call.contactId), room.calls.deadlines.of(kind, call.contactId), kind);
        }
      }
    }),
    { numRuns: RUNS },
  );
});
