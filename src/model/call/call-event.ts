import type { AskedBy, EndCause } from '../event.ts';
import type { AgentId, AtMs, ContactId, FlowId, LegId, OfferId, OrderId, PromptId, QueueId } from '../ids.ts';
import type { PromptPart } from '../prompt.ts';
import type { AskedLeg, LegPurpose, LegTarget, Verdict } from './leg.ts';

/** What the door saw of legs besides callers' own and offers', and what phones do within a call. */
export type LegEvent =
  | { kind: 'leg.rang'; atMs: AtMs; contactId: ContactId; legId: LegId }
  /** `verdict` where a machine detector listened first. */
  | { kind: 'leg.answered'; atMs: AtMs; contactId: ContactId; legId: LegId; verdict?: Verdict }
  /** Answered or not, it is gone. */
  | { kind: 'leg.ended'; atMs: AtMs; contactId: ContactId; legId: LegId; cause: EndCause }
  /** A key that was pressed at any leg but the customer's: `legId` is an offer's id at an agent's phone. */
  | { kind: 'leg.pressed'; atMs: AtMs; contactId: ContactId; legId: LegId; digit: string }
  /** The hold button of a phone (SIP re-INVITE, sendonly); Asterisk itself plays music to the others. */
  | { kind: 'leg.held'; atMs: AtMs; contactId: ContactId; legId: LegId }
  | { kind: 'leg.retrieved'; atMs: AtMs; contactId: ContactId; legId: LegId }
  /** The transfer button of an agent's phone (SIP REFER): the customer is to go to this extension or number. */
  | { kind: 'leg.referred'; atMs: AtMs; contactId: ContactId; legId: LegId; to: string }
  /** Who answered a call of ours that was up already: the step detect_machine asked. */
  | { kind: 'machine.detected'; atMs: AtMs; contactId: ContactId; verdict: Verdict }
  /** An agent's persistent line is connected, or is not any more; `cause` also says why it could not be. */
  | { kind: 'line.opened'; atMs: AtMs; agentId: AgentId }
  | { kind: 'line.closed'; atMs: AtMs; agentId: AgentId; cause: EndCause };

/** What agents and supervisors ask for within a call; checked before it is entered. */
export type CallWishEvent =
  | { kind: 'call.held'; atMs: AtMs; contactId: ContactId; offerId: OfferId; by: AskedBy }
  | { kind: 'call.retrieved'; atMs: AtMs; contactId: ContactId; offerId: OfferId; by: AskedBy }
  /** `legId`: whose microphone. */
  | { kind: 'call.muted'; atMs: AtMs; contactId: ContactId; legId: LegId; by: AskedBy }
  | { kind: 'call.unmuted'; atMs: AtMs; contactId: ContactId; legId: LegId; by: AskedBy }
  /**
   * The agent wants to talk to somebody while the customer waits. `consultId` is `<contactId>.c<count>-<time in base 36>`.
   * To a queue or an agent it is an item of its own for the dispatcher, to a number a leg.
   */
  | {
      kind: 'consult.started';
      atMs: AtMs;
      contactId: ContactId;
      consultId: ContactId;
      offerId: OfferId;
      agentId: AgentId;
      target: ConsultTarget;
      by: AskedBy;
    }
  /** All three talk to each other. */
  | { kind: 'consult.joined'; atMs: AtMs; contactId: ContactId; consultId: ContactId; by: AskedBy }
  /** The agent hands the customer to whom the agent consulted (attended transfer) and is out of the call. */
  | { kind: 'consult.completed'; atMs: AtMs; contactId: ContactId; consultId: ContactId; by: AskedBy }
  /** The agent goes back to the customer, without the other. */
  | { kind: 'consult.returned'; atMs: AtMs; contactId: ContactId; consultId: ContactId; by: AskedBy }
  /** Somebody joined to a call is sent away: a leg of a conference. */
  | { kind: 'party.dropped'; atMs: AtMs; contactId: ContactId; legId: LegId; by: AskedBy }
  /**
   * A supervisor wants to hear a talk. `legId` is that of the supervisor's phone, `<contactId>.l0-<time in base 36>`: the count
   * of those who watch is always 0, for nobody else's leg has it. `agentId` is the supervisor; `offerId`, `queueId` and
   * `watchedAgentId` are of the talk.
   */
  | {
      kind: 'watch.started';
      atMs: AtMs;
      contactId: ContactId;
      legId: LegId;
      agentId: AgentId;
      offerId: OfferId;
      queueId: QueueId;
      watchedAgentId: AgentId;
      mode: WatchMode;
      /** True: agent and customer are told by a tone. */
      announced: boolean;
      by: AskedBy;
    }
  | {
      kind: 'watch.changed';
      atMs: AtMs;
      contactId: ContactId;
      legId: LegId;
      agentId: AgentId;
      mode: WatchMode;
      by: AskedBy;
    }
  | { kind: 'watch.stopped'; atMs: AtMs; contactId: ContactId; legId: LegId; agentId: AgentId; by: AskedBy }
  /** The supervisor takes the talk over; the agent is out of it. */
  | { kind: 'watch.took_over'; atMs: AtMs; contactId: ContactId; legId: LegId; agentId: AgentId; by: AskedBy }
  /** Everything of a queue, or of the whole site (null), goes to a flow until it is lifted. */
  | { kind: 'emergency.declared'; atMs: AtMs; queueId: QueueId | null; flowId: FlowId; by: AskedBy }
  | { kind: 'emergency.lifted'; atMs: AtMs; queueId: QueueId | null; by: AskedBy };

