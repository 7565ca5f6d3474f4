import type { Event } from '../../model/event.ts';
import type { Session } from '../session.ts';
import type { Run } from './place.ts';
import { startFlow } from './run.ts';

// Contacts that we make. Their flow begins when the customer is on the line and stands in no queue: an agent was kept for the
// contact until then, and is let go in the same moment (calls/placed.ts).

/** How long a machine may go on with its greeting; what is said after that is said over it. */
export const GREETING_MAX_MS = 30_000;
/** The door tells the end of the greeting by itself; one that says nothing for so long after that has broken. */
const GRACE_MS = 2_000;

/** What an event says of how a contact of ours begins. */
export function applyToPlaced(session: Session, event: Event): void {
  if (!session.placed || session.flowId !== null) return;
  switch (event.kind) {
    case 'leg.answered':
      if (event.verdict !== 'machine' || session.answered) return;
      session.machine = true;
      session.begins = session.onMachine;
      return;
    case 'contact.answered':
      if (!session.answered) session.startedAtMs = event.atMs;
      return;
    case 'detection.asked':
      if (event.greetingOnly) session.awaits = 'greeting';
      return;
  }
}

/** True when a contact of ours has a flow that has not begun. */
export function isToBegin({ placed, begins, flowId, answered, gone, stage }: Session): boolean {
  return placed && begins !== null && flowId === null && answered && !gone && stage === 'running';
}

/** Begins the flow; the one for a machine when its greeting is over. */
export function beginPlaced(run: Run): void {
  const { state, session, atMs, emit } = run;
  const { contactId } = session;
  if (!isToBegin(session)) return;
  if (!session.machine) return startFlow(run, session.begins!);
  if (session.awaits === 'greeting') return;
  emit({ kind: 'detection.asked', atMs, contactId, listenMs: GREETING_MAX_MS, words: 0, greetingOnly: true });
  state.deadlines.set('step', contactId, atMs + GREETING_MAX_MS + GRACE_MS);
}

/** The greeting is over, or has lasted for too long. */
export function greetingOver(run: Run): void {
  const { state, session } = run;
  if (session.awaits !== 'greeting' || !isToBegin(session)) return;
  state.deadlines.clear('step', session.contactId);
  startFlow(run, session.begins!);
}

/** After a restart the end of the greeting may have been told to nobody. */
export function waitForGreetingAgain({ state, session, atMs }: Run): void {
  if (session.awaits !== 'greeting' || !isToBegin(session)) return;
  state.deadlines.set('step', session.contactId, atMs + GREETING_MAX_MS + GRACE_MS);
}
