import type { Forced } from '../model/calendar.ts';
import type { Emergencies } from '../model/call/emergency.ts';
import type { Channel } from '../model/channel.ts';
import { type Deadline, Deadlines } from '../model/deadlines.ts';
import type { FlowValues, PhoneState } from '../model/event.ts';
import type { AgentId, AtMs, CalendarId, ContactId, OfferId, QueueId, TeamId } from '../model/ids.ts';
import type { Needs } from '../model/needs.ts';
import type { Site } from '../model/site.ts';
import { adoptSite } from './adopt-site.ts';
import type { RoutingClass } from './routing/class.ts';
import { emptyIndex, type RoutingIndex } from './routing/tables.ts';
import type { WaitRecord } from './waits/wait-record.ts';

/**
 * What the dispatcher knows. An agent and an item exist once each, never once per queue.
 *
 *            queued                offer.made               offer.answered
 *   (flow) ─────────► waiting ────────────────► offered ────────────────► talking ──► (gone, or flow again)
 *                        ▲   expired, failed,      │          requeued        │
 *                        └──── withdrawn ──────────┴──────────────────────────┘
 */
export type AcdState = {
  site: Site;
  readonly agents: Map<AgentId, AgentRecord>;
  readonly items: Map<ContactId, Item>;
  readonly offers: Map<OfferId, Offer>;
  readonly queues: Map<QueueId, QueueRecord>;
  /** Who talked last to whom, by queue and customer, the oldest first. */
  readonly lastAgents: Map<string, { readonly agentId: AgentId; readonly atMs: AtMs }>;
  /** How often agents of each team handled a contact that is still here, for escalation. */
  readonly attempts: Map<ContactId, Record<TeamId, number>>;
  readonly forced: Map<CalendarId, Forced>;
  readonly emergencies: Emergencies;
  /** Contacts that we made and whose customer has not been on the line yet. */
  readonly unreached: Set<ContactId>;
  readonly deadlines: Deadlines<AcdDeadline>;
  /** False while the door to the telephone is lost: nobody can be rung then, and nobody can be blamed for not answering. */
  doorOpen: boolean;
  /** Counts up with each agent who becomes free: the order of idleness when two became free in the same ms. */
  idleCount: number;
  /** Counts the offers ever made; part of the next offer's id. */
  offerCount: number;
  /** Counts up with each login: the order of `round_robin`. */
  loginCount: number;
  /** Follows from all of the above; never kept. */
  readonly index: RoutingIndex;
};

/** What is due: an item's next moment of any kind, a look at a queue's conditions, or something of an agent. */
export type AcdDeadline = 'offer' | 'item' | 'queue' | 'wrap-up' | 'rest' | 'pause';

export type AgentRecord = {
  readonly id: AgentId;
  /** The agent's bit in the index; not kept. */
  slot: number;
  loggedIn: boolean;
  loggedInAtMs: AtMs | null;
  loginOrder: number;
  pause: { readonly reason: string; readonly untilMs: AtMs | null; readonly overran: boolean } | null;
  phone: PhoneState;
  restUntilMs: AtMs | null;
  /** What the agent has in hand, the oldest first. */
  work: Work[];
  /** Offers in a row that were not answered. */
  misses: number;
  /** Since login: contacts handled, time talked, and time with anything in hand. */
  contacts: number;
  talkMs: number;
  busyMs: number;
  busySinceMs: AtMs | null;
  /** Since when, and as which, the agent is without work; longest idle is served first. */
  idleSinceMs: AtMs;
  idleOrder: number;
  /** When the agent's state last changed in a way that people see. */
  stateSinceMs: AtMs;
};

/** One contact in an agent's hand: it takes its weight of the agent's capacity until its wrap-up is over. */
export type Work = {
  readonly offerId: OfferId;
  readonly contactId: ContactId;
  readonly queueId: QueueId;
  readonly channel: Channel;
  readonly label: string | null;
  /** How long before its coming the contact's place in the order lay, by priority or an earlier start; what estimates compare. */
  readonly headStartMs: number;
  stage: 'ringing' | 'talking' | 'wrap_up';
  sinceMs: AtMs;
  /** When the wrap-up ends by itself. */
  untilMs: AtMs | null;
  extensions: number;
};

export type Item = {
  readonly contactId: ContactId;
  readonly queueId: QueueId;
  readonly channel: Channel;
  readonly label: string | null;
  readonly attributes: FlowValues;
  readonly customer: string | null;
  /** An agent's own question to a colleague. */
  readonly consult: boolean;
  readonly priority: number;
  readonly needs: Needs;
  /** Only these agents may have it, the first of them first, until `holdUntilMs`; empty: anybody who suits. */
  hold: readonly AgentId[];
  holdUntilMs: AtMs | null;
  readonly virtualStartMs: AtMs;
  readonly deadlineMs: AtMs | null;
  readonly queuedAtMs: AtMs;
  readonly giveUpAtMs: AtMs | null;
  /** How long an agent is rung; null: as the queue says. */
  readonly answerWithinMs: number | null;
  /** How long the customer is dialled before the agent's phone rings; null: the agent is rung at once. */
  readonly dialFirstMs: number | null;
  /** How many steps of the queue's relaxation were taken. */
  step: number;
  stage: 'waiting' | 'offered' | 'talking';
  /** Open offers, the oldest first: more than one only where several phones ring; the answered one alone while talking. */
  offers: OfferId[];
  /** Counts the offers made for this contact; part of the next offer's id. */
  offerCount: number;
  /** When the next phone is rung too, for `ring_progressively`. */
  ringNextAtMs: AtMs | null;
  /** True once it has waited longer than the service level of its queue. */
  overdue: boolean;
  estimate: ToldWait | null;
  /** Place in the order of its class, smaller first; follows from the queue's order. Not kept. */
  key: number;
  /** The class in whose line it stands; null: in no line. Not kept. */
  standsIn: RoutingClass | null;
  /** The earliest moment at which anything of it is due. Not kept. */
  readonly due: Deadline<AcdDeadline>;
};

/** The wait that was told when the item came. */
export type ToldWait = {
  readonly p50Ms: number;
  readonly p90Ms: number;
  /** When it was worked out from the ground, for this item or for one before it. */
  readonly basisMs: AtMs;
  /** How many stood before it in its line when it came, and how many agents in service could have had it. */
  readonly ahead: number;
  readonly staffed: number;
};

export type Offer = {
  readonly id: OfferId;
  readonly contactId: ContactId;
  readonly agentId: AgentId;
  readonly queueId: QueueId;
  deadlineMs: AtMs;
  readonly madeAtMs: AtMs;
  answeredAtMs: AtMs | null;
  /** The agent hands the contact on: the end of the agent's leg says nothing more. */
  handsOn: boolean;
};

/** What is remembered of a queue beyond its items. */
export type QueueRecord = {
  readonly id: QueueId;
  /** Who was offered something last, for the round robins. */
  lastOffered: AgentId | null;
  /** Offers that each team got, for `percent_allocation`. */
  readonly given: Record<TeamId, number>;
  readonly waits: WaitRecord;
};

export function emptyAcd(site: Site): AcdState {
  const state: AcdState = {
    site,
    agents: new Map(),
    items: new Map(),
    offers: new Map(),
    queues: new Map(),
    lastAgents: new Map(),
    attempts: new Map(),
    forced: new Map(),
    unreached: new Set(),
    emergencies: new Map(),
    deadlines: new Deadlines(),
    doorOpen: false,
    idleCount: 0,
    offerCount: 0,
    loginCount: 0,
    index: emptyIndex(),
  };
  adoptSite(state, site, 0);
  return state;
}
