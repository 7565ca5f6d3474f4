import type { Scope } from '../expression/evaluate.ts';
import type { Names } from '../expression/names.ts';
import type { ValueType } from '../expression/value-type.ts';
import type { Opening } from '../model/calendar-hours.ts';
import type { DialOutcome } from '../model/call/call-event.ts';
import type { Verdict } from '../model/call/leg.ts';
import type { OrderRefusal } from '../model/call/order.ts';
import type { DoorName } from '../model/channel.ts';
import type { Choice, EventKind, EventOf, FlowValue, HangupCause, StepError } from '../model/event.ts';
import type { AtMs, CalendarId, FlowId, OrderId, RecordingId, StepId } from '../model/ids.ts';
import type { PromptPart } from '../model/prompt.ts';
import type { OverflowTarget } from '../model/queue.ts';
import type { Site } from '../model/site.ts';
import type { Alternative, ListenOrder } from '../model/speech/listening.ts';
import type { Value, Values } from '../model/value.ts';
import type { WebAnswer, WebOutcome, WebRequest } from '../model/web.ts';
import type { Floor } from './floor.ts';
import type { Prompt } from './prompt.ts';
import type { MessagePlace } from './running/message-place.ts';
import type { QueuePlace } from './running/queue-place.ts';
import type { Lock } from './session.ts';
import type { Fields, ObjectOf } from './shape/object.ts';
import type { Tell } from './shape/shape.ts';

/**
 * One verb of the flow language. Each lives in a file of its own under steps/ and stands in the registry steps.ts. The
 * guide, the JSON Schema, the check, the interpreter and the pictures all read this one description.
 */
export type StepKind<G = StepParameters> = {
  readonly type: string;
  /** One sentence for the guide and for editors. */
  readonly summary: string;
  /** Parameters besides those that every step has (common-fields.ts), as they are written in YAML. */
  readonly fields: Fields;
  /** What is written as the step works with it: plain JSON, for it stands in the journal. Left out: as it is written. */
  given?(written: StepParameters): G;
  /** True when the customer must hear or read something: an unanswered contact is answered first. */
  readonly answers: boolean;
  /** The same where it hangs on what the step was given. */
  answersFor?(given: G): boolean;
  /** True when the step means nothing without a customer: it may not stand where a flow goes on after the hang-up. */
  readonly needsCustomer: boolean;
  /** Doors for which it works; at others the outcome is `error` with `step.channel_unsupported`. Left out: all. */
  readonly channels?: readonly DoorName[];
  /** Set while the engine behind it is not built: the check takes the step, at run time its outcome is `error`. */
  readonly notAvailable?: string;
  /** Outcomes that `on` may name besides those of every step (`error`, and `skipped`, `max_visits` where these can be). */
  outcomes(given: G): readonly string[];
  /** True when the flow that is called decides the outcomes. */
  readonly outcomesElsewhere?: true;
  /** Further outcomes that `on` may name, where they are too many to be told one by one: statuses of HTTP. */
  readonly outcomesLike?: RegExp;
  /** Outcomes of which `on`, the flow or the site must say something. */
  mustRoute?(given: G): readonly string[];
  /** Outcome to the one that stands in for it where the step says nothing of it: on a holiday it is closed, too. */
  readonly fallbacks?: ReadonlyMap<string, string>;
  /** Where an outcome leads by the step's own parameters (a menu's options); undefined: by `on` and `next`. */
  target?(given: G, outcome: string): string | undefined;
  /** What it fills: variables by name, and the names of `result` that `save` may use. */
  gives?(given: G): Gives;
  /** Variables that are worked out of others, with the texts by which: what is made of something sensitive is so, too. */
  copies?(given: G): Readonly<Record<string, Value>>;
  /** Keys of the telephone that the step uses itself; left out: it does not listen, and keys of the flow mean nothing in it. */
  keys?(given: G): readonly string[];
  /** Further groups of names that its own texts may use, such as `queue` where a queue is asked about. */
  names?(given: G): Names;
  /** True when what the customer enters is never to be kept or shown. */
  sensitive?(given: G): boolean;
  /** Checks what shapes cannot say; paths are those of the written parameters. */
  check?(given: G, tell: Tell): void;
  enter(given: G, context: StepContext): Move;
  receive?(given: G, happening: Happening, context: StepContext): Move;
  /** For the step that asks other systems: what to ask, worked out when it is asked; and what is kept of the answer. */
  readonly web?: {
    request(given: G, context: StepContext): WebRequest;
    /** `save` is that of the step; who works it out here says `saved` in the move that leaves the step. */
    kept(given: G, context: StepContext, answer: WebAnswer, save: Readonly<Record<string, string>>): Values;
  };
};

