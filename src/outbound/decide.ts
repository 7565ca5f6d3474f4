import type { Emit, Event, EventOf } from '../model/event.ts';
import { attemptOver, beginAttempt, takeBack } from './attempting.ts';
import { dueOrders } from './due.ts';
import { isDue } from './hours.ts';
import { asked } from './placing.ts';
import type { OpenOrder, OutboundState } from './state.ts';

/** What follows for the orders from an event that has just been applied; every decision is an event of its own. */
export function decide(state: OutboundState, event: Event, emit: Emit): void {
  switch (event.kind) {
    case 'order.asked':
      return asked(state, event, emit);
    case 'order.placed': {
      const open = state.orders.get(event.order.id);
      if (open && isDue(state, open, event.atMs)) beginAttempt(state, open, event.atMs, emit);
      return;
    }
    case 'order.moved':
      return takeBack(state.orders.get(event.orderId), event.atMs, emit);
    case 'order.closed': {
      const contactId = state.closed.get(event.orderId)?.contactId;
      if (contactId != null) takeBack(state.byContact.get(contactId), event.atMs, emit);
      return;
    }
    case 'do_not_call.added':
      return forbidden(state, event, emit);
    case 'time.passed':
      return dueOrders(state, event.atMs, emit);
    default: {
      const { contactId } = event as { contactId?: string };
      const open = contactId === undefined ? undefined : state.byContact.get(contactId);
      if (open) decideForAttempt(state, open, event, emit);
    }
  }
}

function decideForAttempt(state: OutboundState, open: OpenOrder, event: Event, emit: Emit): void {
  switch (event.kind) {
    case 'contact.dequeued':
      if (event.reason !== 'answered' && !goesOn(open, event)) endContact(open, event, emit);
      return;
    case 'contact.handled':
      if (!event.transferred) endContact(open, event, emit);
      return;
    case 'far_talk.ended':
      return endContact(open, event, emit);
    case 'leg.pressed':
      if (open.current?.skipped) endContact(open, event, emit);
      return;
    case 'contact.ended':
      return attemptOver(state, open, event.atMs, emit);
    default:
      return;
  }
}

/** True when the dispatcher itself puts the contact into another queue, or a flow that is to begin takes it out. */
function goesOn({ current }: OpenOrder, { reason, overflow }: EventOf<'contact.dequeued'>): boolean {
  if (reason === 'exit' && current?.answeredAtMs != null) return true;
  return reason === 'overflow' && overflow?.target.to === 'queue';
}

/** Nothing more comes for the contact, unless a flow goes on with it: whoever is still on the line is let go. */
function endContact({ current }: OpenOrder, event: { atMs: number; contactId?: string }, emit: Emit): void {
  if (!current || current.endCause !== null || current.letGo || current.flow !== 'none') return;
  const { contactId, legId } = current;
  const { atMs } = event;
  if (legId !== null) emit({ kind: 'hangup.requested', atMs, contactId, cause: 'normal' });
  else emit({ kind: 'contact.ended', atMs, contactId, cause: 'hung_up', endedBy: 'system' });
}

/** Open orders of a number that nobody may call any more are over; a talk that is going on is left alone. */
function forbidden(state: OutboundState, { number, atMs, by }: EventOf<'do_not_call.added'>, emit: Emit): void {
  for (const orderId of [...(state.byNumber.get(number) ?? [])]) {
    const open = state.orders.get(orderId);
    if (open?.order.kind === 'voicemail') continue;
    emit({ kind: 'order.closed', atMs, orderId, reason: 'not_allowed', by });
  }
}
