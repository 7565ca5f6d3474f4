import type { Rehearsal } from './rehearsal.ts';

/** How a rehearsal may have ended, or where the contact still is; the words that tests expect. */
export const ENDING =
  /^(hung up( (busy|congestion|rejected|unallocated))?|customer left|(queue|agent|step|failed) \S.*)$/;

/**
 * How it ended: `failed CODE`, `customer left`, `hung up` (by the flow, with the cause where it is not the normal one); or
 * where the contact is: `agent ID` it talks with, `queue ID` it waits in, `step ID`.
 */
export function endingOf({ trace, waiting, session }: Rehearsal): string {
  for (const line of trace.lines) if (line.what === 'failed') return `failed ${line.code}`;
  for (const line of trace.lines) {
    if (line.what === 'hung_up') return line.cause === 'normal' ? 'hung up' : `hung up ${line.cause}`;
    if (line.what === 'ended') return 'customer left';
  }
  if (waiting) return waiting.agentId === undefined ? `queue ${waiting.queueId}` : `agent ${waiting.agentId}`;
  return `step ${session?.stepId ?? ''}`;
}
