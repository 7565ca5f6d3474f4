import type { Event } from '../../model/event.ts';
import type { AtMs, RecordingId } from '../../model/ids.ts';
import type { Session } from '../session.ts';

/** The message that the customer leaves, or has left, in the step where the contact stands. It outlives a restart. */
export type MessagePlace = {
  readonly recordingId: RecordingId;
  readonly startedAtMs: AtMs;
  /** Null while it is recorded. */
  readonly finished: { readonly result: 'done' | 'failed'; readonly durationMs: number } | null;
};

/** What an event says of the message of its contact. */
export function applyToMessage(session: Session, event: Event): void {
  switch (event.kind) {
    case 'recording.started':
      if (event.why !== 'message') return;
      session.message = { recordingId: event.recordingId, startedAtMs: event.atMs, finished: null };
      session.awaits = 'message';
      return;
    case 'recording.finished': {
      const { message } = session;
      if (message?.recordingId !== event.recordingId) return;
      session.message = { ...message, finished: { result: event.result, durationMs: event.durationMs } };
      return;
    }
    case 'recording.stopped':
      if (!event.discard || session.message?.recordingId !== event.recordingId) return;
      session.message = null;
      session.awaits = null;
      return;
    case 'step.entered':
    case 'step.left':
      session.message = null;
      return;
  }
}