export type ConsultTarget =
  | { readonly to: 'queue'; readonly queueId: QueueId }
  | { readonly to: 'number'; readonly number: string };

/** `whisper`: the agent alone hears the supervisor; `barge`: all hear each other. */
export const WATCH_MODES = ['listen', 'whisper', 'barge'] as const;
export type WatchMode = (typeof WATCH_MODES)[number];

/** What the switchboard decided. */
export type CallDecision =
  | ({ kind: 'leg.asked'; atMs: AtMs } & AskedLeg)
  /** It is taken back, or hung up when it was up. */
  | { kind: 'leg.given_up'; atMs: AtMs; contactId: ContactId; legId: LegId }
  /** An agent's persistent line is to be opened. */
  | { kind: 'line.asked'; atMs: AtMs; agentId: AgentId }
  /** A number was not dialled at all, by the rules of the site or because its limits are reached. */
  | { kind: 'leg.refused'; atMs: AtMs; contactId: ContactId; purpose: LegPurpose; code: OutgoingRefusal }
  /** The agent hears this before the customer. Comes between `contact.connected` and the joining of both. */
  | {
      kind: 'whisper.started';
      atMs: AtMs;
      contactId: ContactId;
      offerId: OfferId;
      promptId: PromptId;
      parts: readonly PromptPart[];
    }
  | { kind: 'whisper.ended'; atMs: AtMs; contactId: ContactId; offerId: OfferId; promptId: PromptId }
  /** Whom an agent consults is on the line. `legId` is an offer's where it is an agent. */
  | { kind: 'consult.answered'; atMs: AtMs; contactId: ContactId; consultId: ContactId; legId: LegId }
  | { kind: 'consult.ended'; atMs: AtMs; contactId: ContactId; consultId: ContactId; reason: ConsultEnd }
  /**
   * The talk belongs to another agent from now on: one who was consulted, or a supervisor who took over. The item, its
   * recording and its report go on with the new offer, whose id is that of the new agent's leg.
   */
  | {
      kind: 'talk.handed_over';
      atMs: AtMs;
      contactId: ContactId;
      fromOfferId: OfferId;
      offerId: OfferId;
      agentId: AgentId;
      queueId: QueueId;
      /** The consult's item, which ends by it. */
      consultId?: ContactId;
    }
  /** The customer talks to somebody outside, whom a flow dialled or to whom an agent handed the call. */
  | { kind: 'far_talk.started'; atMs: AtMs; contactId: ContactId; legId: LegId; target: LegTarget }
  | { kind: 'far_talk.ended'; atMs: AtMs; contactId: ContactId; legId: LegId; talkMs: number; cause: EndCause }
  /** What came of a `dial.asked`: `completed` when they have talked. */
  | { kind: 'dial.ended'; atMs: AtMs; contactId: ContactId; outcome: DialOutcome };

