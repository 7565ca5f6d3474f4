import type { FlowValues } from '../event.ts';
import type { AtMs, CalendarId, FlowId, ListId, OrderId, QueueId } from '../ids.ts';
import type { PlacedMode } from './call-event.ts';
import type { AttemptResult, AttemptRules } from './order.ts';

/** A list of numbers that the agents of a queue call. Its rows are in the database, however many there are. */
export type CallList = {
  readonly id: ListId;
  readonly name: string;
  readonly queueId: QueueId;
  readonly mode: Exclude<PlacedMode, 'hear'>;
  /** Zone of rows that name none, as an IANA name. */
  readonly timeZone: string;
  /** Calling hours, which hold by the wall clock of each row's own zone; null: at any time. */
  readonly calendarId: CalendarId | null;
  readonly language: string;
  /** Null: by the site's rules. */
  readonly callerId: string | null;
  readonly ringMs: number;
  readonly detectMachine: boolean;
  /** A flow that speaks to an answering machine; absent: none. */
  readonly onMachine?: FlowId;
  /** A flow that customers go through before the agent, while `customer_first` holds; absent: none. */
  readonly flowId?: FlowId;
  /** How a row goes on after each result of an attempt. */
  readonly rules: Readonly<Record<RetriedResult, RetryRule>>;
  /** Attempts of one row of all results together. */
  readonly attemptsMax: number;
  /** So many numbers for each agent who is free, at most 1: nobody is called for whom no agent is kept. */
  readonly callsPerAgent: number;
  /** In mode `customer_first`: the part of answered calls without an agent within 2 s, from 0 to 1, above which agents are called first. */
  readonly abandonedMax: number;
  /** By so many of the newest answered calls. */
  readonly abandonedOf: number;
  readonly createdAtMs: AtMs;
};

/** Results after which a number may be tried again. */
export const RETRIED_RESULTS = [
  'busy',
  'no_answer',
  'machine',
  'unavailable',
  'failed',
  'declined',
  'skipped',
] as const;
export type RetriedResult = (typeof RETRIED_RESULTS)[number];

/** `attemptsMax`: with this result alone; 0: not again. */
export type RetryRule = Pick<AttemptRules, 'attemptsMax' | 'retryMs'>;

/** One number of a list as it is loaded. */
export type ListRow = {
  readonly number: string;
  readonly name: string | null;
  /** Null: that of the list. */
  readonly timeZone: string | null;
  readonly priority: number;
  readonly attributes: FlowValues;
};

/** `out`: it is an order now. `done`: it led to a talk, or is given up. */
export type RowState = 'waiting' | 'out' | 'done';

/** One number of a list as it stands. Rows count from 1 in the order in which they were loaded. */
export type KnownRow = ListRow & {
  readonly listId: ListId;
  readonly row: number;
  readonly state: RowState;
  readonly orderId: OrderId | null;
  readonly nextAtMs: AtMs;
  readonly attempts: number;
  /** How often each result came. */
  readonly results: Readonly<Partial<Record<AttemptResult, number>>>;
  readonly lastResult: AttemptResult | 'invalid_number' | 'duplicate' | null;
};

export type RowCounts = Readonly<Record<RowState, number>>;

/**
 * Where lists and their rows are kept. Questions reject with an error whose `code` is `list.unavailable`. What is told twice
 * does no harm.
 */
export type ListStore = {
  create(list: CallList): Promise<void>;
  all(): Promise<CallList[]>;
  find(listId: ListId): Promise<CallList | undefined>;
  remove(listId: ListId): Promise<void>;
  /** Adds rows at the end; a number that the list has already is left out. Gives how many are new. */
  add(listId: ListId, rows: readonly ListRow[], atMs: AtMs): Promise<number>;
  counts(listId: ListId): Promise<RowCounts>;
  rows(listId: ListId, afterRow: number, limit: number, state?: RowState): Promise<KnownRow[]>;
  /** Zones of rows that are still to be called; an empty one stands for that of the list. */
  zones(listId: ListId): Promise<string[]>;
  /**
   * Takes the next rows that are due, and whose zone is one of those given, out of the waiting ones, each with the id of the
   * order that is to be made of it.
   */
  take(listId: ListId, zones: readonly string[], limit: number, nowMs: AtMs): Promise<KnownRow[]>;
  /** Rows that are out. */
  out(): Promise<KnownRow[]>;
  /** The row that is out for an order. */
  ofOrder(orderId: OrderId): Promise<KnownRow | undefined>;
  /** What came of the order of a row; `nextAtMs` when it is to be tried again. */
  settle(orderId: OrderId, result: KnownRow['lastResult'], nextAtMs: AtMs | null): Promise<void>;
  /** May be called twice. */
  close(): Promise<void>;
};
