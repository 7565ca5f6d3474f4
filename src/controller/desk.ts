import type { Forced } from '../model/calendar.ts';
import type { Opening } from '../model/calendar-hours.ts';
import type { Channel } from '../model/channel.ts';
import type { AskedBy, EventKind, JournalEntry, PhoneState } from '../model/event.ts';
import type { Result } from '../model/failure.ts';
import type { FlowSet } from '../model/flow-set.ts';
import type { AgentId, AtMs, CalendarId, ContactId, OfferId, QueueId, TeamId } from '../model/ids.ts';
import type { Levels } from '../model/needs.ts';
import type { StrategyName } from '../model/queue.ts';
import type { Site } from '../model/site.ts';
import type { CallControl, CallView } from './call-control/call-control.ts';
import type { Telephony } from './call-control/telephony.ts';
import type { Conversations } from './chat/conversations.ts';
import type { Decision } from './decisions/decisions.ts';
import type { AgentDecisions } from './decisions/decisions-desk.ts';
import type { EmergencyStop, EmergencyView } from './emergency/emergencies.ts';
import type { Lists } from './outbound/lists.ts';
import type { Orders } from './outbound/orders.ts';
import type { Recordings } from './recordings/recordings.ts';
import type { Transcriptions } from './transcription/transcriptions.ts';
import type { Supervision } from './watch/supervision.ts';

/** The controller's public face: what the API may ask and see. */
export type Desk = {
  health(): Health;
  site(): Site;
  queues(): QueueView[];
  agents(): AgentView[];
  /** Contacts that are here now, oldest first. */
  contacts(): ContactView[];
  calendars(): CalendarView[];
  /**
   * Asks for a change of an agent's state.
   * Failures: `agent.unknown`, `agent.logged_out` (pause or ready of an agent who is not logged in), `agent.reason_unknown`;
   * of a wrap-up `agent.not_in_wrap_up`, `agent.contact_required`, `agent.extension_refused`, `agent.result_required`,
   * `agent.result_unknown`.
   */
  askAgent(agentId: AgentId, wish: AgentWish, by: AskedBy): Result<AgentView>;
  /** Opens or closes a calendar by hand; null: it goes by its hours again. Failure: `calendar.unknown`. */
  forceCalendar(calendarId: CalendarId, forced: Forced | null, by: AskedBy): Result<CalendarView>;
  /** All that the journal has about one contact, in order. Failures: `contact.unknown`, `journal.unavailable`. */
  story(contactId: ContactId): Promise<Result<JournalEntry[]>>;
  /** Visits journal entries of the kinds given with fromMs <= atMs < toMs, in order. Failure: `journal.unavailable`. */
  entries(range: EntryRange, visit: (entry: JournalEntry) => void): Promise<Result<void>>;
  /**
   * What was decided about a contact, and why; with an agent also why that agent was not chosen each time.
   * Failures: `contact.unknown`, `journal.unavailable`, and with an agent `decision.too_far`, `decision.busy`.
   */
  decisions(contactId: ContactId, agentId?: AgentId): Promise<Result<readonly Decision[]>>;
  /** The newest decisions for and past an agent since `fromMs`. Failures: `agent.unknown` and those of `decisions`. */
  agentDecisions(agentId: AgentId, fromMs: AtMs): Promise<Result<AgentDecisions>>;
  /** What agents do with contacts without a phone. */
  readonly conversations: Conversations;
  /** What agents do within their calls. */
  readonly callControl: CallControl;
  readonly supervision: Supervision;
  readonly emergencyStop: EmergencyStop;
  readonly telephony: Telephony;
  readonly orders: Orders;
  readonly lists: Lists;
  readonly recordings: Recordings;
  readonly transcriptions: Transcriptions;
  flows(): FlowsStatus;
  /** Versions of the flows that were in service, the newest first. Failure: `journal.unavailable`. */
  flowVersions(): Promise<Result<readonly FlowVersionView[]>>;
  /** The flows of one version. Failures: `flows.version_unknown`, `journal.unavailable`. */
  flowSet(version: string): Promise<Result<FlowSet>>;
  /**
   * Brings a version back into service; it stays until the folder changes. Absent: the one before the one in service.
   * Failures: `flows.version_unknown`, `flows.recordings_gone`, `flows.no_earlier`, `journal.unavailable`.
   */
  activateFlows(version?: string): Promise<Result<FlowVersionView>>;
};

/** How the flows folder stands to what is in service. */
export type FlowsStatus = {
  /** In service; new contacts begin in it. */
  readonly version: string;
  /** What the folder held when it was last in order. */
  readonly folderVersion: string;
  readonly pinned: boolean;
  /** Counted since the start: folders that came into service or were in it, and folders that were refused. */
  readonly loads: number;
  readonly refusals: number;
  readonly refusedAtMs: AtMs | null;
  /** What is wrong with the folder as it is now; empty: nothing. */
  readonly problems: readonly FlowProblem[];
  readonly problemsOmitted: number;
};
/** Lines and columns count from 1. */
export type FlowProblem = {
  readonly code: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
};

/** One version of the flows folder that was in service. */
export type FlowVersionView = {
  readonly version: string;
  /** How many flows it has. */
  readonly flows: number;
  readonly firstLoadedAtMs: AtMs;
  readonly loadedAtMs: AtMs;
  readonly inService: boolean;
  /** Brought into service by hand: it stays until the folder changes. */
  readonly pinned: boolean;
  /** Contacts that run in it. */
  readonly contacts: number;
};

