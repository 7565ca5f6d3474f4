import type { Step } from '../../model/flow-set.ts';
import { type Frame, waitingDepth } from '../session.ts';
import { limitTime } from './begin.ts';
import { place, type Run } from './place.ts';
import { waitForGreetingAgain } from './placed.ts';
import { enterStep, happen } from './run.ts';

/**
 * Takes a contact up at the step where it stood: the step begins again, whatever was playing is stopped first. What was
 * entered as sensitive is forgotten by now, so the contact goes back to the step that asked for it. A step whose contact is
 * in a queue, a call or a conference waits on.
 */
export function resume(run: Run): void {
  const { state, session, atMs, emit } = run;
  const { contactId, promptId } = session;
  if (session.stage === 'ended') return emit({ kind: 'hangup.requested', atMs, contactId, cause: 'normal' });
  if (session.stepId === null) return waitForGreetingAgain(run);
  if (promptId !== null) emit({ kind: 'prompt.stopped', atMs, contactId, promptId });
  session.notes = {};
  const outermost = state.sets.get(session.version)?.flows[session.callers[0]?.flowId ?? session.flowId ?? ''];
  if (outermost) limitTime(run, outermost);
  // The other side knew nothing of the interruption: what it asked for is under way, or its end is told.
  if (session.awaits !== null) return happen(run, { what: 'resumed' });
  const step = goBackTo(run);
  if (step) emit({ kind: 'step.entered', atMs, contactId, stepId: step.id, type: step.type });
  enterStep(run);
}

/**
 * The step that asked for what is forgotten, where it is not the one in which the contact stands. The outermost flow that
 * misses something is gone back to: what it called would miss it, too, or give back to a flow that does.
 */
function goBackTo({ state, session, atMs, emit }: Run): Step | undefined {
  const { contactId } = session;
  // Who waits in a queue does not go back behind it.
  const inner = waitingDepth(session) + 1;
  const depth = [...session.callers, session].findIndex(
    (frame, at) => at >= inner && firstForgotten(frame) !== undefined,
  );
  if (depth < 0) return undefined;
  while (session.callers.length > depth) {
    emit({ kind: 'flow.returned', atMs, contactId, outcome: 'forgotten', values: {} });
  }
  const forgotten = firstForgotten(session)!;
  const step = place(state, session)?.flow.steps[forgotten];
  return step && (step.id !== session.stepId || session.returned !== null) ? step : undefined;
}

/** The step that filled the first of those sensitive variables whose values are gone. */
function firstForgotten({ concealed, secrets }: Frame): string | undefined {
  const name = Object.keys(concealed).find((one) => !Object.hasOwn(secrets, one));
  return name === undefined ? undefined : concealed[name];
}
