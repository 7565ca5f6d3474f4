import type { Move, StepKind, StepParameters } from '../../src/flow/step-kind.ts';

/** Outcomes that a flow's own words make: keys of a menu, cases, ids, weights. */
export const CHOSEN = '(chosen)';
/** Outcomes that the step has from what is written in it, but that lead nowhere by themselves: exit keys, weights. */
export const OWN = '(own)';
/** Outcomes that the flow that was called decides. */
const OF_FLOW = '(of the flow)';

/** Enough of parameters for every step type to say which outcomes it has whatever a flow says. */
const BARE = {
  value: null,
  options: [],
  cases: {},
  conditions: [],
  weights: {},
  exitKeys: {},
  unless: {},
  questions: [],
};

/** A move that leaves the step, by the name of the way out; undefined when the step stays where it is. */
export function exitOf(kind: StepKind, given: StepParameters, move: Move): string | undefined {
  const { outcome } = move;
  if (move.call) return '(calls a flow)';
  if (move.giveBack) return '(goes back)';
  if (move.goOver) return '(goes over)';
  if (move.goTo !== undefined) return '(goes to a step)';
  if (move.hangup) return '(hangs up)';
  return outcome === undefined ? undefined : outcomeName(kind, given, outcome);
}

/** Outcomes that a flow's own words make count as one, as one piece of code handles them. */
export function outcomeName(kind: StepKind, given: StepParameters, outcome: string): string {
  if (outcome === 'error' || fixedOutcomes(kind).includes(outcome)) return outcome;
  if (kind.target?.(given, outcome) !== undefined) return CHOSEN;
  if (kind.outcomesLike?.test(outcome)) return `${outcome.slice(0, -2)}xx`;
  return kind.outcomes(given).includes(outcome) ? OWN : OF_FLOW;
}

/** The outcomes that a step of this type has whatever is written in it. */
export function fixedOutcomes(kind: StepKind): readonly string[] {
  return kind.outcomes(BARE);
}

/** Statuses of HTTP count by their class: `status_404` and `status_4xx` have stand-ins of their own. */
export function classOf(outcome: string): string {
  return outcome.replace(/^status_(\d)\d\d$/, 'status_$1..');
}
