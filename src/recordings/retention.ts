import type { AtMs } from '../model/ids.ts';
import type { RecordingRow } from './recording-row.ts';

/** How often it is looked for recordings whose time is over. */
export const SWEEP_EVERY_MS = 10 * 60_000;
const PAGE = 100;

export type SweepOptions = {
  due(nowMs: AtMs, limit: number): Promise<RecordingRow[]>;
  /** Deletes one; one that is held by now stays. */
  remove(row: RecordingRow): Promise<void>;
  now(): AtMs;
  onTrouble(error: unknown): void;
};

/** Deletes recordings when their time is over. The function returned ends it and waits for a sweep that runs. */
export function startRetention(options: SweepOptions): () => Promise<void> {
  let stopped = false;
  let running = Promise.resolve();
  const look = (): void => {
    running = running.then(() => (stopped ? undefined : sweep(options, () => stopped))).catch(options.onTrouble);
  };
  const timer = setInterval(look, SWEEP_EVERY_MS);
  look();
  return async () => {
    stopped = true;
    clearInterval(timer);
    await running;
  };
}

async function sweep({ due, remove, now }: SweepOptions, stopped: () => boolean): Promise<void> {
  for (;;) {
    const rows = await due(now(), PAGE);
    for (const row of rows) {
      if (stopped()) return;
      await remove(row);
    }
    // What could not be deleted would come again and again.
    if (rows.length < PAGE) return;
  }
}
