import type { Flow } from '../../model/flow-set.ts';
import type { StepId } from '../../model/ids.ts';
import { goTo } from './begin.ts';
import type { Run } from './place.ts';
import { enterStep, startFlow } from './run.ts';

/** How long a flow may go on after the customer left. */
export const CLEAN_UP_MS = 60_000;

/**
 * The customer has left. The flow goes on where the step says so under `hangup`, else where its flow does, then those that
 * called it, from the inside outwards; else in the site's flow for that. Nothing is spoken there. A flow that had come to
 * its end by itself has nothing left to do. `outcome` is that of the step that the customer was in.
 */
export function customerLeft(run: Run, outcome = 'hangup'): void {
  const { state, session, atMs, emit } = run;
  const { contactId, stepId } = session;
  if (session.stage === 'ended') return;
  const site = state.sets.get(session.version)?.site;
  const handler = handlerOf(run);
  if (!handler && (site?.onHangup === undefined || session.flowId === null)) {
    return emit({ kind: 'flow.ended', atMs, contactId });
  }
  state.deadlines.set('flow', contactId, atMs + CLEAN_UP_MS);
  if (stepId !== null) emit({ kind: 'step.left', atMs, contactId, stepId, outcome });
  if (!handler) return startFlow(run, site!.onHangup!);
  const { flow, next } = handler;
  emit({ kind: 'flow.cleaning_up', atMs, contactId, flowId: flow.id, stepId: next });
  goTo(run, flow, next);
  enterStep(run);
}

function handlerOf({ state, session }: Run): { readonly flow: Flow; readonly next: StepId } | undefined {
  const flows = state.sets.get(session.version)?.flows ?? {};
  for (const { flowId, stepId } of [...session.callers, session].reverse()) {
    const flow = flowId === null ? undefined : flows[flowId];
    const next = (stepId === null ? undefined : flow?.steps[stepId]?.on['hangup']) ?? flow?.onHangup;
    if (flow && next !== undefined && Object.hasOwn(flow.steps, next)) return { flow, next };
  }
  return undefined;
}
