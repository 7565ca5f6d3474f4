import type { Forced } from './calendar.ts';
import type { CallAskedEvent, CallDecision, CallWishEvent, LegEvent, PlacedEvent } from './call/call-event.ts';
import type { OrderEvent } from './call/order.ts';
import type { PhoneTextEvent, PhoneTextReceived } from './call/phone-text.ts';
import type { RecordingEvent, RecordingFinished } from './call/recording.ts';
import type { Channel, DoorName } from './channel.ts';
import type { Explanation } from './explanation.ts';
import type { FlowFailureCode } from './flow-failure.ts';
import type { FlowSet } from './flow-set.ts';
import type {
  AgentId,
  AtMs,
  CalendarId,
  ContactId,
  FlowId,
  LegId,
  MessageId,
  OfferId,
  PromptId,
  QueueId,
  RequestId,
  StepId,
} from './ids.ts';
import type { Needs } from './needs.ts';
import type { PromptPart } from './prompt.ts';
import type { OverflowTarget } from './queue.ts';
import type { ListeningEvent, SpeechEvent } from './speech/listening.ts';
import type { TranscriptionEvent } from './speech/transcription.ts';
import type { StepErrorCode } from './step-error.ts';
import type { Values } from './value.ts';
import type { WebOutcome } from './web.ts';

/**
 * Everything that ever happens, in the past tense. The journal is a list of these; live state and reports are two
 * folds of it. Events are for ever: a field is never renamed or given another meaning; a new form gets a new version
 * (`v`) and journal/lift.ts brings old ones up when they are read.
 */
