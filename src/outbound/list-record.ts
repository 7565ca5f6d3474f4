import type { ListId } from '../model/ids.ts';
import { AGENT_WITHIN_MS, LIST_CALLS_KEPT_MAX } from './limits.ts';
import type { CurrentAttempt, ListRecord, OpenOrder, OutboundState } from './state.ts';

/**
 * Counts a call of a list once: when agent and customer are both there, or when a customer who waited is gone. Whom an agent
 * was waiting for already was served in time; who is in a flow of the order waits from when that brings them to a queue.
 */
export function noteListCall(state: OutboundState, { order }: OpenOrder, current: CurrentAttempt): void {
  const { waitsSinceMs, connectedAtMs, endCause, machine } = current;
  const record = order.listId === null ? undefined : state.lists.get(order.listId);
  if (!record || waitsSinceMs === null || machine) return;
  // Both moments were known before: the end of a talk that was counted when it began.
  if (connectedAtMs !== null && endCause !== null) return;
  if (connectedAtMs === null && endCause === null) return;
  record.inTime.push(connectedAtMs !== null && connectedAtMs - waitsSinceMs <= AGENT_WITHIN_MS);
  if (record.inTime.length > LIST_CALLS_KEPT_MAX) record.inTime.shift();
}

/** Part of the newest `calls` answered calls, from 0 to 1, for which no agent was there in time; 0 where there were none. */
export function abandonRate(record: ListRecord | undefined, calls: number): number {
  const newest = record?.inTime.slice(-calls) ?? [];
  if (newest.length === 0) return 0;
  return newest.filter((inTime) => !inTime).length / newest.length;
}

/** Orders of a list whose customer nobody talks to yet. */
export function underWay(state: OutboundState, listId: ListId): number {
  let count = 0;
  for (const { order, current } of state.orders.values()) {
    if (order.listId === listId && (current === null || current.connectedAtMs === null)) count += 1;
  }
  return count;
}
