import type { Forced } from './calendar.ts';
import type { Channel } from './channel.ts';
import type { Explanation } from './explanation.ts';
import type { FlowFailureCode } from './flow-failure.ts';
import type { FlowSet } from './flow-set.ts';
import type { AgentId, AtMs, CalendarId, ContactId, FlowId, LegId, OfferId, PromptId, QueueId, StepId } from './ids.ts';
import type { Needs } from './needs.ts';
import type { PromptPart } from './prompt.ts';
import type { OverflowTarget } from './queue.ts';

/**
 * Everything that ever happens, in the past tense. The journal is a list of these; live state and reports are two
 * folds of it. Events are for ever: a field is never renamed or given another meaning; a new form gets a new version
 * (`v`) and journal/lift.ts brings old ones up when they are read.
 */
export type Event = DoorEvent | AgentEvent | FlowEvent | AcdEvent | HallEvent;
export type EventKind = Event['kind'];
export type EventOf<K extends EventKind> = Extract<Event, { kind: K }>;
/** An event with its place in the journal; places are whole numbers without gaps, from 1. */
export type JournalEntry = { readonly seq: number; readonly event: Event };

/** Hands one decision on: it is applied to the state before the call returns. */
export type Emit = (decision: Event) => void;

/** Why a leg ended, in words that every door shares. */
export type EndCause = 'hung_up' | 'busy' | 'rejected' | 'no_answer' | 'unavailable' | 'failed' | 'lost';
export type EndedBy = 'customer' | 'agent' | 'system';

/** What a door saw. */
export type DoorEvent =
  | {
      kind: 'contact.arrived';
      atMs: AtMs;
      contactId: ContactId;
      channel: 'voice';
      legId: LegId;
      /** Address of the customer (caller id) and the address that was asked for (dialled number). */
      from: string;
      to: string;
      /** Set when the contact was made by one of our own agents from the agent's phone. */
      fromAgentId?: AgentId;
    }
  | { kind: 'contact.answered'; atMs: AtMs; contactId: ContactId }
  | { kind: 'contact.ended'; atMs: AtMs; contactId: ContactId; cause: EndCause; endedBy: EndedBy }
  | {
      kind: 'prompt.finished';
      atMs: AtMs;
      contactId: ContactId;
      promptId: PromptId;
      result: 'done' | 'stopped' | 'failed';
    }
  | { kind: 'digit.received'; atMs: AtMs; contactId: ContactId; digit: string }
  | { kind: 'offer.rang'; atMs: AtMs; offerId: OfferId }
  | { kind: 'offer.answered'; atMs: AtMs; offerId: OfferId }
  /** The agent's leg ended before it was answered. */
  | { kind: 'offer.failed'; atMs: AtMs; offerId: OfferId; cause: EndCause }
  /** The agent's leg ended after it was answered. */
  | { kind: 'offer.ended'; atMs: AtMs; offerId: OfferId; cause: EndCause }
  /** The two legs could not be joined although both were there. */
  | { kind: 'connection.failed'; atMs: AtMs; contactId: ContactId; offerId: OfferId }
  | { kind: 'phone.changed'; atMs: AtMs; agentId: AgentId; phone: PhoneState }
  | { kind: 'door.opened'; atMs: AtMs; door: 'voice' }
  | { kind: 'door.lost'; atMs: AtMs; door: 'voice'; reason: string };

export type PhoneState = 'unreachable' | 'idle' | 'busy';

