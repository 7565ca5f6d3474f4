import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPassedOver } from '../../src/controller/passed-over.ts';
import type { Event } from '../../src/model/event.ts';
import { Rooms } from './hall-state.ts';

test('what a door tells of an unknown contact or a stale offer is recognised, changes nothing and throws nothing', () => {
  const rooms = new Rooms();
  rooms.readyAgent();
  rooms.arrive('c1');
  rooms.press('c1', '1');
  const [offerId] = rooms.state.acd.items.get('c1')!.offers;
  const atMs = rooms.nowMs;
  assert.equal(isPassedOver(rooms.state, { kind: 'offer.rang', atMs, offerId: offerId! }), false);
  const stale: Event[] = [
    { kind: 'offer.answered', atMs, offerId: 'c9.o1-0' },
    { kind: 'offer.failed', atMs, offerId: 'c9.o1-0', cause: 'busy' },
    { kind: 'offer.ended', atMs, offerId: 'c9.o1-0', cause: 'hung_up' },
    { kind: 'contact.ended', atMs, contactId: 'c9', cause: 'hung_up', endedBy: 'customer' },
    { kind: 'digit.received', atMs, contactId: 'c9', digit: '1' },
  ];
  for (const event of stale) {
    assert.equal(isPassedOver(rooms.state, event), true, event.kind);
    assert.equal(rooms.take(event).length, 1, event.kind);
  }
  assert.deepEqual(rooms.state.acd.items.get('c1')!.offers, [offerId]);
});