/** Why a number is not dialled. */
export const OUTGOING_REFUSALS = {
  'outgoing.number_invalid': 'it is no number, and nobody at the site has it',
  'outgoing.not_allowed': 'no rule of the site allows such numbers',
  'outgoing.caller_id_not_allowed': 'the number that was to be shown is none of those that may be',
  'outgoing.calls_max': 'as many calls to the outside are up as the site allows',
  'outgoing.cost_max': 'calls to the outside have cost as much today as the site allows',
  'outgoing.trunks_busy': 'every trunk for such numbers has as many calls as it allows',
} as const;
export type OutgoingRefusal = keyof typeof OUTGOING_REFUSALS;

export type ConsultEnd =
  | 'completed'
  | 'returned'
  | 'hung_up'
  | 'no_answer'
  | 'busy'
  | 'failed'
  | 'not_allowed'
  | 'customer_gone';

export const DIAL_OUTCOMES = [
  'completed',
  'busy',
  'no_answer',
  'declined',
  'unavailable',
  'failed',
  'cancelled',
] as const;
export type DialOutcome = (typeof DIAL_OUTCOMES)[number];

/** What a flow asks of the switchboard. */
export type CallAskedEvent =
  | ({ kind: 'dial.asked'; atMs: AtMs; contactId: ContactId } & Dial)
  | {
      kind: 'room.entered';
      atMs: AtMs;
      contactId: ContactId;
      room: string;
      moderator: boolean;
      max: number;
      music: string;
    }
  /** The contact is out of the conference: by itself, by its end, or because it was full. */
  | { kind: 'room.left'; atMs: AtMs; contactId: ContactId; room: string; reason: 'left' | 'ended' | 'full' }
  | { kind: 'dtmf.sent'; atMs: AtMs; contactId: ContactId; digits: string; toneMs: number }
  /** `greetingOnly`: a machine is known to be there, and only the end of its greeting is waited for, `listenMs` at most. */
  | {
      kind: 'detection.asked';
      atMs: AtMs;
      contactId: ContactId;
      listenMs: number;
      words: number;
      greetingOnly?: true;
    };

export type Dial = {
  readonly targets: readonly LegTarget[];
  readonly order: 'parallel' | 'serial';
  readonly ringMs: number;
  /** How long they may talk; null: as long as they like. */
  readonly talkMs: number | null;
  readonly callerId: string | null;
  /** Class of music instead of the tone of ringing; null: the tone. */
  readonly music: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** What who answers hears before the customer. */
  readonly whisper: readonly PromptPart[];
  /** Who answers presses this key first; null: need not. */
  readonly confirmKey: string | null;
  readonly record: boolean;
};

/** A contact that is made by us: a callback, a click, a number of a list, or a message that an agent is to hear. */
export type PlacedEvent = {
  kind: 'contact.placed';
  atMs: AtMs;
  contactId: ContactId;
  orderId: OrderId;
  attempt: number;
  channel: 'callback' | 'voicemail';
  /** The customer's number, and the number of ours by which the customer knows us. */
  to: string;
  from: string;
  mode: PlacedMode;
  language: string;
  /** The message that the agent is to hear. */
  recordingId?: string;
  /** What the agent hears first, such as who is to be called. */
  whisper?: readonly PromptPart[];
  /** A flow that the customer goes through before the agent, in mode `customer_first`. */
  flowId?: FlowId;
  /** A flow that speaks to an answering machine, after its greeting. */
  onMachine?: FlowId;
  /** How long the customer's phone rings. */
  ringMs: number;
  detectMachine: boolean;
};

/**
 * `agent_first`: the agent answers, then the customer is dialled. `customer_first`: when an agent is reserved the customer is
 * dialled, and the agent's phone rings when the customer has answered. `preview`: as agent_first, but dialled only when
 * the agent presses 1. `hear`: nobody is dialled, the agent hears a message (and may press 2 to call its sender).
 */
export const PLACED_MODES = ['agent_first', 'customer_first', 'preview', 'hear'] as const;
export type PlacedMode = (typeof PLACED_MODES)[number];