/** What an agent, or somebody for the agent, asked for. */
export type AgentEvent =
  | { kind: 'agent.logged_in'; atMs: AtMs; agentId: AgentId; by: AskedBy }
  | { kind: 'agent.logged_out'; atMs: AtMs; agentId: AgentId; by: AskedBy }
  | { kind: 'agent.paused'; atMs: AtMs; agentId: AgentId; reason: string; by: AskedBy }
  | { kind: 'agent.readied'; atMs: AtMs; agentId: AgentId; by: AskedBy }
  /** The agent wants more time after a contact. */
  | { kind: 'agent.wrap_up_extended'; atMs: AtMs; agentId: AgentId; contactId: ContactId; untilMs: AtMs }
  /** A calendar was opened or closed by hand, or (null) goes by its hours again. */
  | { kind: 'calendar.forced'; atMs: AtMs; calendarId: CalendarId; forced: Forced | null; by: AskedBy };

export type AskedBy = 'phone' | 'api' | 'system';

export type FlowValue = string | number | boolean;
export type FlowValues = Readonly<Record<string, FlowValue>>;

/** What the flow of a contact decided. */
export type FlowEvent =
  /** `set`: variables that the flow begins with; those of the flow before, if any, stay. */
  | {
      kind: 'flow.started';
      atMs: AtMs;
      contactId: ContactId;
      flowId: FlowId;
      version: string;
      set?: FlowValues;
    }
  | { kind: 'step.entered'; atMs: AtMs; contactId: ContactId; stepId: StepId; type: string }
  | { kind: 'step.left'; atMs: AtMs; contactId: ContactId; stepId: StepId; outcome: string; set?: FlowValues }
  | { kind: 'prompt.started'; atMs: AtMs; contactId: ContactId; promptId: PromptId; parts: readonly PromptPart[] }
  | { kind: 'prompt.stopped'; atMs: AtMs; contactId: ContactId; promptId: PromptId }
  /** The flow cannot go on; the contact is let go. */
  | { kind: 'flow.failed'; atMs: AtMs; contactId: ContactId; code: FlowFailureCode }
  | { kind: 'answer.requested'; atMs: AtMs; contactId: ContactId }
  | { kind: 'hangup.requested'; atMs: AtMs; contactId: ContactId; cause: HangupCause }
  | {
      kind: 'contact.queued';
      atMs: AtMs;
      contactId: ContactId;
      queueId: QueueId;
      /** Absent: voice, as in the first release. */
      channel?: Channel;
      /** A name by which capacities and rules tell contacts of one channel apart. */
      label?: string;
      attributes?: FlowValues;
      /** The customer's address, by which the last agent is remembered. Private. */
      customer?: string;
      /** Larger is served first; how much so, the queue's ageing says. */
      priority: number;
      /** Skills that are asked for at any level. */
      skills: readonly string[];
      needs?: Needs;
      /** Only these agents, the first of them first, until the moment given. */
      preferred?: { readonly agentIds: readonly AgentId[]; readonly untilMs: AtMs };
      /** When the wait began for the order in the queue; earlier is served first among equal priorities. */
      virtualStartMs: AtMs;
      /** By when the contact should be served: it is ordered as if it had come one objective of its queue before. */
      deadlineMs?: AtMs;
      /** When the flow takes the contact out again; absent: never. */
      giveUpAtMs?: AtMs;
    };

export type HangupCause = 'normal' | 'busy' | 'congestion' | 'rejected' | 'unallocated';

