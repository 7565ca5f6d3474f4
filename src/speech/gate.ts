import type { Result } from '../model/failure.ts';
import { speechFailed } from './speech-failure.ts';

/** Lets a bounded number of tasks run at once; others wait in order, in a bounded queue. */
export type Gate = {
  /** Failures: `speech.busy` when the queue is full, `speech.closed`, and those of the task. */
  enter<T>(task: () => Promise<Result<T>>): Promise<Result<T>>;
  /** Refuses those who wait and those who come. */
  close(): void;
};

export function openGate(width: number, waitingMax: number): Gate {
  const waiting: ((mayRun: boolean) => void)[] = [];
  let running = 0;
  let closed = false;
  return {
    async enter(task) {
      if (closed) return speechFailed('speech.closed');
      if (running >= width) {
        if (waiting.length >= waitingMax) return speechFailed('speech.busy', { waiting: waiting.length });
        // The one who leaves hands over its place, so `running` stays as it is.
        const mayRun = await new Promise<boolean>((resolve) => waiting.push(resolve));
        if (!mayRun) return speechFailed('speech.closed');
      } else {
        running++;
      }
      try {
        return await task();
      } finally {
        const next = waiting.shift();
        if (next) next(true);
        else running--;
      }
    },
    close() {
      closed = true;
      for (const refuse of waiting.splice(0)) refuse(false);
    },
  };
}
