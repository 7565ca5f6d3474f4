import type { Event, EventOf } from '../model/event.ts';
import type { ContactId } from '../model/ids.ts';
import { ATTEMPTS_KEPT_MAX } from './limits.ts';
import { noteListCall } from './list-record.ts';
import { setMoment } from './moments.ts';
import type { CurrentAttempt, OpenOrder, OutboundState } from './state.ts';

/** What an event says of the attempt whose contact it is about. */
export function applyToAttempt(state: OutboundState, event: Event): void {
  switch (event.kind) {
    case 'contact.placed':
      return begun(state, event);
    case 'order.attempted':
      return over(state, event);
    case 'contact.finished':
      // An order that was closed while its contact was there.
      state.byContact.delete(event.contactId);
      return;
    case 'contact.queued':
      return change(state, event.contactId, event, (current) => {
        current.inQueue = true;
        // Whom a flow has brought to the queue waits from here on.
        if (current.answeredAtMs !== null) current.waitsSinceMs ??= event.atMs;
      });
    case 'contact.requeued':
      return change(state, event.contactId, event, (current) => {
        current.inQueue = true;
        current.connectedAtMs = null;
      });
    case 'contact.dequeued':
      return change(state, event.contactId, event, (current) => {
        current.inQueue = false;
        // The way to the next queue is part of the wait, and so is that to the agent who has answered.
        if (event.reason !== 'overflow' && event.reason !== 'answered') current.waitsSinceMs = null;
      });
    case 'contact.connected':
      return change(state, event.contactId, event, (current, open) => {
        current.inQueue = false;
        current.connectedAtMs ??= event.atMs;
        noteListCall(state, open, current);
      });
    case 'contact.answered':
      return change(state, event.contactId, event, (current, open) => {
        current.answeredAtMs ??= event.atMs;
        current.waitsSinceMs ??= event.atMs;
        noteListCall(state, open, current);
      });
    case 'contact.ended':
      return change(state, event.contactId, event, (current, open) => {
        current.abandoned = current.waitsSinceMs !== null && current.connectedAtMs === null;
        current.endCause ??= event.cause;
        noteListCall(state, open, current);
      });
    case 'queue.exit_requested':
      return change(state, event.contactId, event, (current) => {
        // Who has answered leaves the queue for a flow.
        if (current.answeredAtMs === null) current.withdrawn = true;
      });
    default:
      return applyToFlow(state, event);
  }
}

function applyToFlow(state: OutboundState, event: Event): void {
  switch (event.kind) {
    case 'flow.started':
      return change(state, event.contactId, event, (current) => {
        if (current.flow === 'none') current.flow = 'running';
      });
    case 'flow.failed':
      return change(state, event.contactId, event, (current) => {
        current.flow = 'failed';
      });
    default:
      return applyToLeg(state, event);
  }
}

function applyToLeg(state: OutboundState, event: Event): void {
  switch (event.kind) {
    case 'leg.asked':
      if (event.purpose !== 'contact') return;
      return change(state, event.contactId, event, (current) => {
        current.legId = event.legId;
        current.dialled = true;
      });
    case 'leg.answered':
      return change(state, event.contactId, event, (current) => {
        if (current.legId === event.legId && (event.verdict === 'machine' || event.verdict === 'fax')) {
          current.machine = true;
        }
      });
    case 'leg.ended':
      return change(state, event.contactId, event, (current) => {
        if (current.legId === event.legId) current.legId = null;
      });
    case 'leg.refused':
      if (event.purpose !== 'contact') return;
      return change(state, event.contactId, event, (current) => {
        current.refused = event.code;
      });
    case 'hangup.requested':
      return change(state, event.contactId, event, (current) => {
        current.letGo = true;
        // A machine that hangs up before has not taken the whole message.
        if (current.machine && current.flow === 'running') current.messageLeft = true;
      });
    case 'leg.pressed':
      // Who looks at a number before it is dialled passes it over by this key.
      return change(state, event.contactId, event, (current, open) => {
        if (event.digit === SKIP_KEY && open.order.mode === 'preview' && !current.dialled) current.skipped = true;
      });
    default:
      return;
  }
}

/** What an agent presses who does not want to call a number that is shown first. */
export const SKIP_KEY = '2';

function begun(state: OutboundState, { contactId, orderId, attempt, atMs }: EventOf<'contact.placed'>): void {
  const open = state.orders.get(orderId);
  if (!open || open.current) return;
  open.contactCount = attempt;
  open.current = {
    contactId,
    attempt,
    sinceMs: atMs,
    inQueue: true,
    legId: null,
    dialled: false,
    machine: false,
    skipped: false,
    answeredAtMs: null,
    connectedAtMs: null,
    waitsSinceMs: null,
    abandoned: false,
    flow: 'none',
    messageLeft: false,
    refused: null,
    withdrawn: false,
    letGo: false,
    endCause: null,
  };
  state.byContact.set(contactId, open);
  setMoment(state, open, atMs);
}

function over(state: OutboundState, event: EventOf<'order.attempted'>): void {
  const { orderId, contactId, attempt, result, atMs, againAtMs } = event;
  const open = state.orders.get(orderId);
  if (open?.current?.contactId !== contactId) return;
  state.byContact.delete(contactId);
  open.current = null;
  if (result !== 'withdrawn') open.attemptCount += 1;
  open.attempts = [...open.attempts, { attempt, contactId, result, atMs }].slice(-ATTEMPTS_KEPT_MAX);
  if (againAtMs !== undefined) open.dueAtMs = againAtMs;
  setMoment(state, open, atMs);
}

function change(
  state: OutboundState,
  contactId: ContactId,
  { atMs }: Event,
  by: (current: CurrentAttempt, open: OpenOrder) => void,
): void {
  const open = state.byContact.get(contactId);
  if (open?.current?.contactId !== contactId) return;
  by(open.current, open);
  if (state.orders.has(open.order.id)) setMoment(state, open, atMs);
}
