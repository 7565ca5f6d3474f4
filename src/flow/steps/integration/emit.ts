import { defaulted, required } from '../../shape/object.ts';
import { text } from '../../shape/scalars.ts';
import { workedOutEach, writtenValues } from '../../shape/written-value.ts';
import { stepKind } from '../../step-kind.ts';

const FIELDS_MAX = 50;
const NAME = text({
  pattern: /^[a-z][a-z0-9_.-]{0,63}$/,
  asked: 'a name has small letters, digits, . - and _, a letter first',
});

/** Tells everybody who listens to events that something of the business happened: `order.cancelled`. */
export const emit = stepKind({
  type: 'emit',
  summary: 'Tells those who listen to events that something happened.',
  fields: {
    name: required(NAME, 'Name of the event, such as `order.cancelled`.', ''),
    data: defaulted(writtenValues('The field', 'kept', FIELDS_MAX), {}, 'What goes with it, with expressions.'),
  },
  answers: false,
  needsCustomer: false,
  outcomes: () => ['ok'],
  enter: ({ name, data }, context) => ({
    outcome: 'ok',
    tell: [{ kind: 'flow.emitted', name, data: workedOutEach(data, context) }],
  }),
});
