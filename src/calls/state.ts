import type { ConsultTarget, Dial, PlacedMode } from '../model/call/call-event.ts';
import type { AskedLeg } from '../model/call/leg.ts';
import { Deadlines } from '../model/deadlines.ts';
import type { EndCause, EventOf } from '../model/event.ts';
import type { AgentId, AtMs, ContactId, FlowId, LegId, OfferId, PromptId, QueueId, RecordingId } from '../model/ids.ts';
import type { PromptPart } from '../model/prompt.ts';
import type { Site } from '../model/site.ts';
import type { Line } from './lines.ts';
import { emptyRecordings, type RecordingsState } from './recording/state.ts';
import { emptyTranscription, type TranscriptionState } from './transcription/state.ts';
import { emptyWatches, type WatchState } from './watch/state.ts';

/** What the switchboard knows: who is in which call, and how they are joined. */
export type CallsState = {
  site: Site;
  readonly calls: Map<ContactId, Call>;
  /** Of which call an agent's question to a colleague is. The colleague may have the call later, so it is known until the end. */
  readonly consults: Map<ContactId, ContactId>;
  readonly rooms: Map<string, Room>;
  /** Legs to the outside of all calls. Follows from these; not kept. */
  readonly outside: Map<LegId, Leg>;
  /** What calls to the outside have cost on a day of the site's zone (`YYYY-MM-DD`), in the site's unit. */
  spent: Spent;
  /** Lines of agents that stay between contacts. */
  readonly lines: Map<AgentId, Line>;
  /** Agents who are logged in: nobody is handed to one who is not. */
  readonly present: Set<AgentId>;
  /** False while the door is lost: nobody is given up then for an answer that nobody may have heard. */
  doorOpen: boolean;
  readonly deadlines: Deadlines<CallDeadline>;
  readonly watch: WatchState;
  readonly recordings: RecordingsState;
  readonly transcription: TranscriptionState;
};

/** What is due: of a leg that is not answered; of a line that is asked for again; else of a call: its whisper, an agent's keys, a wait for a key, a far talk. */
export type CallDeadline = 'leg' | 'line' | 'whisper' | 'keys' | 'decision' | 'far_talk';

export type Spent = { readonly day: string; readonly cost: number };

/** One call of a contact, with all who are in it. */
export type Call = {
  readonly contactId: ContactId;
  /** How the contact was made by us; null: it came by itself. */
  readonly placed: Placed | null;
  /** `away`: of a placed contact, not reached yet. */
  customer: 'away' | 'here' | 'gone';
  /** Before answer most networks let nothing but the tone of ringing through. */
  answered: boolean;
  /** The leg of a placed contact's customer that was asked for last. */
  customerLegId: LegId | null;
  /** We ourselves have asked for its end. */
  hangingUp: boolean;
  /** A flow runs for it, and goes on when a talk is over. */
  inFlow: boolean;
  /** All that were asked for and are not over. */
  readonly legs: Map<LegId, Leg>;
  /** Legs and whispers so far; in the next one's id. */
  legCount: number;
  whisperCount: number;
  /** Questions to colleagues so far. */
  consultIds: readonly ContactId[];
  /** The leg that ended last: what follows from its end is decided when it is out of `legs`. */
  over: Leg | null;
  /** A rule of its queue has sent it on to another one: what the agent is to hear goes along. */
  sentOn: boolean;
  /** How it came to its queue last, so that it can go back to its place. */
  queued: Queued | null;
  talk: Talk | null;
  consult: Consult | null;
  dial: Dialling | null;
  transfer: Transfer | null;
  farTalk: FarTalk | null;
  room: string | null;
  /** What an agent has pressed of a code. */
  keys: { readonly legId: LegId; readonly pressed: string; readonly untilMs: AtMs } | null;
};

export type Placed = {
  readonly mode: PlacedMode;
  readonly to: string;
  readonly from: string;
  readonly ringMs: number;
  readonly detectMachine: boolean;
  readonly whisper: readonly PromptPart[];
  readonly recordingId: RecordingId | null;
  readonly flowId: FlowId | null;
  readonly onMachine: FlowId | null;
};

