import type { FlowFailureCode } from '../../model/flow-failure.ts';
import type { Flow } from '../../model/flow-set.ts';
import type { FlowId, StepId } from '../../model/ids.ts';
import type { Values } from '../../model/value.ts';
import { fail, type Run } from './place.ts';
import { stepsCounted } from './while-waiting.ts';

/**
 * Begins a flow, the session's first one or one that it goes over to, up to its first step. True when that step is to be
 * entered; false when the flow cannot begin, and the contact is let go.
 */
export function beginFlow(run: Run, flowId: FlowId, given: Values = {}): boolean {
  const { state, session, atMs, emit } = run;
  const { contactId } = session;
  // A rule that came after the contact may name a flow that came with it.
  const sets = [session.version, state.current].map((version) => state.sets.get(version ?? ''));
  const from = sets.find((one) => one && Object.hasOwn(one.flows, flowId));
  if (!from) return failed(run, 'flow.missing');
  const flow = from.flows[flowId]!;
  if (stepsCounted(session) >= flow.limits.maxSteps) return failed(run, 'flow.too_many_steps');
  const set = { ...defaultsOf(flow), ...given };
  const filled = Object.keys(set).length === 0 ? {} : { set };
  emit({ kind: 'flow.started', atMs, contactId, flowId, version: from.version, ...filled });
  if (flow.language !== undefined && flow.language !== session.language) {
    emit({ kind: 'language.chosen', atMs, contactId, language: flow.language });
  }
  limitTime(run, flow);
  goTo(run, flow, flow.start);
  return true;
}

function failed(run: Run, code: FlowFailureCode): false {
  fail(run, code);
  return false;
}

/** What a flow's parameters are when nobody gives them. */
export function defaultsOf(flow: Flow): Values {
  const given = Object.entries(flow.params).flatMap(([name, { default: otherwise }]) =>
    otherwise === undefined ? [] : [[name, otherwise] as const],
  );
  return Object.fromEntries(given);
}

/** Sets when the contact has been in its flows for too long; what a flow that it comes to allows does not add to it. */
export function limitTime({ state, session }: Run, flow: Flow): void {
  if (state.deadlines.of('flow', session.contactId) !== undefined) return;
  state.deadlines.set('flow', session.contactId, session.startedAtMs + flow.limits.maxDurationMs);
}

export function goTo({ session, atMs, emit }: Run, flow: Flow, stepId: StepId): void {
  const { contactId } = session;
  const step = flow.steps[stepId]!;
  emit({ kind: 'step.entered', atMs, contactId, stepId, type: step.type });
  if (step.tags) {
    const tags = Object.fromEntries(step.tags.map((tag) => [tag, true]));
    emit({ kind: 'contact.tagged', atMs, contactId, tags });
  }
}