/** What the dispatcher decided. */
export type AcdEvent =
  | {
      kind: 'offer.made';
      atMs: AtMs;
      offerId: OfferId;
      contactId: ContactId;
      agentId: AgentId;
      queueId: QueueId;
      /** When the offer is taken back if nobody answered. */
      deadlineMs: AtMs;
      /** Absent in journals of the first release. */
      why?: Explanation;
    }
  | { kind: 'offer.expired'; atMs: AtMs; offerId: OfferId }
  | { kind: 'offer.withdrawn'; atMs: AtMs; offerId: OfferId; reason: WithdrawReason }
  | {
      kind: 'contact.connected';
      atMs: AtMs;
      contactId: ContactId;
      offerId: OfferId;
      agentId: AgentId;
      queueId: QueueId;
    }
  /** The contact left its queue; the one record that queue reports count. */
  | {
      kind: 'contact.dequeued';
      atMs: AtMs;
      contactId: ContactId;
      queueId: QueueId;
      queuedAtMs: AtMs;
      waitedMs: number;
      reason: 'answered' | 'abandoned' | 'timeout' | 'lost' | 'overflow';
      /** With reason `overflow`: the number of the rule, from 0, and where the contact goes. */
      overflow?: { readonly rule: number; readonly target: OverflowTarget };
    }
  /** The contact asks for less from now on: the step of its queue's relaxation that it reached, from 1. */
  | { kind: 'contact.relaxed'; atMs: AtMs; contactId: ContactId; step: number }
  /** The hold for preferred agents or the last agent is over. */
  | { kind: 'contact.hold_ended'; atMs: AtMs; contactId: ContactId }
  /** The contact has waited longer than the service level of its queue allows, and still does. */
  | { kind: 'contact.overdue'; atMs: AtMs; contactId: ContactId; queueId: QueueId }
  /** How long the contact will wait as far as can be told when it came: half of such contacts wait less, nine of ten. */
  | {
      kind: 'wait.estimated';
      atMs: AtMs;
      contactId: ContactId;
      queueId: QueueId;
      p50Ms: number;
      p90Ms: number;
      /** When it was worked out from the ground, where it was carried on from the contact before; absent: now. */
      basisMs?: AtMs;
    }
  | {
      kind: 'contact.handled';
      atMs: AtMs;
      contactId: ContactId;
      offerId: OfferId;
      agentId: AgentId;
      queueId: QueueId;
      talkMs: number;
      endedBy: EndedBy;
    }
  /** The two legs could not be joined: the contact is back in its place in the queue. */
  | { kind: 'contact.requeued'; atMs: AtMs; contactId: ContactId; offerId: OfferId }
  | {
      kind: 'agent.wrap_up_started';
      atMs: AtMs;
      agentId: AgentId;
      contactId: ContactId;
      untilMs: AtMs;
      /** What the wrap-up is of; absent in journals of the first release, where it was a call. */
      offerId?: OfferId;
      queueId?: QueueId;
      channel?: Channel;
      label?: string;
    }
  /** Absent contact: every wrap-up of the agent, as in the first release, where there was but one. */
  | { kind: 'agent.wrap_up_ended'; atMs: AtMs; agentId: AgentId; contactId?: ContactId; result?: string }
  /** A pause lasted longer than its reason allows. */
  | { kind: 'agent.pause_overran'; atMs: AtMs; agentId: AgentId; reason: string }
  | { kind: 'agent.rest_started'; atMs: AtMs; agentId: AgentId; untilMs: AtMs; cause: EndCause }
  | { kind: 'agent.rest_ended'; atMs: AtMs; agentId: AgentId };

/** `leg_failed` follows an `offer.failed`, which says why. */
export type WithdrawReason =
  | 'customer_gone'
  | 'answered_elsewhere'
  | 'queue_timeout'
  | 'agent_gone'
  | 'phone_unreachable'
  | 'leg_failed';

/** What the hall itself has to say. */
export type HallEvent =
  | { kind: 'controller.started'; atMs: AtMs; release: string }
  | { kind: 'controller.stopped'; atMs: AtMs }
  | { kind: 'flows.loaded'; atMs: AtMs; flows: FlowSet }
  /** Our picture was compared with what the door has, and agrees with it from here on. */
  | { kind: 'door.agreed'; atMs: AtMs; door: 'voice' }
  /** The flow of a contact is taken up where it stood, after the controller or the door was away. */
  | { kind: 'flow.resumed'; atMs: AtMs; contactId: ContactId }
  /** The contact is over and nothing of it is left anywhere. */
  | { kind: 'contact.finished'; atMs: AtMs; contactId: ContactId }
  /** A due moment came; never journaled, because what follows from it is. */
  | { kind: 'time.passed'; atMs: AtMs };
