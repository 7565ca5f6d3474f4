import { dialledNumber, mayBeOrdered } from '../model/call/dialled-number.ts';
import type { Order, OrderRefusal } from '../model/call/order.ts';
import type { Emit, EventOf } from '../model/event.ts';
import { ORDERS_MAX, ORDERS_PER_NUMBER_MAX } from './limits.ts';
import type { OpenOrder, OutboundState } from './state.ts';

/** Somebody asks for an order: it comes to be one, in place of another where that was asked for, or is refused. */
export function asked(state: OutboundState, event: EventOf<'order.asked'>, emit: Emit): void {
  const { atMs, order, by, duplicates } = event;
  const asker = event.contactId === undefined ? {} : { contactId: event.contactId };
  // Said twice, as after a restart, it is placed once.
  if (state.orders.has(order.id) || state.closed.has(order.id)) return;
  const same = duplicates === 'keep_both' ? [] : ordersLike(state, order);
  const code = refusalOf(state, order, duplicates === 'refuse' && same.length > 0);
  if (code) return emit({ kind: 'order.refused', atMs, ...asker, orderId: order.id, code });
  for (const { order: before } of same) {
    emit({ kind: 'order.closed', atMs, orderId: before.id, reason: 'replaced', by });
  }
  emit({ kind: 'order.placed', atMs, ...asker, order, by });
}

function refusalOf(state: OutboundState, order: Order, isDuplicate: boolean): OrderRefusal | undefined {
  // A message is heard and not dialled, so it needs no number.
  const refusal = order.kind === 'voicemail' ? undefined : numberRefusal(state, order.number);
  if (refusal) return refusal;
  if (isDuplicate) return 'duplicate';
  if (state.orders.size >= ORDERS_MAX) return 'full';
  const ofNumber = order.kind === 'voicemail' ? 0 : (state.byNumber.get(order.number)?.size ?? 0);
  return ofNumber >= ORDERS_PER_NUMBER_MAX ? 'full' : undefined;
}

/** Why a number cannot be called: it is none, the site does not let it be dialled, or nobody may call it. */
export function numberRefusal(
  { site, doNotCall }: OutboundState,
  number: string,
): Extract<OrderRefusal, 'invalid_number' | 'not_allowed'> | undefined {
  if (dialledNumber(number, site.outgoing.country) !== number) return 'invalid_number';
  return mayBeOrdered(site.outgoing, number) && !doNotCall.has(number) ? undefined : 'not_allowed';
}

/** Open callbacks, or numbers of lists, for the same number and queue that nobody talks about yet. */
function ordersLike(state: OutboundState, { kind, number, queueId }: Order): OpenOrder[] {
  if (kind !== 'callback' && kind !== 'list') return [];
  return [...(state.byNumber.get(number) ?? [])].flatMap((id) => {
    const open = state.orders.get(id);
    const alike = open?.order.kind === kind && open.order.queueId === queueId && open.current?.connectedAtMs == null;
    return open && alike ? [open] : [];
  });
}
