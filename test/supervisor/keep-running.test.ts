import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChildEnd } from '../../src/supervisor/child.ts';
import { keepRunning, nextDelayMs, type Running } from '../../src/supervisor/keep-running.ts';

function process_(pid: number): Running & { die(): void } {
  let die = (): void => undefined;
  const ended = new Promise<ChildEnd>((resolve) => {
    die = () => resolve({ status: undefined, signal: 'SIGKILL' });
  });
  return { pid, ended, die: () => die(), stop: async () => die() };
}

test('the delay doubles up to ten seconds and begins anew after thirty seconds of life', () => {
  const delays: number[] = [];
  let delayMs: number | undefined;
  for (let i = 0; i < 8; i++) {
    delayMs = nextDelayMs(delayMs, 100);
    delays.push(delayMs);
  }
  assert.deepEqual(delays, [200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
  assert.equal(nextDelayMs(10_000, 30_000), 200);
});

test('a process that dies is started again, also after a start that failed, with a line each', async () => {
  const said: string[] = [];
  const second = process_(2);
  let starts = 0;
  let seen = (): void => undefined;
  const back = new Promise<void>((resolve) => {
    seen = resolve;
  });
  const first = process_(1);
  const kept = keepRunning(
    'It',
    first,
    async () => {
      starts++;
      if (starts === 1) throw new Error('Not yet.');
      return second;
    },
    (line) => {
      said.push(line);
      if (line.includes('runs again')) seen();
    },
  );
  first.die();
  await back;
  assert.equal(kept.pid(), 2);
  assert.deepEqual(said, [
    'It ended (by SIGKILL); it starts again in 0.2 s.',
    'It did not start; next try in 0.4 s. Not yet.',
    'It runs again (pid 2).',
  ]);
  await kept.stop();
  await kept.stop();
  assert.equal(starts, 2);
});
