import { required } from '../../shape/object.ts';
import { singleValue, workedOutEach, writtenValues } from '../../shape/written-value.ts';
import { stepKind } from '../../step-kind.ts';

const TAGS_MAX = 50;

/** Gives tags to the contact, which reports and agents see. */
export const tag = stepKind({
  type: 'tag',
  summary: 'Gives tags to the contact, which reports and agents see.',
  fields: {
    values: required(writtenValues('The tag', 'kept', TAGS_MAX), 'Names and values; values may hold expressions.', {}),
  },
  answers: false,
  needsCustomer: false,
  outcomes: () => ['ok'],
  enter: ({ values }, context) => {
    const tags = Object.entries(workedOutEach(values, context)).map(([name, value]) => [name, singleValue(value)]);
    return { outcome: 'ok', tell: [{ kind: 'contact.tagged', tags: Object.fromEntries(tags) }] };
  },
});
