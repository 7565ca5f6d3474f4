import type { AgentId, AtMs, ContactId, QueueId } from '../../model/ids.ts';

/** In what way a decision would be another one. */
export const CHANGE_KINDS = [
  'other_agent',
  'other_contact',
  'no_offer',
  'sooner',
  'sent_on',
  'not_sent_on',
  'other_target',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One decision that would be another one. */
export type Change = {
  readonly atMs: AtMs;
  readonly queueId: QueueId;
  readonly contactId: ContactId;
  readonly kind: ChangeKind;
  readonly text: string;
};

export type QueueSummary = {
  readonly queueId: QueueId;
  /** Offers and overflows that were decided, and how many of them stay as they were. */
  readonly decisions: number;
  readonly same: number;
  readonly changes: Readonly<Record<ChangeKind, number>>;
};

/** Contacts that wait now and are alike for the question who may have them. */
export type WaitingSummary = {
  readonly queueId: QueueId;
  readonly contacts: number;
  /** The one of them that came first. */
  readonly first: ContactId;
  /** Agents who may have them whatever they are doing, in the site in service and in the other one; null: no such queue. */
  readonly agentsBefore: number | null;
  readonly agentsAfter: number | null;
};

export type DryRunReport = {
  readonly fromMs: AtMs | null;
  readonly toMs: AtMs | null;
  readonly events: number;
  readonly decisions: number;
  readonly changed: number;
  readonly queues: readonly QueueSummary[];
  /** The first CHANGES_MAX; how many there are in all is `changed`. */
  readonly changes: readonly Change[];
  readonly waiting: readonly WaitingSummary[];
  /** Agents of the other site whom the history does not know, and so nobody could choose. */
  readonly agentsAdded: readonly AgentId[];
  readonly agentsRemoved: readonly AgentId[];
};

/** Most changed decisions that are kept in words. */
export const CHANGES_MAX = 50;

/** Counts decisions by queue. */
export type Tally = {
  decided(queueId: QueueId): void;
  changed(change: Change): void;
  readonly changes: readonly Change[];
  summaries(): QueueSummary[];
};

export function newTally(): Tally {
  const queues = new Map<QueueId, { decisions: number; changes: Record<ChangeKind, number> }>();
  const changes: Change[] = [];
  const of = (queueId: QueueId) => {
    const known = queues.get(queueId);
    if (known) return known;
    const none = Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, 0])) as Record<ChangeKind, number>;
    const made = { decisions: 0, changes: none };
    queues.set(queueId, made);
    return made;
  };
  return {
    changes,
    decided: (queueId) => {
      of(queueId).decisions += 1;
    },
    changed(change) {
      of(change.queueId).changes[change.kind] += 1;
      if (changes.length < CHANGES_MAX) changes.push(change);
    },
    summaries: () =>
      [...queues]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([queueId, { decisions, changes }]) => {
          const changed = Object.values(changes).reduce((sum, count) => sum + count, 0);
          return { queueId, decisions, same: Math.max(0, decisions - changed), changes };
        }),
  };
}
