import type { Event } from '../../model/event.ts';
import { type Session, waitingDepth } from '../session.ts';
import { type Place, place, placeOf, type Run } from './place.ts';

/** The outcome by which a flow ends that ran while the contact waited, when the wait is over. Nothing leads on from it. */
const WAIT_OVER = 'wait_over';

/** True for what ends the wait of a contact: whatever flow runs meanwhile is over by it. */
export function endsWait(event: Event): boolean {
  switch (event.kind) {
    case 'contact.connected':
    case 'contact.handled':
      return true;
    case 'contact.dequeued':
      // In another queue it waits on, and so does the flow.
      return event.reason !== 'overflow' || event.overflow?.target.to !== 'queue';
    default:
      return false;
  }
}

/** Ends the flow that runs while the contact waits, with all that it called. The session stands in the step that waits again. */
export function backToQueue({ state, session, atMs, emit }: Run): void {
  const depth = waitingDepth(session);
  if (depth < 0) return;
  const { contactId } = session;
  state.deadlines.clear('step', contactId);
  if (session.promptId !== null) emit({ kind: 'prompt.stopped', atMs, contactId, promptId: session.promptId });
  while (session.callers.length > depth) {
    if (session.stepId !== null)
      emit({ kind: 'step.left', atMs, contactId, stepId: session.stepId, outcome: WAIT_OVER });
    emit({ kind: 'flow.returned', atMs, contactId, outcome: WAIT_OVER, values: {} });
  }
}

/**
 * Whether a key, or a reply of one, leads out of the queue although another flow runs: the step that waits leads somewhere
 * by it, and neither that flow nor its step uses it.
 */
export function leavesQueueBy({ state, session }: Run, key: string): boolean {
  const waiting = session.callers[waitingDepth(session)];
  const outer = waiting && placeOf(state, session, waiting);
  const here = outer && place(state, session);
  if (!here || outer.kind.target?.(outer.step.with, key) === undefined) return false;
  return !usesKey(here, key);
}

function usesKey({ flow, step, kind }: Place, key: string): boolean {
  const own = kind.keys?.(step.with);
  return own !== undefined && (own.includes(key) || Object.hasOwn(flow.keys, key));
}

/** Whether a contact is, in whatever flow, in a step that waits in a queue. */
export function waitsInQueue(session: Session): boolean {
  return session.awaits === 'queue' || waitingDepth(session) >= 0;
}

/** Steps that count against the most that a flow allows; those of flows that run while the contact waits count by themselves. */
export function stepsCounted(session: Session): number {
  return waitingDepth(session) < 0 ? session.stepsTaken - session.stepsWaited : session.stepsWaited;
}
