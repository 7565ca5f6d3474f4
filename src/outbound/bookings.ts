import type { AtMs, QueueId } from '../model/ids.ts';
import type { OutboundState } from './state.ts';

/** When callbacks of a queue are due, in no order. Goes through all open orders: some 1 ms for 50,000. */
export function bookingsIn({ orders }: OutboundState): (queueId: QueueId) => AtMs[] {
  return (queueId) => {
    const due: AtMs[] = [];
    for (const { order, dueAtMs } of orders.values()) {
      if (order.queueId === queueId && order.kind === 'callback') due.push(dueAtMs);
    }
    return due;
  };
}
