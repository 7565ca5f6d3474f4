import type { Emit } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import { LOOK_EVERY_MS, setItemMoment } from './moments.ts';
import { leaveQueue, offerItem, ringNext } from './offers.ts';
import { overflow } from './overflow.ts';
import { catchUp } from './relaxation.ts';
import { queueOf } from './routing/tables.ts';
import type { AcdState, Item } from './state.ts';

/**
 * Answers the moments of all items that are due together: first what they ask for is brought up to date, then they are offered,
 * and only who is still waiting is sent on. One after the other, the first would take an agent who is more urgently
 * needed by the second.
 */
export function itemsDue(state: AcdState, items: readonly Item[], nowMs: AtMs, emit: Emit): void {
  const changed = items.filter((item) => isHere(state, item) && timeIsUp(state, item, nowMs, emit));
  for (const item of changed) if (isHere(state, item)) offerItem(state, item, nowMs, emit);
  for (const item of items) {
    if (isHere(state, item) && item.stage === 'waiting') overflow(state, item, nowMs, false, emit);
  }
  for (const item of items) if (isHere(state, item)) nextMoment(state, item, nowMs);
}

/** All that was due is answered, so a moment that lies behind is one that was set on the way. */
function nextMoment(state: AcdState, item: Item, nowMs: AtMs): void {
  const setOnTheWay = state.deadlines.of('item', item.contactId);
  if (setOnTheWay !== undefined && setOnTheWay > nowMs) return;
  setItemMoment(state, item);
  const next = state.deadlines.of('item', item.contactId);
  if (next !== undefined && next <= nowMs) state.deadlines.set('item', item.contactId, nowMs + LOOK_EVERY_MS);
}

function isHere(state: AcdState, item: Item): boolean {
  return state.items.get(item.contactId) === item && item.stage !== 'talking';
}

/** True when the item asks for less now than before. */
function timeIsUp(state: AcdState, item: Item, nowMs: AtMs, emit: Emit): boolean {
  const { contactId, queueId, step, hold } = item;
  if (item.giveUpAtMs !== null && item.giveUpAtMs <= nowMs) {
    leaveQueue(state, item, 'timeout', nowMs, emit);
    return false;
  }
  const serviceLevelMs = queueOf(state, queueId)?.serviceLevelMs ?? Number.POSITIVE_INFINITY;
  if (!item.overdue && nowMs - item.queuedAtMs >= serviceLevelMs) {
    emit({ kind: 'contact.overdue', atMs: nowMs, contactId, queueId });
  }
  if (item.ringNextAtMs !== null && item.ringNextAtMs <= nowMs) ringOneMore(state, item, nowMs, emit);
  if (item.stage === 'waiting') catchUp(state, item, nowMs, emit);
  return item.step !== step || item.hold !== hold;
}

/** Nobody else is free: the next look comes after the same while. */
function ringOneMore(state: AcdState, item: Item, nowMs: AtMs, emit: Emit): void {
  if (ringNext(state, item, nowMs, emit)) return;
  const againMs = queueOf(state, item.queueId)?.ringNextAfterMs ?? LOOK_EVERY_MS;
  state.deadlines.set('item', item.contactId, Math.min(nowMs + againMs, item.giveUpAtMs ?? Number.POSITIVE_INFINITY));
}
