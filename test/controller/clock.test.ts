import assert from 'node:assert/strict';
import { test } from 'node:test';
import { steadyClock } from '../../src/clock.ts';

const HOUR_MS = 3_600_000;

/** A machine whose clock can be set. */
function machine(wallMs = 1_000_000_000) {
  let passedMs = 0;
  let setMs = wallMs;
  const jumps: number[] = [];
  const clock = steadyClock({
    wall: () => setMs + passedMs,
    elapsed: () => passedMs,
    onJump: (byMs) => jumps.push(byMs),
  });
  return {
    clock,
    jumps,
    pass: (ms: number) => {
      passedMs += ms;
      return clock.now();
    },
    set: (byMs: number) => {
      setMs += byMs;
    },
  };
}

test('as long as nobody sets the machine’s clock, both tell the same', () => {
  const { clock, pass, jumps } = machine();
  assert.equal(clock.now(), 1_000_000_000);
  assert.equal(pass(12_345), 1_000_012_345);
  assert.deepEqual(jumps, []);
});

test('a clock that is set forward or back ends no wait early and none late, and people are told once', () => {
  for (const byMs of [HOUR_MS, -HOUR_MS]) {
    const { clock, pass, set, jumps } = machine();
    const before = clock.now();
    set(byMs);
    for (let second = 1; second <= 60; second++) {
      const waitedMs = pass(1000) - before;
      assert.ok(Math.abs(waitedMs - second * 1000) <= second * 10 + 1, `${waitedMs} ms after ${second} s`);
    }
    assert.deepEqual(jumps.length, 1);
    assert.ok(Math.abs(jumps[0]! - byMs) <= 1000);
  }
});

test('a small difference is made up, without a step', () => {
  const { pass, set, jumps } = machine();
  set(500);
  assert.equal(pass(10_000), 1_000_010_100);
  assert.equal(pass(100_000), 1_000_110_500);
  assert.deepEqual(jumps, []);
});

test('time never goes back, not even where the clock is set back again and again', () => {
  const { clock, pass, set } = machine();
  let last = clock.now();
  for (let turn = 0; turn < 100; turn++) {
    set(-60_000);
    const next = pass(turn % 3);
    assert.ok(next >= last);
    last = next;
  }
});

test('after a restart time goes on from what is in the journal, unless that was written by a clock far ahead', () => {
  const behind = machine();
  behind.clock.notBefore(1_000_600_000);
  assert.equal(behind.pass(1000), 1_000_600_990);
  const wrong = machine();
  wrong.clock.notBefore(1_000_000_000 + 24 * HOUR_MS);
  assert.equal(wrong.pass(1000), 1_000_001_000);
});
