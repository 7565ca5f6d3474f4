import { type Opening, openingAt } from '../model/calendar-hours.ts';
import type { Emit } from '../model/event.ts';
import type { FlowFailureCode } from '../model/flow-failure.ts';
import type { Flow, FlowSet, Step } from '../model/flow-set.ts';
import type { AtMs, CalendarId, FlowId } from '../model/ids.ts';
import type { Beginning } from './numbers.ts';
import type { FlowState, Session } from './session.ts';
import type { Happening, Move, StepContext, StepKind } from './step-kind.ts';
import { STEPS } from './steps.ts';

/** Begins a flow at its first step: the session's first one, or one that it goes over to. */
export function startFlow(state: FlowState, session: Session, beginning: Beginning, atMs: AtMs, emit: Emit): void {
  const { contactId } = session;
  const { flowId, set } = beginning;
  // A rule that came after the contact may name a flow that came with it.
  const sets = [session.version, state.current].map((version) => state.sets.get(version ?? ''));
  const from = sets.find((one) => one && Object.hasOwn(one.flows, flowId));
  if (!from) return fail(session, 'flow.missing', atMs, emit);
  const flow = from.flows[flowId]!;
  if (session.stepsTaken >= flow.maxSteps) return fail(session, 'flow.too_many_steps', atMs, emit);
  const { version } = from;
  emit({ kind: 'flow.started', atMs, contactId, flowId, version, ...(set ? { set } : {}) });
  emit({ kind: 'step.entered', atMs, contactId, stepId: flow.start, type: flow.steps[flow.start]!.type });
  enterStep(state, session, atMs, emit);
}

/** Leaves the step, whose queue sends the contact to another flow. */
export function goOver(state: FlowState, session: Session, flowId: FlowId, atMs: AtMs, emit: Emit): void {
  const { contactId, stepId } = session;
  state.deadlines.clear('step', contactId);
  if (stepId !== null) emit({ kind: 'step.left', atMs, contactId, stepId, outcome: 'overflow' });
  startFlow(state, session, { flowId }, atMs, emit);
}

/** Enters the step that the session stands in, answering first when the step speaks and nobody answered yet. */
export function enterStep(state: FlowState, session: Session, atMs: AtMs, emit: Emit): void {
  const here = place(state, session);
  if (!here) return fail(session, 'flow.missing', atMs, emit);
  if (here.kind.answers && !session.answered) {
    return emit({ kind: 'answer.requested', atMs, contactId: session.contactId });
  }
  carryOut(state, session, here.kind.enter(here.step.with, contextOf(state, session, atMs)), atMs, emit);
}

/** Lets the session's step react to what happened. */
export function happen(state: FlowState, session: Session, what: Happening, atMs: AtMs, emit: Emit): void {
  const here = place(state, session);
  if (!here) return fail(session, 'flow.missing', atMs, emit);
  const move = here.kind.receive?.(here.step.with, what, contextOf(state, session, atMs)) ?? {};
  carryOut(state, session, move, atMs, emit);
}

/** Turns a move into events. Steps that are over at once (set, switch) are walked through in a loop, not by recursion. */
function carryOut(state: FlowState, session: Session, first: Move, atMs: AtMs, emit: Emit): void {
  let move = first;
  for (;;) {
    const here = place(state, session);
    if (!here) return fail(session, 'flow.missing', atMs, emit);
    effects(state, session, move, atMs, emit);
    if (move.outcome === undefined) return;
    const { contactId } = session;
    const { outcome, set } = move;
    state.deadlines.clear('step', contactId);
    emit({ kind: 'step.left', atMs, contactId, stepId: here.step.id, outcome, ...(set ? { set } : {}) });
    const step = stepAfter(here, outcome);
    if (!step) return emit({ kind: 'hangup.requested', atMs, contactId, cause: 'normal' });
    if (session.stepsTaken >= here.flow.maxSteps) return fail(session, 'flow.too_many_steps', atMs, emit);
    emit({ kind: 'step.entered', atMs, contactId, stepId: step.id, type: step.type });
    const kind = STEPS.get(step.type)!;
    if (kind.answers && !session.answered) return emit({ kind: 'answer.requested', atMs, contactId });
    move = kind.enter(step.with, contextOf(state, session, atMs));
  }
}

function effects(state: FlowState, session: Session, move: Move, atMs: AtMs, emit: Emit): void {
  const { contactId } = session;
  if (move.stopPrompt && session.promptId !== null) {
    emit({ kind: 'prompt.stopped', atMs, contactId, promptId: session.promptId });
  }
  if (move.play) {
    const promptId = `${contactId}.p${session.promptCount + 1}`;
    emit({ kind: 'prompt.started', atMs, contactId, promptId, parts: move.play });
  }
  if (move.wakeInMs === null) state.deadlines.clear('step', contactId);
  else if (move.wakeInMs !== undefined) state.deadlines.set('step', contactId, atMs + move.wakeInMs);
  if (move.queue) emit({ kind: 'contact.queued', atMs, contactId, ...move.queue });
  if (move.hangup) emit({ kind: 'hangup.requested', atMs, contactId, cause: move.hangup });
}

/**
 * By `on`, else by the step's own parameters, else as the outcome that stands in for it, else by `next`. Outcomes may be
 * any text, so only own keys count.
 */
function stepAfter({ flow, step, kind }: Place, outcome: string): Step | undefined {
  let next: string | undefined;
  for (let one: string | undefined = outcome; one !== undefined && next === undefined; one = kind.fallbacks?.get(one)) {
    next = (Object.hasOwn(step.on, one) ? step.on[one] : undefined) ?? kind.target?.(step.with, one);
  }
  next ??= step.next;
  return next === undefined ? undefined : flow.steps[next];
}

/** The flow cannot go on; the contact is let go rather than left in silence. */
function fail(session: Session, code: FlowFailureCode, atMs: AtMs, emit: Emit): void {
  emit({ kind: 'flow.failed', atMs, contactId: session.contactId, code });
  emit({ kind: 'hangup.requested', atMs, contactId: session.contactId, cause: 'congestion' });
}

type Place = { readonly flow: Flow; readonly step: Step; readonly kind: StepKind };

function place(state: FlowState, session: Session): Place | undefined {
  const flow = session.flowId === null ? undefined : state.sets.get(session.version)?.flows[session.flowId];
  const step = session.stepId === null ? undefined : flow?.steps[session.stepId];
  const kind = step && STEPS.get(step.type);
  return flow && step && kind ? { flow, step, kind } : undefined;
}

function contextOf(state: FlowState, session: Session, atMs: AtMs): StepContext {
  const { contactId, channel, from, to, vars, notes, version } = session;
  const own = state.sets.get(version)!;
  const current = state.sets.get(state.current ?? '') ?? own;
  return {
    atMs,
    scope: { contact: { id: contactId, channel, from, to }, vars },
    site: current.site,
    openingOf: (calendarId) => openingOf(state, [current, own], calendarId, atMs),
    notes,
  };
}

/** A calendar that is not in the site any more stays open and closed as it was for those who began with it. */
function openingOf(state: FlowState, sets: readonly FlowSet[], calendarId: CalendarId, atMs: AtMs): Opening {
  const { site } = sets.find((one) => Object.hasOwn(one.site.calendars, calendarId)) ?? {};
  if (!site) throw new Error(`there is no calendar ${calendarId}`);
  return openingAt(site.calendars[calendarId]!, state.forced.get(calendarId) ?? null, atMs);
}
