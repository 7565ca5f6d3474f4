import type { RecordingReason } from '../model/call/recording.ts';
import type { AgentId, AtMs, ContactId, QueueId, RecordingId } from '../model/ids.ts';
import type { Purpose } from './data-key.ts';

/** What the index knows of one recording. Of one that was deleted it stays, without its key. */
export type RecordingRow = {
  readonly recordingId: RecordingId;
  readonly contactId: ContactId;
  readonly agentId: AgentId | null;
  readonly queueId: QueueId | null;
  readonly why: RecordingReason;
  readonly purpose: Purpose;
  readonly begunAtMs: AtMs;
  readonly durationMs: number;
  /** 2: the customer left, the other side right. */
  readonly channels: 1 | 2;
  /** Of the FLAC that was sealed. */
  readonly bytes: number;
  /** Below the folder of the recordings. */
  readonly file: string;
  readonly keyId: string | null;
  readonly wrappedKey: Buffer | null;
  readonly keepUntilMs: AtMs;
  /** Set while it is under legal hold. */
  readonly heldAtMs: AtMs | null;
  readonly heldReason: string | null;
  readonly deletedAtMs: AtMs | null;
  readonly deletedReason: string | null;
};

/** Which recordings are asked for; all of it must hold. */
export type RecordingFilter = {
  readonly contactId?: ContactId;
  readonly agentId?: AgentId;
  readonly queueId?: QueueId;
  readonly purpose?: Purpose;
  readonly fromMs?: AtMs;
  readonly toMs?: AtMs;
  readonly held?: boolean;
  /** Left out: those that were deleted are not listed. */
  readonly deleted?: boolean;
};

/** A page, the newest first; `after` is where the last one ended. */
export type RecordingPage = { readonly limit: number; readonly after?: RecordingPlace };
export type RecordingPlace = { readonly begunAtMs: AtMs; readonly recordingId: RecordingId };
