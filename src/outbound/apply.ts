import type { Event, EventOf } from '../model/event.ts';
import { applyToAttempt } from './attempt.ts';
import { CLOSED_ORDERS_MAX, DO_NOT_CALL_MAX, LISTS_MAX } from './limits.ts';
import { setMoment } from './moments.ts';
import type { OpenOrder, OutboundState } from './state.ts';

/** The fold: brings the orders up to one event, live and at replay alike. It decides nothing. */
export function apply(state: OutboundState, event: Event): void {
  switch (event.kind) {
    case 'order.placed':
      return placed(state, event);
    case 'order.moved':
      return moved(state, event);
    case 'order.closed':
      return closed(state, event);
    case 'do_not_call.added': {
      const { number, atMs, by, reason } = event;
      if (state.doNotCall.size < DO_NOT_CALL_MAX) state.doNotCall.set(number, { atMs, by, reason });
      return;
    }
    case 'do_not_call.removed':
      state.doNotCall.delete(event.number);
      return;
    case 'list.started':
    case 'list.stopped':
      return listChanged(state, event);
    case 'flows.loaded': {
      const { outgoing, calendars } = event.flows.site;
      state.site = { outgoing, calendars };
      return lookAtAll(state, event);
    }
    case 'calendar.forced':
      if (event.forced === null) state.forced.delete(event.calendarId);
      else state.forced.set(event.calendarId, event.forced);
      return lookAtAll(state, event);
    default:
      return applyToAttempt(state, event);
  }
}

function placed(state: OutboundState, { order, by, atMs }: EventOf<'order.placed'>): void {
  if (state.orders.has(order.id)) return;
  const open: OpenOrder = {
    order,
    by,
    placedAtMs: atMs,
    dueAtMs: order.dueAtMs,
    contactCount: 0,
    attemptCount: 0,
    attempts: [],
    current: null,
  };
  enlist(state, open);
  setMoment(state, open, atMs);
}

/** Notes where an order is found. */
export function enlist(state: OutboundState, open: OpenOrder): void {
  const { id, number } = open.order;
  state.orders.set(id, open);
  const known = state.byNumber.get(number);
  if (known) known.add(id);
  else state.byNumber.set(number, new Set([id]));
  if (open.current) state.byContact.set(open.current.contactId, open);
}

function moved(state: OutboundState, { orderId, dueAtMs, atMs }: EventOf<'order.moved'>): void {
  const open = state.orders.get(orderId);
  if (!open) return;
  open.dueAtMs = dueAtMs;
  setMoment(state, open, atMs);
}

function closed(state: OutboundState, event: EventOf<'order.closed'>): void {
  const open = state.orders.get(event.orderId);
  if (!open) return;
  const { order, by, placedAtMs, attempts, current } = open;
  state.orders.delete(order.id);
  state.deadlines.clear('order', order.id);
  const sameNumber = state.byNumber.get(order.number);
  sameNumber?.delete(order.id);
  if (sameNumber?.size === 0) state.byNumber.delete(order.number);
  // A contact that is still there stays known until it is over: it may have to be taken back.
  if (current && current.endCause !== null) state.byContact.delete(current.contactId);
  const { reason, atMs } = event;
  const contactId = current?.contactId ?? null;
  state.closed.set(order.id, { order, by, placedAtMs, closedAtMs: atMs, reason, attempts, contactId });
  for (const id of state.closed.keys()) {
    if (state.closed.size <= CLOSED_ORDERS_MAX) break;
    state.closed.delete(id);
  }
}

function listChanged(state: OutboundState, event: EventOf<'list.started'> | EventOf<'list.stopped'>): void {
  const running = event.kind === 'list.started';
  const known = state.lists.get(event.listId);
  if (known) known.running = running;
  else if (running) state.lists.set(event.listId, { running, inTime: [] });
  // Of a list that rests only its figures are forgotten.
  for (const [id, record] of state.lists) {
    if (state.lists.size <= LISTS_MAX) break;
    if (!record.running) state.lists.delete(id);
  }
}

/** Hours are other ones now: every order that has any is looked at with the next look at the time. */
function lookAtAll(state: OutboundState, { atMs }: Event): void {
  state.openings.clear();
  for (const { order } of state.orders.values()) {
    if (order.calendarId !== null && state.deadlines.of('order', order.id) !== undefined) {
      state.deadlines.set('order', order.id, atMs);
    }
  }
}