export type StepParameters = Readonly<Record<string, unknown>>;

export type Gives = {
  readonly vars?: Readonly<Record<string, ValueType>>;
  readonly result?: Names[string];
};

/** Ties a step's own types together; the registry knows all steps by the general type. */
export function stepKind<F extends Fields, G extends object = ObjectOf<F>>(
  kind: Omit<StepKind<G>, 'fields' | 'given'> & { readonly fields: F; given?(written: ObjectOf<F>): G },
): StepKind {
  return kind as unknown as StepKind;
}

/** What a step may ask and use. Texts with expressions are filled by `fill` and its like; a failing one ends the step with `error`. */
export type StepContext = {
  readonly atMs: AtMs;
  readonly contactId: string;
  readonly channel: DoorName;
  /** True where the customer reads and writes. */
  readonly inText: boolean;
  readonly language: string;
  readonly scope: Scope;
  /** Every `${{ }}` replaced, as text. */
  fill(text: string): string;
  /** The same; a text that is one expression alone keeps the type of its value. */
  value(text: string): Value;
  /** Whether an expression (without braces) holds. */
  holds(expression: string): boolean;
  /** The same context, whose texts may name further groups: `result` for what was just entered. */
  including(groups: Readonly<Record<string, Values>>): StepContext;
  /** The same, for what is said beside the step's work: a text that cannot be worked out is empty there and ends nothing. */
  forgiving(): StepContext;
  /** The parts of a prompt for this contact's channel and language. */
  prompt(prompt: Prompt): PromptPart[];
  /** The site as it is now; it changes for everybody at once. */
  readonly site: Site;
  readonly floor: Floor;
  /** Whether a calendar is open now. Throws when there is no such calendar; the check of the flows refuses that. */
  openingOf(calendarId: CalendarId): Opening;
  /** A table of the flow set; undefined when there is none. */
  table(name: string): Values | undefined;
  /** Who may not try to prove who they are for a while. */
  lock(name: string): Lock | undefined;
  /** A number from 0 (included) to 1 that is the same for the same words and well spread otherwise. */
  draw(...words: readonly string[]): number;
  /** How often the contact has entered this step, this time included; counted where `max_visits` or the kind asks. */
  readonly visits: number;
  /** Steps that the contact has taken so far, this one included: it tells this visit from all others, also after a restart. */
  readonly stepsTaken: number;
  /** When this visit of the step called a flow last; null: it has not. */
  readonly calledAtMs: AtMs | null;
  /** Where the contact stands or stood in a queue; null: in none, or it has been served. */
  readonly queuePlace: QueuePlace | null;
  /** The message that the customer leaves or has left in this visit of the step. */
  readonly message: MessagePlace | null;
  /** The customer has left. */
  readonly gone: boolean;
  /** The order that the contact asked for last. */
  readonly orderId: OrderId | null;
  /** The step's own notes; what is written here is there at the next happening. They do not outlive a restart. */
  readonly notes: Record<string, FlowValue>;
};

