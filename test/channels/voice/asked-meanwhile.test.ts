import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallInventory, Inventory } from '../../../src/channels/channel.ts';
import { withAsked } from '../../../src/channels/voice/adopt.ts';
import { doorAlone, refused } from './door-alone.ts';

// What was asked of Asterisk while it was being listed, or while something else was being taken away.

const CALLS: CallInventory = { legs: [], places: [], lines: [], watches: [], recordings: [] };
const NOTHING: Inventory = { askedAtMs: 0, contacts: [], offers: [], talks: [], phones: [], calls: CALLS };
const ring = {
  do: 'ring',
  offerId: 'c1.1',
  contactId: 'c1',
  agentId: 'anna',
  from: '+1',
  deadlineMs: 1_700_000_020_000,
} as const;
const dial = {
  do: 'dial',
  contactId: 'c1',
  legId: 'c1.l1-a',
  purpose: 'consult',
  target: { to: 'agent', agentId: 'ben' },
  way: null,
  headers: {},
  deadlineMs: 1_700_000_020_000,
  detectMachine: false,
} as const;

test('a leg of which Asterisk has not said yet whether there will be one is not lost, and afterwards it is looked for', async () => {
  const { ear, do: perform, settled } = doorAlone();
  perform(ring);
  perform(dial);
  const unanswered = ear.legs.unanswered();
  const seen = withAsked(NOTHING, ear, unanswered);
  assert.deepEqual(seen.offers, [{ offerId: 'c1.1', agentId: 'anna', up: false }]);
  assert.deepEqual(seen.calls?.legs, [{ legId: 'c1.l1-a', contactId: 'c1', purpose: 'consult', up: false }]);
  // One that the listing shows already is not added a second time.
  const listed = { ...NOTHING, offers: [{ offerId: 'c1.1', agentId: 'anna', up: true }] };
  assert.deepEqual(withAsked(listed, ear, unanswered).offers, listed.offers);
  await settled();
  assert.deepEqual(ear.legs.unanswered(), []);
});

test('a leg that Asterisk refused meanwhile is lost', async () => {
  const { ear, do: perform, answers, settled } = doorAlone();
  answers.set('channels.originateWithId', refused('ari.failed'));
  perform(ring);
  const unanswered = ear.legs.unanswered();
  await settled();
  assert.deepEqual(withAsked(NOTHING, ear, unanswered).offers, []);
});

test('a place that was just being taken away is made once more, and once only', async () => {
  const { do: perform, askedNow, answers, settled } = doorAlone();
  answers.set('bridges.addChannel', refused('ari.not_found'));
  perform({ do: 'join', contactId: 'c1', place: 'talk', legIds: ['c1', 'c1.1'] });
  for (let turn = 0; turn < 5; turn += 1) await settled();
  const asked = askedNow().filter((operation) => operation.startsWith('bridges.'));
  const once = ['bridges.createWithId', 'bridges.addChannel'];
  assert.deepEqual(asked.slice(0, 4), [...once, ...once]);
  assert.equal(asked.filter((operation) => operation === 'bridges.createWithId').length, 2);
});
