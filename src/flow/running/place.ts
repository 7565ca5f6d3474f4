import type { Emit } from '../../model/event.ts';
import type { FlowFailureCode } from '../../model/flow-failure.ts';
import type { Flow, Step } from '../../model/flow-set.ts';
import type { AtMs } from '../../model/ids.ts';
import type { Values } from '../../model/value.ts';
import type { Floor } from '../floor.ts';
import type { FlowState, Frame, Session } from '../session.ts';
import type { Move, StepKind } from '../step-kind.ts';
import { STEPS } from '../steps.ts';
import { Context } from './context.ts';

/** One contact's flow at one moment, with the way out for what it decides. */
export type Run = {
  readonly state: FlowState;
  readonly session: Session;
  readonly floor: Floor;
  readonly atMs: AtMs;
  readonly emit: Emit;
};

/** Where a contact stands. */
export type Place = { readonly flow: Flow; readonly step: Step; readonly kind: StepKind };

export function place(state: FlowState, session: Session): Place | undefined {
  return placeOf(state, session, session);
}

/** Where a flow stands that a contact is in, be it the one that runs or one that called it. */
export function placeOf(state: FlowState, { version }: Session, { flowId, stepId }: Frame): Place | undefined {
  const flow = flowId === null ? undefined : state.sets.get(version)?.flows[flowId];
  const step = stepId === null ? undefined : flow?.steps[stepId];
  const kind = step && STEPS.get(step.type);
  return flow && step && kind ? { flow, step, kind } : undefined;
}

/** The flow cannot go on; the contact is let go rather than left in silence. */
export function fail({ session, atMs, emit }: Run, code: FlowFailureCode): void {
  const { contactId } = session;
  emit({ kind: 'flow.failed', atMs, contactId, code });
  if (session.gone) emit({ kind: 'flow.ended', atMs, contactId });
  else emit({ kind: 'hangup.requested', atMs, contactId, cause: 'congestion' });
}

export function contextOf(run: Run, here: Place, groups: Readonly<Record<string, Values>> = {}): Context {
  return new Context(run, here, groups);
}

/** An expression that could not be worked out ends the step, whatever the step made of it. */
export function checkedMove(move: Move, { faults }: Context): Move {
  const fault = faults.first;
  return fault ? { stopPrompt: true, wakeInMs: null, outcome: 'error', error: fault } : move;
}
