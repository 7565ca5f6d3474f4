import type { StepKind } from '../step-kind.ts';

/** Answers the call. Steps that speak do so by themselves; this one is for answering earlier. */
export const answer: StepKind = {
  type: 'answer',
  summary: 'Answers the call, if it is not answered yet.',
  parameters: [],
  answers: true,
  read: () => ({}),
  outcomes: () => ['ok'],
  enter: () => ({ outcome: 'ok' }),
};
