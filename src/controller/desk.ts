import type { AskedBy, EventKind, JournalEntry, PhoneState } from '../model/event.ts';
import type { Result } from '../model/failure.ts';
import type { AgentId, AtMs, ContactId, OfferId, QueueId } from '../model/ids.ts';
import type { Site } from '../model/site.ts';

/** The controller's public face: what the API may ask and see. */
export type Desk = {
  health(): Health;
  site(): Site;
  queues(): QueueView[];
  agents(): AgentView[];
  /** Contacts that are here now, oldest first. */
  contacts(): ContactView[];
  /**
   * Asks for a change of an agent's state.
   * Failures: `agent.unknown`, `agent.logged_out` (pause or ready of an agent who is not logged in), `agent.reason_unknown`.
   */
  askAgent(agentId: AgentId, wish: AgentWish, by: AskedBy): Result<AgentView>;
  /** All that the journal has about one contact, in order. Failures: `contact.unknown`, `journal.unavailable`. */
  story(contactId: ContactId): Promise<Result<JournalEntry[]>>;
  /** Visits journal entries of the kinds given with fromMs <= atMs < toMs, in order. Failure: `journal.unavailable`. */
  entries(range: EntryRange, visit: (entry: JournalEntry) => void): Promise<Result<void>>;
};

export type EntryRange = { readonly fromMs: AtMs; readonly toMs: AtMs; readonly kinds: readonly EventKind[] };

export type AgentWish =
  | { wish: 'log_in' }
  | { wish: 'log_out' }
  | { wish: 'pause'; reason: string }
  | { wish: 'ready' };

export type Health = {
  readonly status: 'ok' | 'degraded';
  readonly parts: Readonly<Record<string, PartHealth>>;
};
/** A part such as `asterisk`, `database`, `flows`; `sinceMs` is when it came into this state. */
export type PartHealth = { readonly up: boolean; readonly detail: string; readonly sinceMs: AtMs };

export type QueueView = {
  readonly id: QueueId;
  readonly name: string;
  /** Waiting without an agent's phone ringing, and waiting with one. */
  readonly waiting: number;
  readonly ringing: number;
  readonly talking: number;
  readonly longestWaitMs: number;
  readonly agents: Readonly<Record<AgentState, number>>;
  readonly contacts: readonly {
    readonly contactId: ContactId;
    readonly position: number;
    readonly waitedMs: number;
    readonly ringingAgentId?: AgentId;
  }[];
};

/** One word for what an agent is doing; the first that fits, from the top. */
export type AgentState =
  | 'talking'
  | 'ringing'
  | 'wrap_up'
  | 'logged_out'
  | 'paused'
  | 'unreachable'
  | 'busy'
  | 'resting'
  | 'ready';

export type AgentView = {
  readonly id: AgentId;
  readonly name: string;
  readonly extension: string;
  readonly queues: readonly QueueId[];
  readonly skills: readonly string[];
  readonly state: AgentState;
  readonly stateSinceMs: AtMs;
  readonly pauseReason?: string;
  readonly phone: PhoneState;
  readonly contactId?: ContactId;
  readonly offerId?: OfferId;
};

export type ContactView = {
  readonly id: ContactId;
  readonly channel: 'voice';
  readonly from: string;
  readonly to: string;
  readonly arrivedAtMs: AtMs;
  readonly stage: 'flow' | 'waiting' | 'ringing' | 'talking' | 'ending';
  readonly flowId?: string;
  readonly stepId?: string;
  readonly queueId?: QueueId;
  readonly agentId?: AgentId;
};
