import type { Emit } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import { beginAttempt, mustEnd, takeBack } from './attempting.ts';
import { isDue } from './hours.ts';
import { ATTEMPTS_AT_ONCE_MAX } from './limits.ts';
import { setMoment } from './moments.ts';
import type { OpenOrder, OutboundState } from './state.ts';

/**
 * Answers the deadlines of orders. Those that are due become items together, the one first that waits longest, so that none
 * takes the agent of another.
 */
export function dueOrders(state: OutboundState, nowMs: AtMs, emit: Emit): void {
  const due: OpenOrder[] = [];
  for (let count = 0; count < ATTEMPTS_AT_ONCE_MAX; count++) {
    const next = state.deadlines.takeDue(nowMs);
    if (!next) break;
    const open = state.orders.get(next.id);
    if (!open) continue;
    if (isDue(state, open, nowMs)) due.push(open);
    else lookAt(state, open, nowMs, emit);
  }
  due.sort((a, b) => a.order.virtualStartMs - b.order.virtualStartMs || (a.order.id < b.order.id ? -1 : 1));
  for (const open of due) beginAttempt(state, open, nowMs, emit);
}

function lookAt(state: OutboundState, open: OpenOrder, nowMs: AtMs, emit: Emit): void {
  const { id, expiresAtMs } = open.order;
  if (open.current) {
    if (mustEnd(state, open, nowMs)) takeBack(open, nowMs, emit);
    else setMoment(state, open, nowMs);
  } else if (nowMs >= expiresAtMs) {
    emit({ kind: 'order.closed', atMs: nowMs, orderId: id, reason: 'expired', by: 'system' });
  } else setMoment(state, open, nowMs);
}
