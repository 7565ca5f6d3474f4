import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromSnapshot, toSnapshot } from '../../src/controller/snapshot.ts';
import type { State } from '../../src/controller/state.ts';
import { canonical, LongDay, takeAsWritten } from './long-day.ts';
import { liveTwice } from './rerun.ts';

// The policy: the same events in give the same decisions out, on any machine, in any process, from any snapshot.
// The long form of the first test is `npm run bench -- determinism`.

test('another process that is given what came in on a random day decides the same, with no difference', async () => {
  const { events, decisions, differences, sameState } = await liveTwice(1, 10_000);
  assert.ok(events >= 10_000, `${events} events`);
  assert.ok(decisions > 2500, `${decisions} decisions`);
  assert.equal(differences, 0);
  assert.ok(sameState, 'the state at the end is another one');
});

/** A snapshot as it comes out of the database. */
function restored(state: State, atMs: number): State {
  return fromSnapshot(JSON.parse(JSON.stringify(toSnapshot(state, atMs))));
}

/** Byte by byte; a failure shows the first place that differs and not two whole states. */
function same(state: State, other: State, when: string): void {
  const [one, two] = [canonical(state), canonical(other)];
  if (one === two) return;
  let at = 0;
  while (one[at] === two[at]) at += 1;
  const shown = (text: string): string => text.slice(Math.max(0, at - 300), at + 200);
  assert.equal(shown(one), shown(two), when);
}

test('a day that is continued from a snapshot taken anywhere has the same state, byte by byte, and the same decisions', () => {
  const SNAPSHOTS_EVERY = 97;
  const INPUTS_COMPARED = 150;
  let inputs = 0;
  let compared = 0;
  let running: { state: State; until: number }[] = [];
  const day: LongDay = new LongDay(7, ({ input, decisions }) => {
    inputs += 1;
    for (const other of running) {
      assert.deepEqual(takeAsWritten(other.state, input), decisions, `input ${inputs}: ${JSON.stringify(input)}`);
      compared += decisions.length;
      if (inputs >= other.until) same(other.state, day.state, `after input ${inputs}`);
    }
    running = running.filter(({ until }) => inputs < until);
    if (inputs % SNAPSHOTS_EVERY !== 0) return;
    const state = restored(day.state, day.nowMs);
    same(state, day.state, `the snapshot after input ${inputs}`);
    running.push({ state, until: inputs + INPUTS_COMPARED });
  });
  day.live(8_000);
  assert.ok(compared > 2000, `${compared} decisions were compared`);
});
