import { Worker } from 'node:worker_threads';
import type { ReadFlows } from './read-flows.ts';

/** What the thread is asked: the folder, and the names of the secrets where they are known. */
export type Question = { readonly dir: string; readonly secrets: ReadonlySet<string> | undefined };
/** What the thread answers: what was read, or why the folder cannot be read. */
export type Answer = { readonly read: ReadFlows } | { readonly failed: string };

/**
 * Reads the flows folder in a thread of its own. To check 500 flows is two seconds of work, in which the hall would hear
 * no key and end no prompt (docs/performance.md); what comes back is handed over in a tenth of a second.
 */
export type FlowReader = {
  /** Starts the thread, so that the first read need not wait for it. */
  start(): void;
  /** One folder at a time. Rejects when the folder cannot be read, or the thread is lost; the next read starts another. */
  read(dir: string, secrets?: ReadonlySet<string>): Promise<ReadFlows>;
  /** May be called twice. */
  close(): Promise<void>;
};

export function openFlowReader(): FlowReader {
  let thread: Worker | undefined;
  const started = (): Worker => {
    thread ??= startThread(() => {
      thread = undefined;
    });
    return thread;
  };
  return {
    start: () => void started(),
    read: (dir, secrets) => ask(started(), { dir, secrets }),
    close: async () => {
      await thread?.terminate();
    },
  };
}

const START = new URL('../../start-entry.mjs', import.meta.url);

function startThread(onExit: () => void): Worker {
  const thread = new Worker(START, { execArgv: [], argv: ['controller/flow-reading/thread'] });
  // An error ends the thread, and who waits for it is told by its end.
  thread.on('error', () => undefined);
  thread.once('exit', onExit);
  thread.unref();
  return thread;
}

/** The thread keeps the process alive only while it is asked. */
function ask(thread: Worker, question: Question): Promise<ReadFlows> {
  return new Promise((resolve, reject) => {
    const lost = (): void => reject(new Error('the thread that reads the flows ended'));
    thread.ref();
    thread.once('exit', lost);
    thread.once('message', (answer: Answer) => {
      thread.off('exit', lost);
      thread.unref();
      if ('read' in answer) resolve(answer.read);
      else reject(new Error(answer.failed));
    });
    thread.postMessage(question);
  });
}