export type Queued = Omit<EventOf<'contact.queued'>, 'kind' | 'atMs' | 'contactId'> & { readonly atMs: AtMs };

export type Leg = Omit<AskedLeg, 'contactId'> & {
  readonly askedAtMs: AtMs;
  /** Per minute begun, by the rule of the site when it was asked for. */
  readonly cost: number;
  rang: boolean;
  /** When it is given up; null: it is up. */
  dueAtMs: AtMs | null;
  answeredAtMs: AtMs | null;
};

/** The agent to whom the customer belongs, from the agent's answer on. `offerId` is the agent's leg. */
export type Talk = {
  readonly offerId: OfferId;
  readonly agentId: AgentId;
  readonly queueId: QueueId;
  readonly sinceMs: AtMs;
  held: boolean;
  /** Legs whose microphone is off. */
  muted: readonly LegId[];
  /** What the agent hears before the customer. */
  whisper: { readonly promptId: PromptId; readonly untilMs: AtMs; readonly isMessage: boolean } | null;
  /** The message was played to its end, or as far as the agent wanted. */
  heard: boolean;
  /** Until when the agent may decide whether the customer is to be called (preview, hear). */
  decideByMs: AtMs | null;
};

export type Consult = {
  readonly consultId: ContactId;
  readonly target: ConsultTarget;
  readonly sinceMs: AtMs;
  /** `asked`: not answered yet. `talking`: the agent talks to them, the customer waits. `joined`: all three talk. */
  stage: 'asked' | 'talking' | 'joined';
  /** An offer's id where it is an agent; null: nobody answered yet. */
  legId: LegId | null;
  /** The agent who answered; null: a number. */
  agentId: AgentId | null;
  queueId: QueueId | null;
};

export type Dialling = Dial & {
  /** One for each target of which nothing came: why. */
  failures: readonly (EndCause | 'refused')[];
  /** Those who answered and still hear the whisper. */
  hearing: readonly LegId[];
};

/** On the way to a number outside, by an agent's hand. `legId`: of whom the agent consulted; null: to be dialled. */
export type Transfer = { readonly number: string; readonly legId: LegId | null; readonly agentId: AgentId };

export type FarTalk = {
  readonly legId: LegId;
  readonly sinceMs: AtMs;
  readonly untilMs: AtMs | null;
  readonly by: 'dial' | 'transfer';
};

/** A conference of contacts. */
export type Room = {
  readonly name: string;
  readonly members: Map<ContactId, { readonly moderator: boolean }>;
  readonly max: number;
  /** Class of the music for who is alone in it. */
  readonly music: string;
  /** A moderator was in it: it is over when none is any more. */
  moderated: boolean;
};

export function emptyCalls(site: Site): CallsState {
  return {
    site,
    calls: new Map(),
    consults: new Map(),
    rooms: new Map(),
    outside: new Map(),
    lines: new Map(),
    present: new Set(),
    spent: { day: '', cost: 0 },
    doorOpen: false,
    deadlines: new Deadlines(),
    watch: emptyWatches(),
    recordings: emptyRecordings(),
    transcription: emptyTranscription(),
  };
}

/** The call of a contact, or the one of which a question to a colleague is. */
export function callOf(state: CallsState, contactId: ContactId): Call | undefined {
  return state.calls.get(state.consults.get(contactId) ?? contactId);
}

/** Legs and offers are named after their contact: what stands before the last dot. */
export function contactOfLeg(legId: LegId): ContactId {
  return legId.slice(0, Math.max(0, legId.lastIndexOf('.')));
}

/** The call that has this offer or leg. */
export function callOfLeg(state: CallsState, legId: LegId): Call | undefined {
  return callOf(state, contactOfLeg(legId));
}

/** The customer is on the line, with nobody. */
export function isAlone(call: Call): boolean {
  return call.customer === 'here' && !call.talk && !call.farTalk && !call.transfer && call.room === null;
}
