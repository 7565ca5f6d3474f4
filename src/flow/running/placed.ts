import type { Event } from '../../model/event.ts';
import type { Session } from '../session.ts';
import { DETECTION_GRACE_MS, GREETING } from './greeting.ts';
import type { Run } from './place.ts';
import { startFlow } from './run.ts';

// Contacts that we make. Their flow begins when the customer is on the line and stands in no queue: an agent was kept for the
// contact until then, and is let go in the same moment (calls/placed.ts).

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
  const { session } = run;
  if (!isToBegin(session)) return;
  if (!session.machine) return startFlow(run, session.begins!);
  if (session.awaits !== 'greeting') waitForGreeting(run);
}

function waitForGreeting({ state, session: { contactId }, atMs, emit }: Run): void {
  emit({ ...GREETING, atMs, contactId });
  state.deadlines.set('step', contactId, atMs + GREETING.listenMs + DETECTION_GRACE_MS);
}

/** The greeting is over, or has lasted for too long. */
export function greetingOver(run: Run): void {
  const { state, session } = run;
  if (session.awaits !== 'greeting' || !isToBegin(session)) return;
  state.deadlines.clear('step', session.contactId);
  startFlow(run, session.begins!);
}

/** After a restart nobody listens any more. */
export function waitForGreetingAgain(run: Run): void {
  if (run.session.awaits === 'greeting' && isToBegin(run.session)) waitForGreeting(run);
}
