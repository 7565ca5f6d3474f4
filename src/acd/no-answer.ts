import type { Emit, EndCause } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import type { AcdState, Offer } from './state.ts';

/** Pause reason of an agent whose phone rang until the offer was taken back. */
export const NO_ANSWER = 'no-answer';

/** Redirection on no answer: what becomes of an agent who let it ring. */
export function notAnswered(state: AcdState, offer: Offer, atMs: AtMs, emit: Emit): void {
  if (state.site.queues[offer.queueId]?.afterNoAnswer === 'rest')
    return startRest(state, offer, 'no_answer', atMs, emit);
  emit({ kind: 'agent.paused', atMs, agentId: offer.agentId, reason: NO_ANSWER, by: 'system' });
}

/** The agent's phone was busy, rejected or failed: it is left alone for a while, or the same agent would be rung again at once. */
export function startRest(state: AcdState, offer: Offer, cause: EndCause, atMs: AtMs, emit: Emit): void {
  const restMs = state.site.queues[offer.queueId]?.restMs ?? 0;
  emit({ kind: 'agent.rest_started', atMs, agentId: offer.agentId, untilMs: atMs + restMs, cause });
}
