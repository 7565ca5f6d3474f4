import type { AskedBy, FlowValues } from '../event.ts';
import type { AtMs, CalendarId, ContactId, FlowId, ListId, OrderId, QueueId, RecordingId } from '../ids.ts';
import { type Needs, NO_NEEDS } from '../needs.ts';
import type { PromptPart } from '../prompt.ts';
import type { PlacedMode } from './call-event.ts';

/**
 * An order to bring a customer and an agent together at our own cost: a callback, a click in a program, a number of a list,
 * or a message that somebody left. It becomes an item of the dispatcher when its time has come, as often as its rules allow.
 */
export type Order = {
  readonly id: OrderId;
  readonly kind: OrderKind;
  readonly mode: PlacedMode;
  /** Of the customer, as it is dialled; private. */
  readonly number: string;
  /** A queue, or `@` and an agent's id: an order that one agent owns. */
  readonly queueId: QueueId;
  readonly language: string;
  /** The contact from which it came, and what its flow knew of it. */
  readonly fromContactId: ContactId | null;
  readonly listId: ListId | null;
  readonly name: string | null;
  readonly attributes: FlowValues;
  readonly label: string | null;
  readonly priority: number;
  readonly needs: Needs;
  /** When the wait began for the order in the queue. */
  readonly virtualStartMs: AtMs;
  /** Not before this. */
  readonly dueAtMs: AtMs;
  readonly expiresAtMs: AtMs;
  /** Only while it is open; null: at any time. */
  readonly calendarId: CalendarId | null;
  readonly rules: AttemptRules;
  readonly recordingId: RecordingId | null;
  /** The number of ours that is shown; null: by the site's rules. */
  readonly callerId: string | null;
  readonly detectMachine: boolean;
  /** What the agent hears first, such as who is to be called. */
  readonly whisper?: readonly PromptPart[];
  /** A flow that the customer goes through before the agent, in mode `customer_first`. */
  readonly flowId?: FlowId;
  /** A flow that speaks to an answering machine, after its greeting. */
  readonly onMachine?: FlowId;
};

/** What an order is of which nothing special is asked. */
export const PLAIN_ORDER = {
  fromContactId: null,
  listId: null,
  name: null,
  attributes: {},
  label: null,
  priority: 0,
  needs: NO_NEEDS,
  calendarId: null,
  recordingId: null,
  callerId: null,
  detectMachine: false,
} satisfies Partial<Order>;

export const ORDER_KINDS = ['callback', 'click', 'list', 'voicemail'] as const;
export type OrderKind = (typeof ORDER_KINDS)[number];

export type AttemptRules = {
  readonly attemptsMax: number;
  /** From the end of one attempt to the next. */
  readonly retryMs: number;
  /** How long the customer's phone rings. */
  readonly ringMs: number;
};

/** How one attempt ended. */
export const ATTEMPT_RESULTS = [
  'talked',
  'busy',
  'no_answer',
  'machine',
  /** The flow for it has spoken to an answering machine to its end. */
  'machine_message',
  /** The customer went through the flow of the order, and left it otherwise than by hanging up while waiting for an agent. */
  'answered',
  'unavailable',
  'failed',
  'declined',
  'skipped',
  'not_allowed',
  /** Taken back before anybody was dialled: calling hours ended, the order was moved or cancelled. Counts as no attempt. */
  'withdrawn',
] as const;
export type AttemptResult = (typeof ATTEMPT_RESULTS)[number];

export type OrderEnd = 'done' | 'expired' | 'attempts_used' | 'cancelled' | 'replaced' | 'not_allowed';

export type OrderEvent =
  /** Comes to be an order, or is refused. `contactId`: whose flow asks; absent: nobody's. */
  | {
      kind: 'order.asked';
      atMs: AtMs;
      contactId?: ContactId;
      order: Order;
      by: OrderedBy;
      duplicates: 'refuse' | 'replace' | 'keep_both';
    }
  | { kind: 'order.placed'; atMs: AtMs; contactId?: ContactId; order: Order; by: OrderedBy }
  | { kind: 'order.refused'; atMs: AtMs; contactId?: ContactId; orderId: OrderId; code: OrderRefusal }
  /** Moved to another time by hand. */
  | { kind: 'order.moved'; atMs: AtMs; orderId: OrderId; dueAtMs: AtMs; by: AskedBy }
  /** One attempt is over; `againAtMs` when there is to be another. */
  | {
      kind: 'order.attempted';
      atMs: AtMs;
      orderId: OrderId;
      contactId: ContactId;
      attempt: number;
      result: AttemptResult;
      againAtMs?: AtMs;
    }
  | { kind: 'order.closed'; atMs: AtMs; orderId: OrderId; reason: OrderEnd; by: OrderedBy }
  | { kind: 'do_not_call.added'; atMs: AtMs; number: string; by: AskedBy; reason: string }
  | { kind: 'do_not_call.removed'; atMs: AtMs; number: string; by: AskedBy }
  | { kind: 'list.started'; atMs: AtMs; listId: ListId; by: AskedBy }
  | { kind: 'list.stopped'; atMs: AtMs; listId: ListId; by: AskedBy | 'limit' };

export const ORDER_REFUSALS = ['invalid_number', 'not_allowed', 'duplicate', 'full'] as const;
export type OrderRefusal = (typeof ORDER_REFUSALS)[number];

export type OrderedBy = AskedBy | 'flow' | 'list';
