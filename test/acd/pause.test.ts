import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Dispatcher, decided, rings } from './dispatcher.ts';
import { site } from './site.ts';

// Pauses with reasons and limits.

const REASONS = {
  '1': { name: 'lunch', limitMs: 600_000, atLimit: 'tell' },
  '2': { name: 'coffee', limitMs: 60_000, atLimit: 'ready' },
  '3': { name: 'home', limitMs: 60_000, atLimit: 'log_out' },
  '4': { name: 'meeting', limitMs: null, atLimit: 'ready' },
} as const;

function pausing(reason: string): Dispatcher {
  const acd = new Dispatcher(site({ anna: {} }, { sales: {} }, { pauseReasons: REASONS }));
  acd.ready('anna');
  acd.pause('anna', reason);
  acd.queue('c1');
  return acd;
}

test('at the limit: told once, or ready again, or logged out', () => {
  const lunch = pausing('lunch');
  assert.deepEqual(decided(lunch.pass(599_999)), []);
  assert.deepEqual(decided(lunch.pass(1)), ['agent.pause_overran']);
  assert.deepEqual(decided(lunch.pass(3_600_000)), []);
  assert.deepEqual(decided(pausing('coffee').pass(60_000)), ['agent.pause_overran', 'agent.readied', 'offer.made']);
  const home = pausing('home');
  assert.deepEqual(decided(home.pass(60_000)), ['agent.pause_overran', 'agent.logged_out']);
  assert.equal(home.state.agents.get('anna')!.loggedIn, false);
});

test('a reason without a limit, and one that nobody knows, last as long as the agent likes', () => {
  for (const reason of ['meeting', 'something else']) assert.deepEqual(decided(pausing(reason).pass(86_400_000)), []);
});

test('a limit that is over before the pause is ended by hand does nothing afterwards', () => {
  const acd = pausing('coffee');
  acd.pass(30_000);
  assert.deepEqual(rings(acd.sayReady('anna')), ['anna c1']);
  acd.hangUp('c1');
  assert.deepEqual(decided(acd.pass(60_000)), []);
});

test('a second pause replaces the first, with its own limit', () => {
  const acd = pausing('coffee');
  acd.pass(30_000);
  acd.pause('anna', 'lunch');
  assert.deepEqual(decided(acd.pass(599_999)), []);
  assert.deepEqual(decided(acd.pass(1)), ['agent.pause_overran']);
});

test('a pause does not end a talk, and what the agent has in hand stays', () => {
  const acd = new Dispatcher(site({ anna: {} }, { sales: {} }, { pauseReasons: REASONS }));
  acd.ready('anna');
  acd.talk('c1');
  assert.deepEqual(decided(acd.pause('anna')), []);
  assert.deepEqual(acd.hand('anna'), ['talking c1']);
  acd.hangUp('c1');
  assert.deepEqual(rings(acd.queue('c2')), []);
});
