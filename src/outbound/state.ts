import type { Order } from '../model/call/order.ts';
import { Deadlines } from '../model/deadlines.ts';
import type { OrderId } from '../model/ids.ts';

/** What is to be called, and whom nobody may call. */
export type OutboundState = {
  readonly orders: Map<OrderId, OpenOrder>;
  readonly deadlines: Deadlines<OutboundDeadline>;
};

/** What is due: an order's next attempt or its end. */
export type OutboundDeadline = 'order';

export type OpenOrder = {
  readonly order: Order;
  attempts: number;
};

export function emptyOutbound(): OutboundState {
  return { orders: new Map(), deadlines: new Deadlines() };
}
