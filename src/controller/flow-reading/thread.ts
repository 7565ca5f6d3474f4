import { parentPort } from 'node:worker_threads';
import type { Answer, Question } from './flow-reader.ts';
import { readFlows } from './read-flows.ts';

/** Runs in the thread of flow-reader.ts: a folder in, what was read out. */
parentPort?.on('message', async ({ dir, secrets }: Question) => {
  const answer: Answer = await readFlows(dir, secrets).then(
    (read) => ({ read }),
    (error: Error) => ({ failed: error.message }),
  );
  parentPort?.postMessage(answer);
});
