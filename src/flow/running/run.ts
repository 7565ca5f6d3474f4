import type { StepError } from '../../model/event.ts';
import type { FlowId } from '../../model/ids.ts';
import type { Values } from '../../model/value.ts';
import type { Happening, Move } from '../step-kind.ts';
import { beginFlow } from './begin.ts';
import { leave } from './leave.ts';
import { listen, stopListening } from './listening.ts';
import { checkedMove, contextOf, fail, type Place, place, type Run } from './place.ts';

/** Begins a flow at its first step. */
export function startFlow(run: Run, flowId: FlowId, given: Values = {}): void {
  if (beginFlow(run, flowId, given)) enterStep(run);
}

/** Enters the step that the session stands in, answering first when the step speaks and nobody answered yet. */
export function enterStep(run: Run): void {
  const here = place(run.state, run.session);
  if (!here) return fail(run, 'flow.missing');
  const move = enter(run, here);
  if (move) carryOut(run, move);
}

/** Lets the session's step react to what happened. */
export function happen(run: Run, what: Happening): void {
  const here = place(run.state, run.session);
  if (!here) return fail(run, 'flow.missing');
  const key = what.what === 'digit' && !ownKey(here, what.digit) ? here.flow.keys[what.digit] : undefined;
  if (key !== undefined) return carryOut(run, { stopPrompt: true, wakeInMs: null, goTo: key });
  const context = contextOf(run, here);
  const move = here.kind.receive?.(here.step.with, what, context) ?? {};
  carryOut(run, checkedMove(what.what === 'digit' ? heedingKey(move) : move, context));
}

/** A key that means something to the step ends the listening: keys win. */
function heedingKey(move: Move): Move {
  return Object.keys(move).length === 0 ? move : { listen: null, ...move };
}

/** Keys that a flow handles everywhere are for steps that listen and do not use them themselves. */
function ownKey({ flow, step, kind }: Place, digit: string): boolean {
  return !Object.hasOwn(flow.keys, digit) || !kind.keys || kind.keys(step.with).includes(digit);
}

/** What the step wants at once; undefined when it waits for the answer first. */
function enter(run: Run, here: Place): Move | undefined {
  const { session, atMs, emit } = run;
  const { step, kind } = here;
  const { contactId, channel } = session;
  if (step.maxVisits !== undefined && (session.visits[step.id] ?? 0) > step.maxVisits) {
    const message = `Step ${step.id} was entered more than ${step.maxVisits} times.`;
    return { outcome: 'max_visits', error: { code: 'step.max_visits', message } };
  }
  const context = contextOf(run, here);
  if (step.if !== undefined && !context.holds(step.if)) return checkedMove({ outcome: 'skipped' }, context);
  if (kind.notAvailable !== undefined)
    return failedMove('step.not_available', `${kind.notAvailable} (step ${step.id})`);
  if (kind.channels && !kind.channels.includes(channel)) {
    return failedMove('step.channel_unsupported', `A ${kind.type} step is of no use for ${channel} (step ${step.id}).`);
  }
  if (session.gone && kind.needsCustomer) {
    // What was to be cleared up has been: nobody is there whom the step could ask or tell.
    emit({ kind: 'flow.ended', atMs, contactId });
    return undefined;
  }
  if (!session.answered && (kind.answersFor?.(step.with) ?? kind.answers)) {
    emit({ kind: 'answer.requested', atMs, contactId });
    return undefined;
  }
  return checkedMove(kind.enter(step.with, context), context);
}

function failedMove(code: StepError['code'], message: string): Move {
  return { outcome: 'error', error: { code, message } };
}

/** Turns a move into events. Steps that are over at once (set, switch) are walked through in a loop, not by recursion. */
export function carryOut(run: Run, first: Move): void {
  for (let move: Move | undefined = first; move; ) {
    const here = place(run.state, run.session);
    if (!here) return fail(run, 'flow.missing');
    effects(run, here, move);
    if (!leave(run, here, move)) return;
    const next = place(run.state, run.session);
    if (!next) return fail(run, 'flow.missing');
    if (run.session.returned) {
      const { returned } = run.session;
      const context = contextOf(run, next);
      const given = next.kind.receive?.(next.step.with, { what: 'returned', ...returned }, context) ?? {};
      move = checkedMove(given, context);
    } else move = enter(run, next);
  }
}

function effects(run: Run, { step, kind }: Place, move: Move): void {
  const { state, session, atMs, emit } = run;
  const { contactId } = session;
  if (move.stopPrompt && session.promptId !== null) {
    emit({ kind: 'prompt.stopped', atMs, contactId, promptId: session.promptId });
  }
  if (move.listen === null) stopListening(run);
  else if (move.listen && session.channel === 'voice' && !session.gone) listen(run, move.listen);
  for (const told of move.tell ?? []) emit({ ...told, atMs, contactId });
  if (move.play && !session.gone) {
    const promptId = `${contactId}.p${session.promptCount + 1}`;
    const choices = move.choices && move.choices.length > 0 ? { choices: move.choices } : {};
    const sensitive = kind.sensitive?.(step.with) ? { sensitive: true as const } : {};
    const from = move.offsetMs ? { offsetMs: move.offsetMs } : {};
    emit({ kind: 'prompt.started', atMs, contactId, promptId, parts: move.play, ...from, ...choices, ...sensitive });
  }
  if (move.wakeInMs === null) state.deadlines.clear('step', contactId);
  else if (move.wakeInMs !== undefined) state.deadlines.set('step', contactId, atMs + move.wakeInMs);
  if (move.ask) {
    const requestId = `${contactId}.h${session.requestCount + 1}`;
    emit({ kind: 'http.requested', atMs, contactId, requestId, stepId: step.id });
  }
  if (move.leaveQueueBy !== undefined) {
    emit({ kind: 'queue.exit_requested', atMs, contactId, digit: move.leaveQueueBy });
  }
  if (move.queue) emit({ kind: 'contact.queued', atMs, contactId, ...move.queue });
  if (!move.hangup) return;
  if (session.gone) emit({ kind: 'flow.ended', atMs, contactId });
  else emit({ kind: 'hangup.requested', atMs, contactId, cause: move.hangup });
}
