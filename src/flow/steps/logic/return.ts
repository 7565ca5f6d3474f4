import { defaulted } from '../../shape/object.ts';
import { text } from '../../shape/scalars.ts';
import { workedOutEach, writtenValues } from '../../shape/written-value.ts';
import { stepKind } from '../../step-kind.ts';
import { VALUES_MAX } from './call-flow.ts';

const OUTCOME = text({ pattern: /^\S{1,64}$/, asked: 'an outcome has 1 to 64 characters and no blank' });

/** Ends a flow that was called: the step that called it is left with the outcome. A flow that nobody called ends the contact. */
export const returnStep = stepKind({
  type: 'return',
  summary: 'Goes back to the flow that called this one.',
  fields: {
    outcome: defaulted(OUTCOME, 'ok', 'The outcome of the step that called this flow.'),
    values: defaulted(
      writtenValues('The value of', 'kept', VALUES_MAX),
      {},
      'Names and values for that step; values may hold expressions.',
    ),
  },
  answers: false,
  needsCustomer: false,
  outcomes: () => [],
  enter: ({ outcome, values }, context) => ({ giveBack: { outcome, values: workedOutEach(values, context) } }),
});
