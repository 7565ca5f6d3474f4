import type { Emit } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import { LOOK_EVERY_MS, setItemMoment } from './moments.ts';
import { leaveQueue, offerItem, ringNext } from './offers.ts';
import { overflow } from './overflow.ts';
import { catchUp } from './relaxation.ts';
import { queueOf } from './routing/tables.ts';
import type { AcdState, Item } from './state.ts';

/** Brings up to date what items ask for whose moment has come. Returns those that ask for less now than before. */
export function bringUpToDate(state: AcdState, items: readonly Item[], nowMs: AtMs, emit: Emit): Item[] {
  return items.filter((item) => isHere(state, item) && timeIsUp(state, item, nowMs, emit));
}

/** Offers those that ask for less, sends on who still waits for too long, and sets the next moment of all. */
export function offerOrSendOn(
  state: AcdState,
  items: readonly Item[],
  changed: readonly Item[],
  nowMs: AtMs,
  emit: Emit,
): void {
  for (const item of changed) if (isHere(state, item)) offerItem(state, item, nowMs, emit);
  for (const item of items) {
    if (isHere(state, item) && item.stage === 'waiting') overflow(state, item, nowMs, false, emit);
  }
  for (const item of items) if (isHere(state, item)) nextMoment(state, item, nowMs);
}

/** All that was due is answered, so a moment that lies behind is one that was set on the way. */
function nextMoment(state: AcdState, item: Item, nowMs: AtMs): void {
  const setOnTheWay = state.deadlines.momentOf(item.due);
  if (setOnTheWay !== undefined && setOnTheWay > nowMs) return;
  setItemMoment(state, item);
  const next = state.deadlines.momentOf(item.due);
  if (next !== undefined && next <= nowMs) state.deadlines.move(item.due, nowMs + LOOK_EVERY_MS);
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
  const queue = queueOf(state, queueId);
  if (queue && !item.overdue && nowMs - item.queuedAtMs >= queue.serviceLevelMs) {
    emit({ kind: 'contact.overdue', atMs: nowMs, contactId, queueId });
  }
  const ringsOn = queue?.strategy === 'ring_progressively' && item.ringNextAtMs !== null;
  if (ringsOn && item.ringNextAtMs! <= nowMs) ringOneMore(state, item, queue.ringNextAfterMs, nowMs, emit);
  if (item.stage === 'waiting') catchUp(state, item, nowMs, emit);
  return item.step !== step || item.hold !== hold;
}

/** Nobody else is free: the next look comes after the same while. */
function ringOneMore(state: AcdState, item: Item, againMs: number, nowMs: AtMs, emit: Emit): void {
  if (ringNext(state, item, nowMs, emit)) return;
  state.deadlines.move(item.due, Math.min(nowMs + againMs, item.giveUpAtMs ?? Number.POSITIVE_INFINITY));
}
