import type { AskedBy } from '../event.ts';
import type { AgentId, AtMs, ContactId, LegId, OfferId, QueueId, RecordingId } from '../ids.ts';

/** What is heard on the two sides of a recording; without `right` it is mono. */
export type Sides = { readonly left: LegId; readonly right: LegId | null };

/** Why it is made: by a rule of the queue, the agent or the site, because the flow or somebody asked; or a message that a customer leaves. */
export type RecordingReason = 'queue' | 'agent' | 'site' | 'flow' | 'demand' | 'message';

export type RecordingEvent =
  /** `recordingId` is `<contactId>.r<count>-<time in base 36>`. */
  | {
      kind: 'recording.started';
      atMs: AtMs;
      contactId: ContactId;
      recordingId: RecordingId;
      why: RecordingReason;
      sides: Sides;
      /** Whose talk it is. */
      offerId?: OfferId;
      agentId?: AgentId;
      queueId?: QueueId;
      /** Of a message: bounds. */
      message?: MessageBounds;
    }
  /** What is said meanwhile is silence in the recording: card numbers. */
  | { kind: 'recording.paused'; atMs: AtMs; contactId: ContactId; recordingId: RecordingId; by: RecordedBy }
  | { kind: 'recording.resumed'; atMs: AtMs; contactId: ContactId; recordingId: RecordingId; by: RecordedBy }
  /** Asked to end; `discard`: it is not to be kept (declined, said anew). */
  | {
      kind: 'recording.stopped';
      atMs: AtMs;
      contactId: ContactId;
      recordingId: RecordingId;
      by: RecordedBy;
      discard?: true;
    }
  | RecordingFinished
  /** It is kept: encrypted, with the id of the key. */
  | {
      kind: 'recording.kept';
      atMs: AtMs;
      contactId: ContactId;
      recordingId: RecordingId;
      bytes: number;
      durationMs: number;
      keyId: string;
    }
  /** It could not be kept; `code` such as `recording.disk_full`. */
  | { kind: 'recording.lost'; atMs: AtMs; contactId: ContactId; recordingId: RecordingId; code: string }
  | { kind: 'recording.held'; atMs: AtMs; contactId: ContactId; recordingId: RecordingId; by: AskedBy; reason: string }
  | { kind: 'recording.released'; atMs: AtMs; contactId: ContactId; recordingId: RecordingId; by: AskedBy }
  | {
      kind: 'recording.deleted';
      atMs: AtMs;
      contactId: ContactId;
      recordingId: RecordingId;
      by: AskedBy;
      reason: string;
    }
  /** Somebody listened to it. */
  | { kind: 'recording.played'; atMs: AtMs; contactId: ContactId; recordingId: RecordingId; by: AskedBy }
  /** The customer was asked whether the call may be recorded. */
  | { kind: 'consent.given'; atMs: AtMs; contactId: ContactId }
  | { kind: 'consent.declined'; atMs: AtMs; contactId: ContactId }
  /** The flow wants the whole call recorded, from now on and through all transfers, or not any more. */
  | { kind: 'recording.wanted'; atMs: AtMs; contactId: ContactId; wanted: boolean }
  /** The flow wants what follows to be silence, in parts that begin later, too; or not any more. */
  | { kind: 'recording.pause_wanted'; atMs: AtMs; contactId: ContactId; wanted: boolean }
  /** The customer says or types something in confidence, and has done so. */
  | { kind: 'confidence.began'; atMs: AtMs; contactId: ContactId }
  | { kind: 'confidence.ended'; atMs: AtMs; contactId: ContactId };

export type RecordedBy = AskedBy | 'flow';

export type MessageBounds = {
  readonly maxMs: number;
  /** So much silence ends it; 0: no silence does. */
  readonly silenceMs: number;
  readonly beep: boolean;
};

/** Which calls are recorded. */
export type RecordingRule = {
  /** `always`; `demand`: only when agent, flow or API ask for it; `never`: not even then. */
  readonly record: 'always' | 'demand' | 'never';
  /** How long it is kept. */
  readonly keepMs: number;
};

/** The door has its sound, or has none. */
export type RecordingFinished = {
  kind: 'recording.finished';
  atMs: AtMs;
  contactId: ContactId;
  recordingId: RecordingId;
  result: 'done' | 'failed';
  /** Of the longest side; of a message without the silence at its end. */
  durationMs: number;
  /** Names of Asterisk's stored recordings, the left side first. */
  files: readonly string[];
};
