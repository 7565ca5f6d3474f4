import type { StepError } from '../../model/event.ts';
import type { Flow } from '../../model/flow-set.ts';
import { VALUE_CHARACTERS_MAX, VARIABLES_MAX, type Value, type Values } from '../../model/value.ts';
import { wayOf } from '../route.ts';
import { waitingDepth } from '../session.ts';
import type { Move } from '../step-kind.ts';
import { beginFlow, defaultsOf, goTo } from './begin.ts';
import { contextOf, fail, type Place, type Run } from './place.ts';
import { stepsCounted } from './while-waiting.ts';

/**
 * Leaves the step as a move says, if it says so. True when the session stands in another step now, which is to be
 * entered, or back in the one that called a flow; false when there is nothing to do at once.
 */
export function leave(run: Run, here: Place, move: Move): boolean {
  const { state, session, atMs, emit } = run;
  const { contactId } = session;
  const { call, giveBack, goOver, outcome } = move;
  if (call) return callFlow(run, here, call);
  if (outcome === undefined && move.goTo === undefined && !giveBack && !goOver) return false;
  state.deadlines.clear('step', contactId);
  // What is still said of this step would be heard before what the next one says.
  if (session.promptId !== null) emit({ kind: 'prompt.stopped', atMs, contactId, promptId: session.promptId });
  const left = leftBy(run, here, move);
  emit({ kind: 'step.left', atMs, contactId, stepId: here.step.id, ...left });
  if (giveBack) return goBack(run, giveBack.outcome, giveBack.values);
  if (goOver) return beginFlow(run, goOver.flowId, goOver.set);
  return goOn(run, here, move.goTo, left);
}

type Left = {
  readonly outcome: string;
  readonly set?: Values;
  readonly concealed?: readonly string[];
  readonly secrets?: Values;
  readonly error?: StepError;
};

/** How the step is left. What it saves is worked out here, when its result is known. */
function leftBy(run: Run, here: Place, move: Move): Left {
  const { flow, step } = here;
  const outcome = move.outcome ?? (move.goTo === undefined ? 'ok' : 'key');
  const context = contextOf(run, here, { result: move.result ?? {} });
  const toSave = move.saved ? {} : (step.save ?? {});
  const saved = Object.entries(toSave).map(([name, text]) => [name, context.value(text)] as const);
  if (context.faults.first) return { outcome: 'error', error: context.faults.first };
  const all = bounded({ ...move.set, ...Object.fromEntries(saved) }, run);
  const names = Object.keys(all);
  const concealed = names.filter((name) => flow.sensitive.includes(name));
  const open = names.filter((name) => !flow.sensitive.includes(name));
  return {
    outcome,
    ...(open.length === 0 ? {} : { set: Object.fromEntries(open.map((name) => [name, all[name]!])) }),
    ...(concealed.length === 0
      ? {}
      : { concealed, secrets: Object.fromEntries(concealed.map((name) => [name, all[name]!])) }),
    ...(move.error ? { error: move.error } : {}),
  };
}

/** A value that is too large, and variables beyond the bound, become nothing: they would stand in every event. */
function bounded(values: Values, { session }: Run): Values {
  const room = VARIABLES_MAX - Object.keys(session.vars).length;
  let added = 0;
  const kept = Object.entries(values).flatMap(([name, value]): [string, Value][] => {
    const known = Object.hasOwn(session.vars, name) || Object.hasOwn(session.secrets, name);
    if (!known && ++added > room) return [];
    return [[name, isTooLarge(value) ? '' : value]];
  });
  return Object.fromEntries(kept);
}

function isTooLarge(value: Value): boolean {
  if (typeof value === 'string') return value.length > VALUE_CHARACTERS_MAX;
  return typeof value === 'object' && JSON.stringify(value).length > VALUE_CHARACTERS_MAX;
}

function goOn(run: Run, { flow, step, kind }: Place, goTo_: string | undefined, { outcome, error }: Left): boolean {
  const { state, session } = run;
  const site = state.sets.get(state.current ?? session.version)?.site ?? { on: {} };
  const way = goTo_ === undefined ? wayOf(site, flow, step, kind, outcome) : { step: goTo_ };
  if (way === 'unhandled') {
    // An error that the inner flow does not handle is one of the step that called it.
    if (session.callers.length > 0) return goBack(run, 'error', {}, error);
    fail(run, 'flow.error_unhandled');
    return false;
  }
  if (way === 'end') return session.callers.length > 0 ? goBack(run, 'ok', {}) : end(run);
  // Who waits in a queue cannot go over to another flow, as the site would have it: only the flow that runs meanwhile is over.
  if ('flow' in way) return waitingDepth(session) < 0 ? beginFlow(run, way.flow) : goBack(run, 'error', {}, error);
  return enterNext(run, flow, way.step);
}

function enterNext(run: Run, flow: Flow, stepId: string): boolean {
  if (!Object.hasOwn(flow.steps, stepId)) fail(run, 'flow.missing');
  else if (stepsCounted(run.session) >= flow.limits.maxSteps) return tooManySteps(run);
  else {
    goTo(run, flow, stepId);
    return true;
  }
  return false;
}

/** The wait is not over by it: only the flow that runs meanwhile is. */
function tooManySteps(run: Run): boolean {
  if (waitingDepth(run.session) >= 0) {
    while (waitingDepth(run.session) < run.session.callers.length - 1) goBack(run, 'error', {});
    return goBack(run, 'error', {}, { code: 'flow.failed', message: 'The flow took too many steps.' });
  }
  fail(run, 'flow.too_many_steps');
  return false;
}

function end({ session, atMs, emit }: Run): boolean {
  const { contactId } = session;
  if (session.gone) emit({ kind: 'flow.ended', atMs, contactId });
  else emit({ kind: 'hangup.requested', atMs, contactId, cause: 'normal' });
  return false;
}

function callFlow(run: Run, here: Place, { flowId, set, aside }: NonNullable<Move['call']>): boolean {
  const { state, session, atMs, emit } = run;
  const { contactId } = session;
  const flow = state.sets.get(session.version)?.flows[flowId];
  // What a step does without is no reason to leave it.
  const leaveBy = (error: StepError): boolean => (aside ? false : leave(run, here, { outcome: 'error', error }));
  if (!flow) return leaveBy({ code: 'step.invalid', message: `There is no flow ${flowId}.` });
  const outermost = session.callers[0]?.flowId ?? session.flowId;
  const { maxDepth } = state.sets.get(session.version)!.flows[outermost ?? '']!.limits;
  if (session.callers.length >= maxDepth) {
    return leaveBy({ code: 'flow.depth', message: `Flows called each other deeper than ${maxDepth}.` });
  }
  state.deadlines.clear('step', contactId);
  emit({ kind: 'flow.called', atMs, contactId, flowId, set: { ...defaultsOf(flow), ...set } });
  return enterNext(run, flow, flow.start);
}

function goBack(run: Run, outcome: string, values: Values, error?: StepError): boolean {
  const { session, atMs, emit } = run;
  const { contactId } = session;
  if (session.callers.length === 0) return end(run);
  emit({ kind: 'flow.returned', atMs, contactId, outcome, values, ...(error ? { error } : {}) });
  return true;
}
