import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks again and again until the answer is there; the bound is for a machine that is busy with other things. The error
 * says what was awaited and what was there instead.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  options: { withinMs?: number; everyMs?: number; seen?: () => unknown } = {},
): Promise<T> {
  const { withinMs = 15_000, everyMs = 25, seen } = options;
  const end = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > end) {
      const instead = seen ? ` Seen instead: ${JSON.stringify(await seen())}` : '';
      throw new Error(`waited ${withinMs} ms in vain until ${what}.${instead}`);
    }
    await pause(everyMs);
  }
}
