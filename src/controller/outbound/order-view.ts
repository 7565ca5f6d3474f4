import type { Order } from '../../model/call/order.ts';
import type { AtMs, OrderId } from '../../model/ids.ts';
import type { ClosedOrder, OpenOrder, OutboundState } from '../../outbound/state.ts';
import type { OrderPage, OrderStage, OrdersWanted, OrderView } from './orders.ts';

/** One order, open or among the newest that are over; undefined: there is none. */
export function orderView({ orders, closed }: OutboundState, id: OrderId): OrderView | undefined {
  const open = orders.get(id);
  if (open) return openView(open);
  const over = closed.get(id);
  return over && closedView(over);
}

export function orderPage(state: OutboundState, wanted: OrdersWanted): OrderPage {
  const open = [...state.orders.values()].filter(({ order }) => isWanted(order, wanted));
  open.sort((a, b) => a.dueAtMs - b.dueAtMs || (a.order.id < b.order.id ? -1 : 1));
  const over = wanted.closed ? [...state.closed.values()].filter(({ order }) => isWanted(order, wanted)).reverse() : [];
  const shown = open.slice(0, wanted.limit).map(openView);
  const room = wanted.limit - shown.length;
  return { orders: [...shown, ...over.slice(0, room).map(closedView)], total: open.length + over.length };
}

function isWanted(order: Order, { queueId, kind, number }: OrdersWanted): boolean {
  return (
    (queueId === undefined || order.queueId === queueId) &&
    (kind === undefined || order.kind === kind) &&
    (number === undefined || order.number === number)
  );
}

function openView(open: OpenOrder): OrderView {
  const { order, by, placedAtMs, dueAtMs, attempts, current } = open;
  return {
    ...about(order, dueAtMs),
    stage: stageOf(open),
    by,
    askedAtMs: placedAtMs,
    attempts,
    ...(current && { contactId: current.contactId }),
  };
}

function closedView({ order, by, placedAtMs, closedAtMs, reason, attempts }: ClosedOrder): OrderView {
  return {
    ...about(order, order.dueAtMs),
    stage: 'closed',
    by,
    askedAtMs: placedAtMs,
    attempts,
    closedAtMs,
    reason,
  };
}

function stageOf({ current }: OpenOrder): OrderStage {
  if (!current) return 'due';
  if (current.connectedAtMs !== null && current.answeredAtMs !== null) return 'talking';
  return current.inQueue && !current.dialled ? 'queued' : 'calling';
}

function about(order: Order, dueAtMs: AtMs): Omit<OrderView, 'stage' | 'by' | 'askedAtMs' | 'attempts'> {
  const { id, kind, mode, queueId, number, name, language, attributes, priority, virtualStartMs, expiresAtMs } = order;
  return {
    id,
    kind,
    mode,
    queueId,
    number,
    ...(name !== null && { name }),
    language,
    attributes,
    priority,
    virtualStartMs,
    dueAtMs,
    expiresAtMs,
    ...(order.calendarId !== null && { calendarId: order.calendarId }),
    ...(order.fromContactId !== null && { fromContactId: order.fromContactId }),
    ...(order.listId !== null && { listId: order.listId }),
    attemptsMax: order.rules.attemptsMax,
  };
}
