import type { Flow } from '../../model/flow-set.ts';
import { goTo } from './begin.ts';
import type { Run } from './place.ts';
import { enterStep, startFlow } from './run.ts';

/** How long a flow may go on after the customer left. */
const CLEAN_UP_MS = 60_000;

/**
 * The customer has left. The innermost flow that says what is to be done then goes on there, without speaking; else the
 * site's flow for that. A flow that had come to its end by itself has nothing left to do.
 */
export function customerLeft(run: Run): void {
  const { state, session, atMs, emit } = run;
  const { contactId } = session;
  const site = state.sets.get(session.version)?.site;
  const handler = session.stage === 'ended' ? undefined : handlerOf(run);
  if (!handler && (session.stage === 'ended' || site?.onHangup === undefined || session.flowId === null)) {
    if (session.stage !== 'ended') emit({ kind: 'flow.ended', atMs, contactId });
    return;
  }
  state.deadlines.set('flow', contactId, atMs + CLEAN_UP_MS);
  if (!handler) return startFlow(run, site!.onHangup!);
  const { flow, stepId } = handler;
  emit({ kind: 'flow.cleaning_up', atMs, contactId, flowId: flow.id, stepId });
  goTo(run, flow, stepId);
  enterStep(run);
}

function handlerOf({ state, session }: Run): { readonly flow: Flow; readonly stepId: string } | undefined {
  const flows = state.sets.get(session.version)?.flows ?? {};
  for (const flowId of [session.flowId, ...session.callers.map((frame) => frame.flowId).reverse()]) {
    const flow = flowId === null ? undefined : flows[flowId];
    if (flow?.onHangup !== undefined && Object.hasOwn(flow.steps, flow.onHangup))
      return { flow, stepId: flow.onHangup };
  }
  return undefined;
}
