import assert from 'node:assert/strict';
import { test } from 'node:test';
import { currentVersion, type Lifts, lift } from '../../src/journal/lift.ts';

/** Made up: version 2 of the kind named the digit, version 3 made it a list. */
const lifts: Lifts = {
  'digit.received': [
    ({ key, ...rest }) => ({ ...rest, digit: key }),
    ({ digit, ...rest }) => ({ ...rest, digits: [digit] }),
  ],
};

test('an old event is lifted through every version to the newest', () => {
  assert.equal(currentVersion('digit.received', lifts), 3);
  const newest = { kind: 'digit.received', digits: ['5'] };
  assert.deepEqual(lift(1, { kind: 'digit.received', key: '5' }, lifts), newest);
  assert.deepEqual(lift(2, { kind: 'digit.received', digit: '5' }, lifts), newest);
  assert.deepEqual(lift(3, newest, lifts), newest);
});

test('a kind without lifts is version 1 and comes back as it is', () => {
  const event = { kind: 'offer.rang', atMs: 1, offerId: 'c.o1-k3x9' };
  assert.equal(currentVersion('offer.rang', lifts), 1);
  assert.equal(lift(1, event, lifts), event);
});

test('a version from a newer release is refused', () => {
  assert.throws(() => lift(4, { kind: 'digit.received' }, lifts), { code: 'journal.newer' });
  assert.throws(() => lift(2, { kind: 'offer.rang' }, lifts), { code: 'journal.newer' });
});
