import type { ValueType } from '../../../expression/value-type.ts';
import type { Values } from '../../../model/value.ts';
import { defaulted, optional } from '../../shape/object.ts';
import { template } from '../../shape/template.ts';
import { singleValue, workedOutEach, writtenType, writtenValues } from '../../shape/written-value.ts';
import { type StepContext, stepKind, type Told } from '../../step-kind.ts';

const VARS_MAX = 100;
const ATTRIBUTES_MAX = 50;
/** The tag under which the caller's name stands. */
const CALLER_NAME = 'caller_name';

type Given = {
  readonly vars: Values;
  readonly attributes: Values;
  readonly callerName: string | undefined;
};

/** Gives values to variables of the flow, and tags to the contact. All are worked out with what was there before the step. */
export const set = stepKind({
  type: 'set',
  summary: 'Gives values to variables of the flow, and tags to the contact.',
  fields: {
    vars: defaulted(
      writtenValues('The value of', 'used', VARS_MAX),
      {},
      'Variables and their values. A text that is one expression alone keeps the type of its value.',
    ),
    attributes: defaulted(
      writtenValues('The attribute', 'kept', ATTRIBUTES_MAX),
      {},
      'Tags that the contact has from here on, in this flow and in all others: reports and agents see them.',
    ),
    caller_name: optional(template('kept'), `The name of the customer, kept as the tag \`${CALLER_NAME}\`.`),
  },
  given: ({ vars, attributes, caller_name }): Given => ({ vars, attributes, callerName: caller_name }),
  answers: false,
  needsCustomer: false,
  outcomes: () => ['ok'],
  gives: ({ vars }) => ({ vars: typesOf(vars) }),
  copies: ({ vars }) => vars,
  check: ({ vars, attributes, callerName }, tell) => {
    const nothing = callerName === undefined && [vars, attributes].every((one) => Object.keys(one).length === 0);
    if (nothing) tell('key.missing', [], 'A set step needs "vars", a map of names and values.');
  },
  enter: (given, context) => ({
    outcome: 'ok',
    set: workedOutEach(given.vars, context),
    tell: tagged(given, context),
  }),
});

/** Of which types variables become that are given these values. */
function typesOf(written: Values): Record<string, ValueType> {
  return Object.fromEntries(Object.entries(written).map(([name, value]) => [name, writtenType(value)]));
}

function tagged({ attributes, callerName }: Given, context: StepContext): Told[] {
  const tags = Object.entries(workedOutEach(attributes, context)).map(([name, value]) => [name, singleValue(value)]);
  if (callerName !== undefined) tags.push([CALLER_NAME, context.fill(callerName)]);
  return tags.length === 0 ? [] : [{ kind: 'contact.tagged', tags: Object.fromEntries(tags) }];
}
