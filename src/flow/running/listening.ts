import type { Event } from '../../model/event.ts';
import type { ListenOrder } from '../../model/speech/listening.ts';
import type { Session } from '../session.ts';
import type { Happening } from '../step-kind.ts';
import type { Run } from './place.ts';

/** Begins a turn of listening in place of the one before. */
export function listen(run: Run, order: ListenOrder): void {
  const { session, atMs, emit } = run;
  stopListening(run);
  const { contactId } = session;
  // The time tells it from one before a restart whose sound may still be on its way.
  const listenId = `${contactId}.h${session.listenCount + 1}-${atMs.toString(36)}`;
  emit({ kind: 'listening.started', atMs, contactId, listenId, order });
}

export function stopListening({ session, atMs, emit }: Run): void {
  const { contactId, listening } = session;
  if (listening === null) return;
  emit({ kind: 'listening.stopped', atMs, contactId, listenId: listening.listenId });
}

/**
 * Ends a turn whose step has been left, or was left aside for another flow. It goes by where the contact stands and not by
 * the way that led there, so no way out is forgotten.
 */
export function stopListeningElsewhere(run: Run): void {
  const { listening, stepsTaken, stage } = run.session;
  if (listening !== null && (stage !== 'running' || listening.stepsTaken !== stepsTaken)) stopListening(run);
}

export function applyToListening(session: Session, event: Event): void {
  switch (event.kind) {
    case 'listening.started':
      session.listening = { listenId: event.listenId, stepsTaken: session.stepsTaken };
      session.listenCount += 1;
      break;
    case 'listening.stopped':
      if (isNow(session, event)) session.listening = null;
      break;
    case 'speech.failed':
    case 'speech.heard':
      session.endedListenId = isNow(session, event) ? session.listening!.listenId : null;
      if (session.endedListenId !== null) session.listening = null;
      break;
  }
}

/** What the ears told of this turn; undefined for one that is over: keys were faster, or the step was left. */
export function heardNow({ session }: Run, event: Event): Happening | undefined {
  switch (event.kind) {
    case 'speech.heard': {
      const { text, confidence, alternatives, listenId } = event;
      // What comes without a turn was not heard by our ears: tests, and journals of the first release.
      if (listenId !== undefined && session.endedListenId !== listenId) return undefined;
      return { what: 'speech', text, confidence, ...(alternatives ? { alternatives } : {}) };
    }
    case 'speech.started':
      return isNow(session, event) ? { what: 'voice', bargesIn: event.bargesIn !== false } : undefined;
    case 'speech.missed':
      return isNow(session, event) ? { what: 'noise' } : undefined;
    case 'speech.failed':
      return session.endedListenId === event.listenId ? { what: 'deaf', code: event.code } : undefined;
    default:
      return undefined;
  }
}

function isNow({ listening }: Session, { listenId }: { readonly listenId?: string }): boolean {
  return listening !== null && listening.listenId === listenId;
}
