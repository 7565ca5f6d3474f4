import type { Emit, EndCause } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import type { NotAnsweredCause } from '../model/queue.ts';
import { queueOf } from './routing/tables.ts';
import type { AcdState, Offer } from './state.ts';

/** Pause reason of an agent whose phone rang until the offer was taken back. */
export const NO_ANSWER = 'no-answer';

/**
 * What becomes of an agent who did not answer (RONA), by the queue's rule for the cause. Something always does, or the same
 * phone would be rung again at once. A leg that was lost with the door is nobody's fault.
 */
export function notAnswered(state: AcdState, offer: Offer, cause: EndCause, atMs: AtMs, emit: Emit): void {
  const kind = causeOf(cause);
  if (kind === null) return;
  const { agentId } = offer;
  const queue = queueOf(state, offer.queueId);
  const rule = queue?.notAnswered[kind] ?? { action: 'rest' as const, restMs: REST_MS };
  const misses = state.agents.get(agentId)?.misses ?? 0;
  if (kind === 'no_answer' && queue && misses <= queue.missesAllowed) {
    return rest(agentId, queue.restMs, cause, atMs, emit);
  }
  if (rule.action === 'rest') return rest(agentId, rule.restMs, cause, atMs, emit);
  if (rule.action === 'log_out') return emit({ kind: 'agent.logged_out', atMs, agentId, by: 'system' });
  emit({ kind: 'agent.paused', atMs, agentId, reason: kind === 'no_answer' ? NO_ANSWER : kind, by: 'system' });
}

/** For an offer of a queue that is gone. */
const REST_MS = 10_000;

function rest(agentId: string, restMs: number, cause: EndCause, atMs: AtMs, emit: Emit): void {
  emit({ kind: 'agent.rest_started', atMs, agentId, untilMs: atMs + restMs, cause });
}

function causeOf(cause: EndCause): NotAnsweredCause | null {
  switch (cause) {
    case 'lost':
      return null;
    case 'hung_up':
      return 'rejected';
    default:
      return cause;
  }
}
