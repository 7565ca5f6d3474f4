import type { MessageBounds, RecordingReason, Sides } from '../../model/call/recording.ts';
import type { AgentId, AtMs, ContactId, LegId, OfferId, QueueId, RecordingId } from '../../model/ids.ts';

/** What the switchboard knows of recordings. */
export type RecordingsState = {
  /** What decides whether a call is recorded, for every call that is here. */
  readonly calls: Map<ContactId, CallRecording>;
  /** Every recording that was begun and is neither kept nor lost yet, the oldest first; some outlive their calls. */
  readonly open: Map<RecordingId, OpenRecording>;
};

/** What is known of one call as far as its recording hangs on it. */
export type CallRecording = {
  readonly contactId: ContactId;
  /** Made by us: its customer is there when the contact is answered, and not before. */
  readonly placed: boolean;
  answered: boolean;
  /** In a queue, with nobody on the other side. */
  waiting: boolean;
  /** What the flow wants: true, false (not even by a rule), or null: it said nothing. */
  wanted: boolean | null;
  /** An agent or somebody over the API asked for it. */
  demanded: boolean;
  /** They asked for its end. */
  halted: boolean;
  /** The customer said no: it is never recorded, whoever asks. */
  declined: boolean;
  /** The customer enters something that nobody is to hear. */
  confidential: boolean;
  /** The flow wants silence. */
  pauseWanted: boolean;
  /** Who paused it: somebody by hand, the flow, or this room itself. */
  readonly pausedBy: { hand: boolean; flow: boolean; system: boolean };
  /** The agent hears something before the customer. */
  whispering: boolean;
  held: boolean;
  /** The agent talks to somebody else meanwhile. */
  consulting: boolean;
  /** Whether the flow wanted what it dials recorded. */
  dialRecorded: boolean;
  talk: Talk | null;
  /** Whose talk it was last: a number to which an agent handed it on goes by the same rule. */
  served: Served;
  part: Part | null;
  /** The other side of the last part that ended by itself: it is not begun anew for the same talk. */
  overFor: LegId | 'nobody' | null;
  /** Parts so far; in the next one's id. */
  count: number;
};

export type Served = { readonly agentId: AgentId | null; readonly queueId: QueueId | null };

/** With whom the customer talks. `legId` is an offer's for an agent. */
export type Talk = Served & { readonly legId: LegId; readonly offerId: OfferId | null };

/** The recording that runs. `right`: null while the customer is alone with the flow. */
export type Part = { readonly recordingId: RecordingId; readonly right: LegId | null };

export type OpenRecording = {
  readonly recordingId: RecordingId;
  readonly contactId: ContactId;
  readonly why: RecordingReason;
  readonly sides: Sides;
  readonly offerId: OfferId | null;
  readonly agentId: AgentId | null;
  readonly queueId: QueueId | null;
  readonly startedAtMs: AtMs;
  readonly message: MessageBounds | null;
  stage: 'running' | 'stopping' | 'finished';
  discard: boolean;
  /** Known when it is finished: as in the event. */
  files: readonly string[];
  durationMs: number;
};

export function emptyRecordings(): RecordingsState {
  return { calls: new Map(), open: new Map() };
}

/** Those that the door should have live, or have just ended: what it must look for after it was away. */
export function unfinishedRecordings(state: RecordingsState): readonly OpenRecording[] {
  return [...state.open.values()].filter(({ stage }) => stage !== 'finished');
}

/** Those whose sound is there and not kept yet, the oldest first. */
export function finishedRecordings(state: RecordingsState): readonly OpenRecording[] {
  return [...state.open.values()].filter(({ stage }) => stage === 'finished');
}

/** Whether nobody is to hear what is said now. */
export function isPaused(state: RecordingsState, contactId: ContactId): boolean {
  const by = state.calls.get(contactId)?.pausedBy;
  return by !== undefined && (by.hand || by.flow || by.system);
}
