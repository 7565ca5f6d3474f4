import type { TranscriptionWish } from '../../calls/transcription/ask.ts';
import type { AskedBy, EventOf } from '../../model/event.ts';
import type { Result } from '../../model/failure.ts';
import type { AtMs, ContactId } from '../../model/ids.ts';
import type { Speaker } from '../../model/speech/transcription.ts';

/** The part of the desk that is about what is said in calls, while it is said. What was said before is in the story. */
export type Transcriptions = {
  /**
   * Begins or ends the writing down of a call. Failures: `transcription.no_talk`, `transcription.not_allowed`,
   * `transcription.not_running`, `transcription.no_engine`.
   */
  ask(wish: Omit<TranscriptionWish, 'atMs'>): Result<LiveTranscriptionView>;
  /** What is told of a contact from now on, in order, until the function returned is called. Nothing comes after `over`. */
  follow(contactId: ContactId, listener: (news: TranscriptNews) => void): () => void;
  /** Writes down that somebody read it. */
  read(contactId: ContactId, by: AskedBy): void;
};

/** Whether a call is written down now. */
export type LiveTranscriptionView = {
  readonly contactId: ContactId;
  readonly transcribing: boolean;
  readonly language: string | null;
  /** Whom one listens to in this moment: nobody while the customer is on hold or tells something in confidence. */
  readonly hearing: readonly Speaker[];
};

/** `seq` is the place in the journal. */
export type TranscriptNews =
  | { readonly what: 'piece'; readonly seq: number; readonly event: EventOf<'transcript.heard'> }
  /** What is being said, as far as it is understood; the piece follows, or another of these. */
  | { readonly what: 'partial'; readonly speaker: Speaker; readonly text: string; readonly atMs: AtMs }
  | {
      readonly what: 'change';
      readonly seq: number;
      readonly event: EventOf<`transcription.${'started' | 'stopped' | 'failed'}`>;
    }
  /** The contact is over, and what was said last has been told. */
  | { readonly what: 'over' };
