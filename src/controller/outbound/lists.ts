import type { CallList, KnownRow, RowCounts, RowState } from '../../model/call/list.ts';
import type { AskedBy } from '../../model/event.ts';
import type { Result } from '../../model/failure.ts';
import type { ListId } from '../../model/ids.ts';

/** Lists of numbers, as the API asks for them and sees them. Common failures: `list.unknown`, `list.unavailable`. */
export type Lists = {
  /** Failures: `list.exists`, `list.full`, `queue.unknown`, `calendar.unknown`, `list.zone_unknown`. */
  create(list: Omit<CallList, 'createdAtMs'>): Promise<Result<ListView>>;
  all(): Promise<Result<readonly ListView[]>>;
  one(listId: ListId): Promise<Result<ListView>>;
  /** With all its rows. Failure: `list.running`. */
  remove(listId: ListId): Promise<Result<ListView>>;
  /**
   * Adds rows as they were written, in portions; those that cannot be used are told and left out. Failures: `list.busy`
   * (another load is going on), `list.full`.
   */
  load(listId: ListId, rows: Iterable<WrittenRow>): Promise<Result<Loaded>>;
  rows(listId: ListId, afterRow: number, limit: number, state?: RowState): Promise<Result<readonly KnownRow[]>>;
  start(listId: ListId, by: AskedBy): Promise<Result<ListView>>;
  /** What is an order by now is taken back, unless an agent has it already. */
  stop(listId: ListId, by: AskedBy): Promise<Result<ListView>>;
};

export type ListView = CallList & {
  readonly running: boolean;
  /** How customers are called now: agents first while too many customers met nobody. */
  readonly modeNow: CallList['mode'];
  /** Part of the newest answered calls for which no agent was there within 2 s, from 0 to 1. */
  readonly abandonedRate: number;
  readonly rows: RowCounts;
};

/** One row as a file has it; `line` is where, from 1. */
export type WrittenRow = { readonly line: number; readonly fields: Readonly<Record<string, string>> };

export type Loaded = {
  readonly added: number;
  /** The list had their numbers already. */
  readonly known: number;
  readonly refused: number;
  /** The first of those that were refused. */
  readonly problems: readonly RowProblem[];
};

export const ROW_PROBLEMS = ['number_invalid', 'zone_unknown', 'priority_invalid', 'too_long'] as const;
export type RowProblem = {
  readonly line: number;
  readonly code: (typeof ROW_PROBLEMS)[number];
  readonly message: string;
};