export type EntryRange = { readonly fromMs: AtMs; readonly toMs: AtMs; readonly kinds: readonly EventKind[] };

export type AgentWish =
  | { wish: 'log_in' }
  | { wish: 'log_out' }
  | { wish: 'pause'; reason: string }
  /** Ends a pause and every wrap-up; `agent.result_required` while one of these needs a result. */
  | { wish: 'ready' }
  /** More time after a contact; which one need only be said when there are several. */
  | { wish: 'extend_wrap_up'; contactId?: ContactId }
  | { wish: 'end_wrap_up'; contactId?: ContactId; result?: string };

export type Health = {
  readonly status: 'ok' | 'degraded';
  readonly parts: Readonly<Record<string, PartHealth>>;
};
/** A part such as `asterisk`, `database`, `flows`; `sinceMs` is when it came into this state. */
export type PartHealth = { readonly up: boolean; readonly detail: string; readonly sinceMs: AtMs };

/** Most contacts that the view of one queue lists; how many more there are is told. */
export const CONTACTS_LISTED_MAX = 1000;

export type QueueView = {
  /** `@` and an agent's id is the queue of that agent alone; it is shown only while something stands in it. */
  readonly id: QueueId;
  readonly name: string;
  readonly strategy: StrategyName;
  /** Absent: always open. */
  readonly calendar?: CalendarView;
  /** Set while it is out of service by hand, by itself or with the whole site. */
  readonly emergency?: EmergencyView;
  /** Waiting without an agent's phone ringing, and waiting with one. */
  readonly waiting: number;
  readonly ringing: number;
  readonly talking: number;
  /** Of those who wait: longer than the service level of the queue allows. */
  readonly overdue: number;
  readonly longestWaitMs: number;
  readonly agents: Readonly<Record<AgentState, number>>;
  /** How good the estimates of the wait were; only contacts that were answered can tell. */
  readonly estimates: {
    readonly compared: number;
    /** Mean absolute difference between the estimated median and the wait that came of it. */
    readonly meanErrorMs?: number;
    /** Share from 0 to 1 of waits that were no longer than their estimated 90th percentile. */
    readonly withinP90?: number;
  };
  /** Who waits, the next to be served first; at most CONTACTS_LISTED_MAX. */
  readonly contacts: readonly WaitingView[];
  readonly contactsOmitted: number;
};

export type WaitingView = {
  readonly contactId: ContactId;
  readonly channel: Channel;
  readonly position: number;
  readonly waitedMs: number;
  readonly overdue: boolean;
  /** How many steps of the queue's relaxation were taken. */
  readonly relaxationStep: number;
  /** The whole wait as it was estimated when the contact came: half of such contacts wait less, nine of ten. */
  readonly estimatedWaitP50Ms?: number;
  readonly estimatedWaitP90Ms?: number;
  /** The agent whose phone rings for it, the first one where there are several. */
  readonly ringingAgentId?: AgentId;
  readonly ringingAgentIds?: readonly AgentId[];
};

export type CalendarView = {
  readonly id: CalendarId;
  readonly timeZone: string;
  readonly open: boolean;
  readonly because: Opening['because'];
  /** Name of the holiday that closed it. */
  readonly holiday?: string;
  /** When that ends as far as can be told; absent while it is forced, for that has no end. */
  readonly untilMs?: AtMs;
  readonly forced?: Forced;
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
  readonly team?: TeamId;
  readonly queues: readonly QueueId[];
  readonly skills: readonly string[];
  readonly skillLevels: Levels;
  readonly state: AgentState;
  readonly stateSinceMs: AtMs;
  readonly pauseReason?: string;
  /** When the pause should be over, where its reason has a limit. */
  readonly pauseUntilMs?: AtMs;
  readonly pauseOverran?: boolean;
  readonly phone: PhoneState;
  /** The contact that rings or is talked to, the oldest where there are several. */
  readonly contactId?: ContactId;
  readonly offerId?: OfferId;
  /** Everything in hand, the oldest first. */
  readonly work: readonly WorkView[];
  /** How much of what the agent can do at once is taken, in percent; more than 100 after an interruption. */
  readonly loadPercent: number;
};

export type WorkView = {
  readonly contactId: ContactId;
  readonly offerId: OfferId;
  readonly queueId: QueueId;
  readonly channel: Channel;
  readonly stage: 'ringing' | 'talking' | 'wrap_up';
  readonly sinceMs: AtMs;
  /** When the wrap-up ends by itself. */
  readonly untilMs?: AtMs;
  /** How often the wrap-up may still be extended. */
  readonly extensionsLeft?: number;
  /** Results of which one must be given to end the wrap-up. */
  readonly resultRequired?: readonly string[];
};

export type ContactView = {
  readonly id: ContactId;
  readonly channel: Channel;
  readonly from: string;
  readonly to: string;
  readonly arrivedAtMs: AtMs;
  readonly stage: 'flow' | 'waiting' | 'ringing' | 'talking' | 'ending';
  readonly flowId?: string;
  readonly stepId?: string;
  readonly queueId?: QueueId;
  readonly agentId?: AgentId;
  /** Of a telephone call with others than the customer. */
  readonly call?: CallView;
};
