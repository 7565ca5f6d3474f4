import type { QueueId } from '../model/ids.ts';
import type { AcdState, QueueRecord } from './state.ts';
import { emptyWaitRecord } from './waits/wait-record.ts';

/** What is remembered of a queue; a new record where there is none yet. */
export function recordOf(state: AcdState, queueId: QueueId): QueueRecord {
  const known = state.queues.get(queueId);
  if (known) return known;
  const made: QueueRecord = { id: queueId, lastOffered: null, given: {}, waits: emptyWaitRecord() };
  state.queues.set(queueId, made);
  return made;
}