/** What may happen to a contact while it is in a step. */
export type Happening =
  /** `failed`: it could not be played. */
  | { readonly what: 'prompt_finished'; readonly failed?: true }
  | { readonly what: 'digit'; readonly digit: string }
  | {
      readonly what: 'speech';
      readonly text: string;
      readonly confidence: number;
      readonly alternatives?: readonly Alternative[];
    }
  /** The customer has begun to speak over the prompt or after it; what was said comes as `speech`, or `noise` if it was nothing. */
  | { readonly what: 'voice'; readonly bargesIn: boolean }
  | { readonly what: 'noise' }
  /** Nobody hears this turn; keys count all the same. `code` is one of recognition's. */
  | { readonly what: 'deaf'; readonly code: string }
  | { readonly what: 'reply'; readonly text: string }
  | { readonly what: 'time_out' }
  /** The step stands again where it stood: after a restart, or when an agent has taken the contact and it may come back. */
  | { readonly what: 'resumed' }
  | { readonly what: 'web_answered'; readonly outcome: WebOutcome; readonly values: Values }
  | { readonly what: 'returned'; readonly outcome: string; readonly values: Values; readonly error?: StepError }
  | { readonly what: 'left_queue'; readonly reason: 'timeout' | 'handled' | 'exit' }
  /** What came of `dial.asked`, of a `recording.started` of a message, of `detection.asked`, `room.entered` and `order.asked`. */
  | { readonly what: 'dialled'; readonly outcome: DialOutcome }
  | {
      readonly what: 'recorded';
      readonly recordingId: RecordingId;
      readonly result: 'done' | 'failed';
      readonly durationMs: number;
    }
  | { readonly what: 'detected'; readonly verdict: Verdict }
  | { readonly what: 'left_room'; readonly reason: 'left' | 'ended' | 'full' }
  | { readonly what: 'order_placed'; readonly orderId: OrderId }
  | { readonly what: 'order_refused'; readonly code: OrderRefusal }
  | { readonly what: 'overflowed'; readonly target: Exclude<OverflowTarget, { to: 'queue' | 'flow' }> };

/** Events that a step may emit as they are, without the time and the contact. */
export type Told = {
  [K in ToldKind]: Omit<EventOf<K>, 'atMs' | 'contactId'>;
}[ToldKind];
type ToldKind = Extract<
  EventKind,
  | 'language.chosen'
  | 'contact.tagged'
  | 'flow.emitted'
  | 'flow.noted'
  | 'music.started'
  | 'music.stopped'
  | 'ringing.requested'
  | 'authentication.failed'
  | 'authentication.passed'
  | 'dial.asked'
  | 'room.entered'
  | 'room.left'
  | 'dtmf.sent'
  | 'detection.asked'
  | 'recording.started'
  | 'recording.stopped'
  | 'recording.wanted'
  | 'recording.pause_wanted'
  | 'consent.given'
  | 'consent.declined'
  | 'order.asked'
>;

/** What a step wants next. An empty move waits. `wakeInMs` replaces the earlier time-out; `null` clears it. */
export type Move = {
  readonly play?: readonly PromptPart[];
  /** Beside `play`: so much of its beginning is left out. */
  readonly offsetMs?: number;
  /** Beside `play`: what may be chosen after it. */
  readonly choices?: readonly Choice[];
  readonly stopPrompt?: boolean;
  /** From now on it is listened to what the customer says, by this order; `null`: no longer. */
  readonly listen?: ListenOrder | null;
  readonly tell?: readonly Told[];
  readonly queue?: Omit<EventOf<'contact.queued'>, 'kind' | 'atMs' | 'contactId'>;
  /** Asks the dispatcher to let the contact out of its queue; comes back as `left_queue` with `exit`. */
  readonly leaveQueueBy?: string;
  readonly hangup?: HangupCause;
  /** Sends the step's web request. */
  readonly ask?: true;
  /** Goes into another flow; comes back as `returned`. `aside`: when that cannot be, the step goes on without it. */
  readonly call?: { readonly flowId: FlowId; readonly set: Values; readonly aside?: true };
  /** Ends this flow and goes back to the one that called it; without one, the contact is let go. */
  readonly giveBack?: { readonly outcome: string; readonly values: Values };
  /** Goes over to another flow for good. */
  readonly goOver?: { readonly flowId: FlowId; readonly set: Values };
  /** Leaves the step for one that is not worked out from the outcome. */
  readonly goTo?: StepId;
  readonly wakeInMs?: number | null;
  readonly outcome?: string;
  /** With outcome `error`. */
  readonly error?: StepError;
  /** Variables to fill when the step is left; those that the flow calls sensitive are kept apart. */
  readonly set?: Values;
  /** What `save` was to fill is in `set` already, for what it was worked out from is not kept. */
  readonly saved?: true;
  /** What `save` may use as `result`. */
  readonly result?: Values;
};
