import type { Emit } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import { queueOf } from './routing/tables.ts';
import type { AcdState, AgentRecord, Item, Offer } from './state.ts';

/** Begins what the queue's wrap-up asks for, in the same moment in which the talk ended. False when it asks for none. */
export function startWrapUp(
  state: AcdState,
  offer: Offer,
  item: Pick<Item, 'channel' | 'label'>,
  atMs: AtMs,
  emit: Emit,
): boolean {
  const rule = queueOf(state, offer.queueId)?.wrapUp;
  if (!rule || rule.mode === 'none' || rule.ms <= 0) return false;
  const { agentId, contactId, queueId } = offer;
  emit({
    kind: 'agent.wrap_up_started',
    atMs,
    agentId,
    contactId,
    untilMs: atMs + rule.ms,
    offerId: offer.id,
    queueId,
    channel: item.channel,
    ...(item.label === null ? {} : { label: item.label }),
  });
  return true;
}

/** Ends every wrap-up whose time is over. */
export function endWrapUps(agent: AgentRecord | undefined, atMs: AtMs, emit: Emit): void {
  for (const { stage, untilMs, contactId } of [...(agent?.work ?? [])]) {
    if (stage !== 'wrap_up' || untilMs === null || untilMs > atMs) continue;
    emit({ kind: 'agent.wrap_up_ended', atMs, agentId: agent!.id, contactId });
  }
}
