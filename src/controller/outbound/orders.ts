import type { PlacedMode } from '../../model/call/call-event.ts';
import type { OrderEnd, OrderedBy, OrderKind } from '../../model/call/order.ts';
import type { AskedBy, FlowValues } from '../../model/event.ts';
import type { Result } from '../../model/failure.ts';
import type { AgentId, AtMs, CalendarId, ContactId, FlowId, ListId, OrderId, QueueId } from '../../model/ids.ts';
import type { Attempt } from '../../outbound/state.ts';

/** Callbacks, clicks and numbers that nobody may call, as the API asks for them and sees them. */
export type Orders = {
  /**
   * Asks for a callback. Asked again with the same id it is the same one.
   * Failures: `queue.unknown`, `calendar.unknown`, `flow.unknown`, `callback.flow_mode`, `callback.number_invalid`, `callback.not_allowed`, `callback.duplicate`,
   * `callback.full`, `callback.expired` (it would end before it begins).
   */
  ask(wish: CallbackWish, by: AskedBy): Result<OrderView>;
  /** Orders that are open, the one due first in front, and the newest of those that are over where these are asked for. */
  list(wanted: OrdersWanted): OrderPage;
  /** Failure: `callback.unknown`. */
  one(id: OrderId): Result<OrderView>;
  /** Failures: `callback.unknown`, `callback.closed`. */
  cancel(id: OrderId, by: AskedBy): Result<OrderView>;
  /** Failures: `callback.unknown`, `callback.closed`, `callback.expired`. */
  move(id: OrderId, dueAtMs: AtMs, by: AskedBy): Result<OrderView>;
  /**
   * Calls the agent, then the number; `onMachine` is the flow that speaks to an answering machine. Failures: `agent.unknown`,
   * `agent.logged_out`, `flow.unknown`, and of `ask` those of the number.
   */
  click(agentId: AgentId, number: string, by: AskedBy, onMachine?: FlowId): Result<OrderView>;
  /** Calls, or passes over, the number that the agent was shown first. Failure: `offer.not_preview`. */
  answerPreview(agentId: AgentId, answer: 'call' | 'skip'): Result<OrderView>;
  /** Adds numbers that nobody may call. Failures: `callback.number_invalid` (with its place), `do_not_call.full`. */
  forbid(numbers: readonly string[], reason: string, by: AskedBy): Result<{ readonly added: number }>;
  /** Failures: `callback.number_invalid`, `do_not_call.unknown`. */
  allow(number: string, by: AskedBy): Result<ForbiddenView>;
  /** Failures: `callback.number_invalid`, `do_not_call.unknown`. */
  forbidden(number: string): Result<ForbiddenView>;
  /** In the order of the numbers, from the one after `after`. */
  forbiddenList(after: string, limit: number): { readonly numbers: readonly ForbiddenView[]; readonly total: number };
};

export type CallbackWish = {
  readonly number: string;
  readonly queueId: QueueId;
  /** Chosen by who asks, so that it may be asked again without harm. */
  readonly id?: string;
  readonly name?: string;
  readonly language?: string;
  readonly attributes?: FlowValues;
  readonly priority?: number;
  readonly dueAtMs?: AtMs;
  readonly expiresAtMs?: AtMs;
  /** Absent: that of the queue. */
  readonly calendarId?: CalendarId;
  readonly mode?: Exclude<PlacedMode, 'hear'>;
  readonly attemptsMax?: number;
  readonly retryMs?: number;
  readonly ringMs?: number;
  readonly callerId?: string;
  readonly detectMachine?: boolean;
  /** A flow that speaks to an answering machine, which is told from a person for it. */
  readonly onMachine?: FlowId;
  /** A flow that the customer goes through before the agent; only in mode `customer_first`. */
  readonly flowId?: FlowId;
  readonly duplicates?: 'refuse' | 'replace' | 'keep_both';
};

export type OrdersWanted = {
  readonly queueId?: QueueId;
  readonly kind?: OrderKind;
  readonly number?: string;
  readonly closed: boolean;
  readonly limit: number;
};

export type OrderPage = { readonly orders: readonly OrderView[]; readonly total: number };

/** `due`: its time has not come. `queued`: waits for an agent. `calling`: an agent has it, or the customer is being called. */
export type OrderStage = 'due' | 'queued' | 'calling' | 'talking' | 'closed';

export type OrderView = {
  readonly id: OrderId;
  readonly kind: OrderKind;
  readonly stage: OrderStage;
  readonly mode: PlacedMode;
  readonly queueId: QueueId;
  readonly number: string;
  readonly name?: string;
  readonly language: string;
  readonly attributes: FlowValues;
  readonly priority: number;
  readonly by: OrderedBy;
  readonly askedAtMs: AtMs;
  readonly virtualStartMs: AtMs;
  readonly dueAtMs: AtMs;
  readonly expiresAtMs: AtMs;
  readonly calendarId?: CalendarId;
  readonly fromContactId?: ContactId;
  readonly listId?: ListId;
  readonly attemptsMax: number;
  readonly attempts: readonly Attempt[];
  /** The contact of the attempt that is under way. */
  readonly contactId?: ContactId;
  readonly closedAtMs?: AtMs;
  readonly reason?: OrderEnd;
};

export type ForbiddenView = {
  readonly number: string;
  readonly atMs: AtMs;
  readonly by: AskedBy;
  readonly reason: string;
};