export type Event =
  | DoorEvent
  | AgentEvent
  | FlowEvent
  | AcdEvent
  | HallEvent
  | CallWishEvent
  | CallAskedEvent
  | CallDecision
  | PlacedEvent
  | RecordingEvent
  | OrderEvent
  | PhoneTextEvent
  | ListeningEvent
  | TranscriptionEvent;
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
  | LegEvent
  | RecordingFinished
  | PhoneTextReceived
  | SpeechEvent
  | {
      kind: 'contact.arrived';
      atMs: AtMs;
      contactId: ContactId;
      /** The door by which it came. */
      channel: DoorName;
      legId: LegId;
      /** Address of the customer (caller id, or a name of a guest in a chat) and the address that was asked for. */
      from: string;
      to: string;
      /** Language that the customer's program asked for, as a BCP 47 tag. */
      language?: string;
      /** What the door was told about the customer, such as the fields of a form before a chat. Private. */
      given?: FlowValues;
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
  /** `sensitive`: the step asked for something that is not to be kept; the journal has no digit then, but an empty text. */
  | {
      kind: 'digit.received';
      atMs: AtMs;
      contactId: ContactId;
      digit: string;
      sensitive?: true;
      /** Where the key is a choice that was shown: the door's id of the answer, the same when it is told twice. */
      messageId?: MessageId;
    }
  /** A line of text from the customer. `messageId` is the door's, the same when it is told twice. */
  | {
      kind: 'message.received';
      atMs: AtMs;
      contactId: ContactId;
      messageId: MessageId;
      text: string;
      sensitive?: true;
    }
  | { kind: 'offer.rang'; atMs: AtMs; offerId: OfferId }
  | { kind: 'offer.answered'; atMs: AtMs; offerId: OfferId }
  /** The agent's leg ended before it was answered. */
  | { kind: 'offer.failed'; atMs: AtMs; offerId: OfferId; cause: EndCause }
  /** The agent's leg ended after it was answered. */
  | { kind: 'offer.ended'; atMs: AtMs; offerId: OfferId; cause: EndCause }
  /** The two legs could not be joined although both were there. */
  | { kind: 'connection.failed'; atMs: AtMs; contactId: ContactId; offerId: OfferId }
  | { kind: 'phone.changed'; atMs: AtMs; agentId: AgentId; phone: PhoneState }
  /** What came of a request of a flow to another system. `values` is what the step keeps of the answer. */
  | {
      kind: 'http.answered';
      atMs: AtMs;
      contactId: ContactId;
      requestId: RequestId;
      outcome: WebOutcome;
      values: Values;
      tookMs: number;
    }
  | { kind: 'door.opened'; atMs: AtMs; door: DoorName }
  | { kind: 'door.lost'; atMs: AtMs; door: DoorName; reason: string };

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
  | { kind: 'calendar.forced'; atMs: AtMs; calendarId: CalendarId; forced: Forced | null; by: AskedBy }
  /** A line of text from the agent who talks with the customer. */
  | { kind: 'message.sent'; atMs: AtMs; contactId: ContactId; messageId: MessageId; text: string; agentId: AgentId }
  /** The agent hands the contact on; the dispatcher ends the agent's part and brings it to where it is to go. */
  | {
      kind: 'contact.transferred';
      atMs: AtMs;
      contactId: ContactId;
      offerId: OfferId;
      agentId: AgentId;
      target: TransferTarget;
    }
  /** The agent has done with the contact, which goes on with its flow. */
  | { kind: 'contact.closed'; atMs: AtMs; contactId: ContactId; offerId: OfferId; agentId: AgentId };

/** `@` and an agent's id is a queue, too. */
export type TransferTarget =
  | { readonly to: 'queue'; readonly queueId: QueueId }
  | { readonly to: 'flow'; readonly flowId: FlowId }
  /** A number outside; the customer talks there, and then goes on with the flow. */
  | { readonly to: 'number'; readonly number: string }
  /** To another agent whose leg was in the call already: consulted, or a supervisor who took over. */
  | { readonly to: 'agent'; readonly agentId: AgentId };

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
      set?: Values;
    }
  | { kind: 'step.entered'; atMs: AtMs; contactId: ContactId; stepId: StepId; type: string }
  | {
      kind: 'step.left';
      atMs: AtMs;
      contactId: ContactId;
      stepId: StepId;
      outcome: string;
      set?: Values;
      /** Names of the sensitive variables that the step filled. */
      concealed?: readonly string[];
      /** Their values: never written down, so they are absent in every journal. */
      secrets?: Values;
      /** With outcome `error`: what went wrong. */
      error?: StepError;
    }
  /** A flow begins inside the step of another one, with variables of its own. */
  | { kind: 'flow.called'; atMs: AtMs; contactId: ContactId; flowId: FlowId; set: Values }
  /** The inner flow is over; the step that called it is left with the outcome next. */
  | { kind: 'flow.returned'; atMs: AtMs; contactId: ContactId; outcome: string; values: Values; error?: StepError }
  /** The flow goes on after the customer left, with steps that need nobody to listen. */
  | { kind: 'flow.cleaning_up'; atMs: AtMs; contactId: ContactId; flowId: FlowId; stepId: StepId }
  /** Nothing is left to do for the flow. */
  | { kind: 'flow.ended'; atMs: AtMs; contactId: ContactId }
  | { kind: 'http.requested'; atMs: AtMs; contactId: ContactId; requestId: RequestId; stepId: StepId }
  | { kind: 'language.chosen'; atMs: AtMs; contactId: ContactId; language: string }
  | { kind: 'contact.tagged'; atMs: AtMs; contactId: ContactId; tags: FlowValues }
  /** Something that the flow tells to whoever reads the journal: a business event, a line in the contact's trace. */
  | { kind: 'flow.emitted'; atMs: AtMs; contactId: ContactId; name: string; data: Values }
  | { kind: 'flow.noted'; atMs: AtMs; contactId: ContactId; level: 'info' | 'warning' | 'error'; message: string }
  | { kind: 'music.started'; atMs: AtMs; contactId: ContactId; music: string }
  | { kind: 'music.stopped'; atMs: AtMs; contactId: ContactId }
  /** Let the caller hear that it rings, before answer. */
  | { kind: 'ringing.requested'; atMs: AtMs; contactId: ContactId }
  /** The customer asked to leave the queue; the dispatcher takes the contact out with reason `exit`. */
  | { kind: 'queue.exit_requested'; atMs: AtMs; contactId: ContactId; digit: string }
  /** Somebody failed to prove who they are; `lock` is for whom, such as an account. Locked until the moment given. */
  | { kind: 'authentication.failed'; atMs: AtMs; contactId: ContactId; lock: string; untilMs?: AtMs; forgetMs: AtMs }
  | { kind: 'authentication.passed'; atMs: AtMs; contactId: ContactId; lock: string }
  | {
      kind: 'prompt.started';
      atMs: AtMs;
      contactId: ContactId;
      promptId: PromptId;
      parts: readonly PromptPart[];
      /** So much of the beginning is left out; absent: nothing. */
      offsetMs?: number;
      /** What may be chosen after it; a text door shows them as buttons or numbered lines. */
      choices?: readonly Choice[];
      /** The reply is not to be shown or kept. */
      sensitive?: true;
    }
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
      /** How long an agent is rung; absent: as the queue says. */
      answerWithinMs?: number;
      /** How long the customer is dialled before the agent's phone rings (placed contacts, customer first). */
      dialFirstMs?: number;
      /** Class of music instead of the queue's. */
      music?: string;
      /** What the agent hears before the customer. */
      whisper?: readonly PromptPart[];
      /** Set for an agent's own question to a colleague: no report counts it as a contact of the queue. */
      consult?: true;
    };

/** One choice of a menu: the key of a telephone, and the words for it. */
export type Choice = { readonly key: string; readonly label: string };

/** Why a step was left with the outcome `error`; `code` is one of model/step-error.ts. */
export type StepError = { readonly code: StepErrorCode; readonly message: string };

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
      reason: 'answered' | 'abandoned' | 'timeout' | 'lost' | 'overflow' | 'exit' | 'unreached' | 'emergency';
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
      /** The agent handed the contact on: to a queue, with its flow still in the same step; or to a flow, to which it goes over. */
      transferred?: TransferTarget;
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
  /** `pinned`: brought into service by hand while the folder held the version named; it stays until the folder changes. */
  | { kind: 'flows.loaded'; atMs: AtMs; flows: FlowSet; pinned?: { readonly folderVersion: string } }
  /** Our picture was compared with what the door has, and agrees with it from here on. */
  | { kind: 'door.agreed'; atMs: AtMs; door: DoorName }
  /** The flow of a contact is taken up where it stood, after the controller or the door was away. */
  | { kind: 'flow.resumed'; atMs: AtMs; contactId: ContactId }
  /** The contact is over and nothing of it is left anywhere. */
  | { kind: 'contact.finished'; atMs: AtMs; contactId: ContactId }
  /** A due moment came; never journaled, because what follows from it is. */
  | { kind: 'time.passed'; atMs: AtMs };
