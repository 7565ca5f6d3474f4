import type { Forced } from '../model/calendar.ts';
import type { Emergencies } from '../model/call/emergency.ts';
import type { DoorName } from '../model/channel.ts';
import { Deadlines } from '../model/deadlines.ts';
import type { FlowValue, FlowValues, StepError } from '../model/event.ts';
import type { FlowSet } from '../model/flow-set.ts';
import type { AtMs, CalendarId, ContactId, FlowId, OrderId, PromptId, RequestId, StepId } from '../model/ids.ts';
import type { ListenId } from '../model/speech/listening.ts';
import type { Value, Values } from '../model/value.ts';
import type { MessagePlace } from './running/message-place.ts';
import type { QueuePlace } from './running/queue-place.ts';

/** What the receptionist knows. */
export type FlowState = {
  /** Every version that is in service or still used by a contact. */
  readonly sets: Map<string, FlowSet>;
  current: string | null;
  /** Set while the version in service was chosen by hand: what the folder held then. */
  pinnedOver: string | null;
  readonly sessions: Map<ContactId, Session>;
  /** Calendars that a supervisor opened or closed by hand. */
  readonly forced: Map<CalendarId, Forced>;
  readonly emergencies: Emergencies;
  /** Failed attempts to prove who one is, by what was tried (an account, say); the oldest first. */
  readonly locks: Map<string, Lock>;
  /** `step`: a step's own time-out. `flow`: the end of what a contact may spend in its flow. */
  readonly deadlines: Deadlines<'step' | 'flow'>;
};

/** Most locks that are remembered; the oldest goes first. */
export const LOCKS_MAX = 100_000;

export type Lock = {
  readonly failures: number;
  /** Set while nobody may try. */
  readonly untilMs: AtMs | null;
  /** When the failures count no more. */
  readonly forgetMs: AtMs;
};

/** Where one contact stands in its flow. */
export type Session = Frame & {
  readonly contactId: ContactId;
  readonly channel: DoorName;
  readonly from: string;
  readonly to: string;
  readonly given: FlowValues;
  /** When it came; of one that we made, when the customer answered. */
  startedAtMs: AtMs;
  language: string;
  answered: boolean;
  /** True when the answer just came for which a step was waiting; a second answer is no reason to enter again. */
  entersNow: boolean;
  version: string;
  /** Of our own making. */
  readonly placed: boolean;
  /** The flow in which a contact of our own making begins when its customer answers; null: in none. */
  begins: FlowId | null;
  /** The one that takes its place when a machine answers. */
  readonly onMachine: FlowId | null;
  /** A machine has answered. */
  machine: boolean;
  /** The flows that called the one that runs, the first of them first. */
  readonly callers: Frame[];
  stepsTaken: number;
  /** How many of these were taken in a flow that runs while the contact waits: they do not count against those that it may take. */
  stepsWaited: number;
  /** Where it stands or stood in a queue; null: in none, or it has been served. */
  queuePlace: QueuePlace | null;
  /** The order that it asked for last. */
  orderId: OrderId | null;
  /** The message that the customer leaves in the step where the contact stands. */
  message: MessagePlace | null;
  /** What the customer enters now is for nobody's ears. */
  confidential: boolean;
  /** The last error that a step ended with. */
  error: (StepError & { readonly step: StepId }) | null;
  /** The prompt that is playing. */
  promptId: PromptId | null;
  /** The last prompt that ended by itself; one that was stopped before says nothing to the step any more. */
  finishedPromptId: PromptId | null;
  promptCount: number;
  /** How it is listened to what the customer says; null: it is not. */
  listening: Listening | null;
  listenCount: number;
  /** The turn that the last thing heard has ended; null: it was none of now. */
  endedListenId: ListenId | null;
  /** The request that is under way. */
  requestId: RequestId | null;
  requestCount: number;
  /** What the inner flow gave back, until its caller has taken it. */
  returned: { readonly outcome: string; readonly values: Values; readonly error?: StepError } | null;
  /** The customer has left. */
  gone: boolean;
  /**
   * `answering`: the step is entered as soon as the contact is answered. `ended`: nothing more is to be done here; the
   * contact is about to go, or gone.
   */
  stage: 'running' | 'answering' | 'ended';
};

/** A turn in which the customer is heard, and the step that it is for, told from all others by the steps taken. */
export type Listening = { readonly listenId: ListenId; readonly stepsTaken: number };

/** A flow that runs, or waits for one that it called. */
export type Frame = {
  flowId: FlowId | null;
  stepId: StepId | null;
  vars: Record<string, Value>;
  /** Values of sensitive variables. Neither in the journal nor in a snapshot: a restart forgets them. */
  secrets: Record<string, Value>;
  /** Sensitive variables that were filled, with the step to go back to when the value is forgotten. */
  concealed: Record<string, StepId>;
  /** How often steps were entered that have a `max_visits`. */
  visits: Record<StepId, number>;
  /** Where others have the contact by what the step asked of them; such a step is not entered anew after a restart. */
  awaits: Awaited | null;
  /** When the step called a flow last; null: not since it was entered. */
  calledAtMs: AtMs | null;
  /** The step's own notes, such as digits so far. Not kept over a restart: the step is then entered anew. */
  notes: Record<string, FlowValue>;
};

/** In a queue, in a call that was dialled, in a conference, leaving a message, at a machine that says its greeting. */
export type Awaited = 'queue' | 'dial' | 'room' | 'message' | 'greeting';

export function emptyFrame(): Frame {
  return {
    flowId: null,
    stepId: null,
    vars: {},
    secrets: {},
    concealed: {},
    visits: {},
    awaits: null,
    calledAtMs: null,
    notes: {},
  };
}

/** The place among the callers of the flow whose step waits in a queue while the flow that runs is heard; -1: none does. */
export function waitingDepth({ callers }: Pick<Session, 'callers'>): number {
  return callers.findIndex(({ awaits }) => awaits === 'queue');
}

export function emptyFlowState(): FlowState {
  return {
    sets: new Map(),
    current: null,
    pinnedOver: null,
    sessions: new Map(),
    forced: new Map(),
    emergencies: new Map(),
    locks: new Map(),
    deadlines: new Deadlines(),
  };
}
