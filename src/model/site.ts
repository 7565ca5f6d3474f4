import type { Calendar } from './calendar.ts';
import type { RecordingRule } from './call/recording.ts';
import type { MusicClass, Outgoing, Trunk } from './call/trunk.ts';
import type { Capacity } from './capacity.ts';
import type { HandledOutcome } from './flow-set.ts';
import type { AgentId, CalendarId, CapacityId, FlowId, QueueId, TeamId, TrunkId } from './ids.ts';
import type { Levels } from './needs.ts';
import type { Queue } from './queue.ts';
import type { SpeechSite } from './speech/engines.ts';

/** The contact centre as `flows/site.yaml` describes it, checked; times in ms. */
export type Site = {
  readonly name: string;
  /** Language of prompts that name none, as a BCP 47 tag such as `en` or `de`. */
  readonly language: string;
  /** All languages in which customers are spoken to; the one above is among them. */
  readonly languages: readonly string[];
  /** Zone of times that are told or compared without a calendar, as an IANA name. */
  readonly timeZone: string;
  /** Flows that go on where neither a step nor its flow says what an outcome leads to. */
  readonly on: Readonly<Partial<Record<HandledOutcome, FlowId>>>;
  /** The flow that goes on when a customer has left, where the flow itself says nothing. */
  readonly onHangup?: FlowId;
  /** Dialled number to flow. A number ending in `*` stands for all that begin so; the longest match wins. */
  readonly numbers: readonly NumberRule[];
  readonly calendars: Readonly<Record<CalendarId, Calendar>>;
  /** `default` is always there. */
  readonly capacities: Readonly<Record<CapacityId, Capacity>>;
  readonly teams: Readonly<Record<TeamId, Team>>;
  readonly queues: Readonly<Record<QueueId, Queue>>;
  /** The pattern of the queues that every agent has for himself, `@anna` for agent `anna`. */
  readonly directQueue: Queue;
  readonly agents: Readonly<Record<AgentId, Agent>>;
  readonly featureCodes: FeatureCodes;
  /** Digit after the pause code to reason. */
  readonly pauseReasons: Readonly<Record<string, PauseReason>>;
  readonly http: HttpRules;
  readonly trunks: Readonly<Record<TrunkId, Trunk>>;
  readonly outgoing: Outgoing;
  /** Classes of music by id, besides `default`, which Asterisk brings. */
  readonly music: Readonly<Record<string, MusicClass>>;
  /** Of calls whose queue and agent say nothing. */
  readonly recording: RecordingRule;
  readonly callCodes: CallCodes;
  readonly supervision: SupervisionRule;
  /** The flow of an emergency that names none. */
  readonly emergencyFlow?: FlowId;
  /** Absent: OFFLINE_SPEECH. */
  readonly speech?: SpeechSite;
};

/** Whether agent and customer are told, by a tone, that somebody begins to listen to them. */
export type SupervisionRule = { readonly announced: boolean };

/** What agents press during a call. Each begins with `*`; numbers are ended by `#`. */
export type CallCodes = {
  /** Hold, and back. */
  readonly hold: string;
  /** Followed by an extension, the number of a queue or a number outside: that one is asked while the customer waits. */
  readonly consult: string;
  /** Ends the question and goes back to the customer. */
  readonly back: string;
  readonly conference: string;
  /** Hands the customer to whom was consulted; followed by a number, to that one at once. */
  readonly transfer: string;
  /** Begins recording; pauses and goes on after that. */
  readonly record: string;
};

/** What flows may ask over HTTP. */
export type HttpRules = {
  /** What may be reached besides public addresses on the ports of the web; each is read by model/allow-rule.ts. */
  readonly allow: readonly string[];
};

export type NumberRule = { readonly number: string; readonly flow: FlowId };

export type Team = {
  readonly id: TeamId;
  readonly name: string;
  readonly kind: 'internal' | 'outsourced';
};

export type Agent = {
  readonly id: AgentId;
  readonly name: string;
  readonly extension: string;
  readonly team: TeamId | null;
  readonly skills: Levels;
  /** The queues that the agent serves, and how. */
  readonly queues: Readonly<Record<QueueId, Membership>>;
  readonly capacity: CapacityId;
  readonly phone: Phone;
  /** Whose talks this one may listen to and take over: those of these queues, of all, or of nobody. */
  readonly supervises: readonly QueueId[] | 'all';
  /** Of the agent's talks whose queue says nothing; null: as the site says. */
  readonly recording: RecordingRule | null;
};

/** An agent's phone. */
export type Phone = {
  /** `webrtc`: a browser over WSS with DTLS-SRTP. */
  readonly kind: 'sip' | 'webrtc';
  readonly srtp: 'no' | 'offered' | 'required';
  readonly codecs: readonly string[];
  readonly video: boolean;
  /** The line stays connected between calls: it is dialled at login, and each call comes after a tone without ringing. */
  readonly persistent: boolean;
};
export const PLAIN_PHONE: Phone = {
  kind: 'sip',
  srtp: 'no',
  codecs: ['ulaw', 'alaw', 'g722', 'opus'],
  video: false,
  persistent: false,
};

/** An agent's part in one queue. */
export type Membership = {
  /** For `top_down`: 1 is asked before 2. */
  readonly tier: number;
  /** For `weighted_random`: twice the weight is chosen twice as often. */
  readonly weight: number;
};

export type PauseReason = {
  readonly name: string;
  /** How long it may last; null: as long as the agent likes. */
  readonly limitMs: number | null;
  /** What happens then: supervisors see it, the agent is ready again, or logged out. */
  readonly atLimit: 'tell' | 'ready' | 'log_out';
};

/** What agents dial on their phones. The pause code may be followed by the digit of a reason. */
export type FeatureCodes = {
  readonly login: string;
  readonly logout: string;
  readonly pause: string;
  readonly ready: string;
  /** Followed by the extension of an agent to whose talk one wants to listen; empty: it cannot be dialled. */
  readonly watch: string;
};

/** `@` and an agent's id is a queue, too; an id may be any word, `constructor` as well. */
export function queueOf(site: Site, queueId: QueueId): Queue | undefined {
  if (queueId.startsWith('@')) return site.directQueue;
  return Object.hasOwn(site.queues, queueId) ? site.queues[queueId] : undefined;
}
