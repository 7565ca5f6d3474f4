import type { Session } from '../session.ts';
import { limitTime } from './begin.ts';
import { place, type Run } from './place.ts';
import { enterStep } from './run.ts';

/**
 * Takes a contact up at the step where it stood: the step begins again, whatever was playing is stopped first. What was
 * entered as sensitive is forgotten by now, so the contact goes back to the step that asked for it.
 */
export function resume(run: Run): void {
  const { state, session, atMs, emit } = run;
  const { contactId, promptId } = session;
  if (session.stage === 'ended') return emit({ kind: 'hangup.requested', atMs, contactId, cause: 'normal' });
  if (session.stepId === null) return;
  if (promptId !== null) emit({ kind: 'prompt.stopped', atMs, contactId, promptId });
  session.notes = {};
  const outermost = state.sets.get(session.version)?.flows[session.callers[0]?.flowId ?? session.flowId ?? ''];
  if (outermost) limitTime(run, outermost);
  const forgotten = firstForgotten(session);
  const flow = place(state, session)?.flow;
  const step = forgotten === undefined ? undefined : flow?.steps[forgotten];
  if (step && step.id !== session.stepId)
    emit({ kind: 'step.entered', atMs, contactId, stepId: step.id, type: step.type });
  enterStep(run);
}

/** The step that filled the first of those sensitive variables whose values are gone. */
function firstForgotten({ concealed, secrets }: Session): string | undefined {
  const name = Object.keys(concealed).find((one) => !Object.hasOwn(secrets, one));
  return name === undefined ? undefined : concealed[name];
}
