import { setTimeout as pause } from 'node:timers/promises';
import type { ChildEnd } from './child.ts';

const DELAY_FIRST_MS = 200;
const DELAY_MAX_MS = 10_000;
/** A process that lived this long is taken to be well: its next death is answered at once again. */
const LIVED_WELL_MS = 30_000;

/** Something that was started, ends some day, and can be stopped. */
export type Running = {
  readonly pid: number;
  readonly ended: Promise<ChildEnd>;
  stop(): Promise<void>;
};

/** How long to wait before the next start: 0.2 s, doubled up to 10 s, and 0.2 s again after 30 s of life. */
export function nextDelayMs(previousMs: number | undefined, livedMs: number): number {
  if (previousMs === undefined || livedMs >= LIVED_WELL_MS) return DELAY_FIRST_MS;
  return Math.min(previousMs * 2, DELAY_MAX_MS);
}

/**
 * Starts a process again whenever it dies, until `stop` is called. Each death and each failed start is one line.
 * `stop` rejects as the process's own `stop` does, and may be called twice.
 */
export function keepRunning(
  name: string,
  first: Running,
  start: () => Promise<Running>,
  say: (line: string) => void,
): { pid(): number; stop(): Promise<void> } {
  const stopping = new AbortController();
  let current = first;
  const watch = async (): Promise<void> => {
    let delayMs: number | undefined;
    let startedAtMs = performance.now();
    for (;;) {
      const end = await current.ended;
      if (stopping.signal.aborted) return;
      delayMs = nextDelayMs(delayMs, performance.now() - startedAtMs);
      say(`${name} ended (${describe(end)}); it starts again in ${delayMs / 1000} s.`);
      for (;;) {
        await pause(delayMs, undefined, { signal: stopping.signal }).catch(() => undefined);
        if (stopping.signal.aborted) return;
        startedAtMs = performance.now();
        try {
          current = await start();
          break;
        } catch (error) {
          delayMs = nextDelayMs(delayMs, 0);
          say(
            `${name} did not start; next try in ${delayMs / 1000} s. ${error instanceof Error ? error.message : error}`,
          );
        }
      }
      say(`${name} runs again (pid ${current.pid}).`);
    }
  };
  const watched = watch();
  return {
    pid: () => current.pid,
    async stop() {
      stopping.abort();
      await current.stop();
      // A start that was under way when the stop came ends here, and what it started is stopped too.
      await watched;
      await current.stop();
    },
  };
}

function describe(end: ChildEnd): string {
  if (end.signal) return `by ${end.signal}`;
  return end.status === undefined ? 'status unknown' : `status ${end.status}`;
}
