import { defaulted, required } from '../../shape/object.ts';
import { text } from '../../shape/scalars.ts';
import { template } from '../../shape/template.ts';
import { stepKind } from '../../step-kind.ts';
import { refused } from '../refused.ts';

const CODE = text({
  pattern: /^[a-z][a-z0-9_.]{0,63}$/,
  asked: 'a code has small letters, digits, _ and ., a letter first',
});
const MESSAGE_MAX = 500;

/** Gives up: the error goes to the flow's `on_error`, to the step that called the flow, or ends the contact. */
export const fail = stepKind({
  type: 'fail',
  summary: 'Gives up with an error.',
  fields: {
    code: required(CODE, 'A word of your own for what went wrong; the error has it before its message.', ''),
    message: defaulted(template('kept'), '', 'What went wrong, for the trace. May hold expressions.'),
  },
  answers: false,
  needsCustomer: false,
  outcomes: () => [],
  enter: ({ code, message }, context) => {
    const told = context.fill(message);
    return refused('flow.failed', (told === '' ? code : `${code}: ${told}`).slice(0, MESSAGE_MAX));
  },
});
