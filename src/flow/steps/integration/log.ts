import { defaulted, required } from '../../shape/object.ts';
import { choice } from '../../shape/scalars.ts';
import { template } from '../../shape/template.ts';
import { stepKind } from '../../step-kind.ts';

const LEVELS = ['info', 'warning', 'error'] as const;
const MESSAGE_MAX = 2000;

/** Writes a line into the trace of the contact. */
export const log = stepKind({
  type: 'log',
  summary: 'Writes a line into the trace of the contact.',
  fields: {
    message: required(template('kept'), `The line, of at most ${MESSAGE_MAX} characters. May hold expressions.`, ''),
    level: defaulted<(typeof LEVELS)[number]>(choice(LEVELS), 'info', 'How much it matters.'),
  },
  answers: false,
  needsCustomer: false,
  outcomes: () => ['ok'],
  enter: ({ message, level }, context) => ({
    outcome: 'ok',
    tell: [{ kind: 'flow.noted', level, message: context.fill(message).slice(0, MESSAGE_MAX) }],
  }),
});
