import type { RecordingWish } from '../../calls/recording/ask.ts';
import type { RecordingReason } from '../../model/call/recording.ts';
import type { AskedBy } from '../../model/event.ts';
import type { Result } from '../../model/failure.ts';
import type { AgentId, AtMs, ContactId, QueueId, RecordingId } from '../../model/ids.ts';
import type { DeletionProof } from '../../recordings/deletion.ts';
import type { RecordingFilter, RecordingPage } from '../../recordings/recording-row.ts';
import type { Rotation } from '../../recordings/rotation.ts';

/**
 * The part of the desk that is about recordings. Failures of all: `recording.unknown`, `recording.index_unavailable`,
 * `recording.closed`.
 */
export type Recordings = {
  /** The newest first. */
  list(filter: RecordingFilter, page: RecordingPage): Promise<Result<readonly RecordingView[]>>;
  find(recordingId: RecordingId): Promise<Result<RecordingView>>;
  /** Opens the sound; whoever does so closes it. Failures: `recording.deleted`, `recording.broken`, `recording.key_missing`, `recording.busy`. */
  open(recordingId: RecordingId): Promise<Result<OpenSound>>;
  /** Writes down that somebody listened to it. */
  played(view: RecordingView, by: AskedBy): void;
  /** Nothing deletes it from now on. Failure: `recording.deleted`. */
  hold(recordingId: RecordingId, reason: string, by: AskedBy): Promise<Result<RecordingView>>;
  release(recordingId: RecordingId, by: AskedBy): Promise<Result<RecordingView>>;
  /** Failure: `recording.on_hold`. */
  destroy(recordingId: RecordingId, reason: string, by: AskedBy): Promise<Result<DeletionProof>>;
  /** Begins, ends, pauses or resumes the recording of a call. Failures: `recording.no_talk`, `recording.not_allowed`, `recording.not_running`. */
  ask(wish: Omit<RecordingWish, 'atMs'>): Result<LiveRecordingView>;
  /** Puts new keys in the place of the old ones. */
  rotateKeys(): Promise<Result<Rotation>>;
};

export type RecordingView = {
  readonly id: RecordingId;
  readonly contactId: ContactId;
  readonly agentId: AgentId | null;
  readonly queueId: QueueId | null;
  readonly why: RecordingReason;
  readonly begunAtMs: AtMs;
  readonly durationMs: number;
  /** 2: the customer left, the other side right. */
  readonly channels: 1 | 2;
  /** Of the FLAC. */
  readonly bytes: number;
  readonly keyId: string | null;
  readonly keepUntilMs: AtMs;
  readonly heldAtMs: AtMs | null;
  readonly heldReason: string | null;
  readonly deletedAtMs: AtMs | null;
  readonly deletedReason: string | null;
};

export type OpenSound = {
  readonly view: RecordingView;
  readonly bytes: number;
  /** FLAC, from `from` up to and without `to`. */
  read(from: number, to: number): AsyncIterable<Buffer>;
  close(): Promise<void>;
};

/** Whether a call is recorded now. */
export type LiveRecordingView = {
  readonly contactId: ContactId;
  readonly recording: boolean;
  readonly paused: boolean;
  readonly recordingId: RecordingId | null;
};
