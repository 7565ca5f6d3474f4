import type { Calendar, Forced } from '../model/calendar.ts';
import type { Opening } from '../model/calendar-hours.ts';
import type { OutgoingRefusal } from '../model/call/call-event.ts';
import type { AttemptResult, Order, OrderEnd, OrderedBy } from '../model/call/order.ts';
import { NO_OUTGOING, type Outgoing } from '../model/call/trunk.ts';
import { Deadlines } from '../model/deadlines.ts';
import type { AskedBy, EndCause } from '../model/event.ts';
import type { AtMs, CalendarId, ContactId, LegId, ListId, OrderId } from '../model/ids.ts';

/**
 * What is to be called, and whom nobody may call. An order is open until one of its attempts led to a talk or none is left:
 *
 *   order.asked ─► order.placed ─► (due, in calling hours) ─► contact.placed, contact.queued ─► ... ─► contact.ended
 *                       ▲                                                                                   │
 *                       └──────────────── order.attempted, to be tried again ◄──────────────────────────────┤
 *                                                                    order.attempted, order.closed ◄────────┘
 */
export type OutboundState = {
  site: CallingSite;
  readonly forced: Map<CalendarId, Forced>;
  readonly orders: Map<OrderId, OpenOrder>;
  /** The newest that are over, the oldest first. */
  readonly closed: Map<OrderId, ClosedOrder>;
  readonly doNotCall: Map<string, DoNotCall>;
  readonly lists: Map<ListId, ListRecord>;
  readonly deadlines: Deadlines<OutboundDeadline>;
  /** Orders by the contact of their attempt, and by number. Both follow from the orders and are never kept. */
  readonly byContact: Map<ContactId, OpenOrder>;
  readonly byNumber: Map<string, Set<OrderId>>;
  /** What was worked out of a calendar last, which holds for a while. Never kept. */
  readonly openings: Map<CalendarId, { readonly fromMs: AtMs; readonly opening: Opening }>;
};

/** What a site is to orders. */
export type CallingSite = {
  readonly outgoing: Outgoing;
  readonly calendars: Readonly<Record<CalendarId, Calendar>>;
};

/** What is due: an order's next attempt, its end, or the end of calling hours while it waits for an agent. */
export type OutboundDeadline = 'order';

export type OpenOrder = {
  readonly order: Order;
  readonly by: OrderedBy;
  readonly placedAtMs: AtMs;
  /** Not before this is the next attempt; calling hours may put it off further. */
  dueAtMs: AtMs;
  /** Contacts made so far; part of the next one's id. */
  contactCount: number;
  /** Attempts that count. */
  attemptCount: number;
  /** How attempts ended, the oldest first. */
  attempts: Attempt[];
  /** The attempt that is under way. */
  current: CurrentAttempt | null;
};

export type Attempt = {
  readonly attempt: number;
  readonly contactId: ContactId;
  readonly result: AttemptResult;
  readonly atMs: AtMs;
};

/** What has been seen of an attempt so far. */
export type CurrentAttempt = {
  readonly contactId: ContactId;
  readonly attempt: number;
  readonly sinceMs: AtMs;
  /** True while it stands in a queue, or an agent is being rung for it. */
  inQueue: boolean;
  /** The customer's leg, while there is one. */
  legId: LegId | null;
  dialled: boolean;
  machine: boolean;
  skipped: boolean;
  answeredAtMs: AtMs | null;
  connectedAtMs: AtMs | null;
  /** Since when the customer, who is on the line, waits for an agent; null: does not, or has one. */
  waitsSinceMs: AtMs | null;
  /** Hung up while waiting. */
  abandoned: boolean;
  /** The flow that has the contact, from its beginning on: it goes on by itself, and ends the contact. */
  flow: 'none' | 'running' | 'failed';
  /** The flow for a machine has come to its end, and its message is left. */
  messageLeft: boolean;
  /** Why the site did not let the number be dialled. */
  refused: OutgoingRefusal | null;
  /** Set when we take the contact back. */
  withdrawn: boolean;
  /** The customer's leg was asked to hang up. */
  letGo: boolean;
  endCause: EndCause | null;
};

export type ClosedOrder = {
  readonly order: Order;
  readonly by: OrderedBy;
  readonly placedAtMs: AtMs;
  readonly closedAtMs: AtMs;
  readonly reason: OrderEnd;
  readonly attempts: readonly Attempt[];
  /** The contact of the attempt that was under way then. */
  readonly contactId: ContactId | null;
};

export type DoNotCall = { readonly atMs: AtMs; readonly by: AskedBy; readonly reason: string };

export type ListRecord = {
  running: boolean;
  /** Of the newest calls that customers answered, the oldest first: whether an agent was there in time. */
  inTime: boolean[];
};

export function emptyOutbound(): OutboundState {
  return {
    site: { outgoing: NO_OUTGOING, calendars: {} },
    forced: new Map(),
    orders: new Map(),
    closed: new Map(),
    doNotCall: new Map(),
    lists: new Map(),
    deadlines: new Deadlines(),
    byContact: new Map(),
    byNumber: new Map(),
    openings: new Map(),
  };
}
