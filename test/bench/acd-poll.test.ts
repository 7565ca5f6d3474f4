import assert from 'node:assert/strict';
import test from 'node:test';
import { type Calls, pollWaits } from './acd-poll.ts';

const PLAIN: Calls = {
  agents: 1,
  arrivalsMs: [0, 100, 200],
  handlesMs: [2_000, 3_000, 1_000],
  firstUnanswered: [false, false, false],
  laterUnanswered: () => false,
  answerWithinMs: 15_000,
  restMs: 5_000,
};

test('a caller who looks every second goes at the first of its looks at which an agent is free', () => {
  const waits = pollWaits(PLAIN, { by: 'caller', everyMs: 1_000, retryMs: 5_000 });
  // The agent is free at 2000 and the second caller looks at 2100; free again at 5100, and the third looks at 5200.
  assert.deepEqual([...waits], [0, 2_000, 5_000]);
});

test('a tick serves the line only when it comes, also those who find an agent free', () => {
  const waits = pollWaits(PLAIN, { by: 'tick', everyMs: 1_000 });
  assert.deepEqual([...waits], [0, 1_900, 4_800]);
  const late = pollWaits({ ...PLAIN, arrivalsMs: [1, 9_001, 20_001] }, { by: 'tick', everyMs: 1_000 });
  assert.deepEqual([...late], [999, 999, 999]);
});

test('a caller whose agent did not answer sleeps before it looks again, and lets others go meanwhile', () => {
  const calls = { ...PLAIN, agents: 2, firstUnanswered: [true, false, false] };
  const waits = pollWaits(calls, { by: 'caller', everyMs: 1_000, retryMs: 5_000 });
  // It rings in vain for 15 s; the second agent takes the two others one after the other, and is free when the sleep is over.
  assert.deepEqual([...waits], [20_000, 0, 3_000]);
});
