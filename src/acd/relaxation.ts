import type { Emit } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import type { RelaxationCondition } from '../model/queue.ts';
import { staffOf, waitsLonger } from './conditions.ts';
import { queueOf } from './routing/tables.ts';
import type { AcdState, Item } from './state.ts';

/** Takes every step of the queue's relaxation that the item has reached. */
export function relax(state: AcdState, item: Item, atMs: AtMs, emit: Emit): void {
  while (reachesStep(state, item, atMs)) {
    emit({ kind: 'contact.relaxed', atMs, contactId: item.contactId, step: item.step + 1 });
  }
}

/** True when the next step is to be taken. */
export function reachesStep(state: AcdState, item: Item, atMs: AtMs): boolean {
  const next = queueOf(state, item.queueId)?.relaxation[item.step];
  return next !== undefined && isReached(state, item, next.when, atMs);
}

/** One condition is enough. */
function isReached(state: AcdState, item: Item, when: RelaxationCondition, atMs: AtMs): boolean {
  const { waitedMs, agentsBelow, estimatedWaitMs } = when;
  if (waitedMs !== undefined && atMs - item.queuedAtMs >= waitedMs) return true;
  if (agentsBelow !== undefined && staffOf(state, item) < agentsBelow) return true;
  return estimatedWaitMs !== undefined && waitsLonger(state, item, estimatedWaitMs, atMs);
}

/** What became due for an item while a phone rang for it: the hold for named agents, and steps. */
export function catchUp(state: AcdState, item: Item, atMs: AtMs, emit: Emit): void {
  if (item.holdUntilMs !== null && item.holdUntilMs <= atMs) endHold(item, atMs, emit);
  relax(state, item, atMs, emit);
}

export function endHold(item: Item, atMs: AtMs, emit: Emit): void {
  emit({ kind: 'contact.hold_ended', atMs, contactId: item.contactId });
}
