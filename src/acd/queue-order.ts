import type { ContactId, QueueId } from '../model/ids.ts';
import type { AcdState, Item } from './state.ts';

/** Less than zero when `a` is to be served before `b`: higher priority, then longer waiting, then the smaller id. */
export function compareItems(a: Item, b: Item): number {
  if (a.priority !== b.priority) return b.priority - a.priority;
  if (a.virtualStartMs !== b.virtualStartMs) return a.virtualStartMs - b.virtualStartMs;
  return a.contactId < b.contactId ? -1 : a.contactId > b.contactId ? 1 : 0;
}

/** Puts an item into its place. A contact that comes back from an offer finds its old place, because its key is the same. */
export function insertWaiting(state: AcdState, item: Item): void {
  const line = lineOf(state, item.queueId);
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareItems(state.items.get(line[middle]!)!, item) < 0) low = middle + 1;
    else high = middle;
  }
  line.splice(low, 0, item.contactId);
}

export function removeWaiting(state: AcdState, item: Item): void {
  const line = lineOf(state, item.queueId);
  const at = line.indexOf(item.contactId);
  if (at >= 0) line.splice(at, 1);
}

export function lineOf(state: AcdState, queueId: QueueId): ContactId[] {
  let line = state.waiting.get(queueId);
  if (!line) {
    line = [];
    state.waiting.set(queueId, line);
  }
  return line;
}
