import { byKind } from '../../shape/by-kind.ts';
import { mapOf } from '../../shape/map-of.ts';
import { optional, required } from '../../shape/object.ts';
import { STEP } from '../../shape/reference.ts';
import { template } from '../../shape/template.ts';
import { stepKind } from '../../step-kind.ts';
import { CASES_MAX, CONDITIONS, type Condition, checkIds, conditionsOf, type WrittenCondition } from './conditions.ts';

type ByValue = Readonly<Record<string, string>>;
/** Step by the value that a case equals. */
const BY_VALUE = mapOf(
  {
    pattern: /^[\s\S]{1,200}$/,
    asked: 'a case has 1 to 200 characters',
    entry: (key) => `The step of case ${key}`,
    max: CASES_MAX,
  },
  STEP,
);

/** `cases` by value, or `conditions` in order; never both. */
type Given = {
  readonly value: string | undefined;
  readonly cases: ByValue;
  readonly conditions: readonly Condition[];
  readonly otherwise: string | undefined;
};

/** Goes to the step of the case that equals the value, letter for letter; or to that of the first case that holds. */
export const switchStep = stepKind({
  type: 'switch',
  summary: 'Branches on a value, or on the first condition that holds.',
  fields: {
    value: optional(template('used'), 'A text with expressions, which is compared with the cases.'),
    cases: required(
      byKind<never, readonly WrittenCondition[], ByValue>({ map: BY_VALUE, list: CONDITIONS }),
      'Values and their steps; or, without `value`, a list of `{when: condition, next: step}`, of which the first that holds is taken.',
      {},
    ),
    default: optional(STEP, 'The step when no case fits; `next` or the step below when left out.'),
  },
  given: ({ value, cases, default: otherwise }): Given => {
    const byValue = !isList(cases);
    return {
      value,
      cases: byValue ? cases : {},
      conditions: byValue ? [] : conditionsOf(cases),
      otherwise,
    };
  },
  answers: false,
  needsCustomer: false,
  outcomes: ({ cases, conditions }) => [...Object.keys(cases), ...conditions.map(({ id }) => id), 'default'],
  target: (given, outcome) => targetOf(given, outcome),
  check: ({ value, conditions, cases }, tell) => {
    if (value === undefined && conditions.length === 0) {
      tell('key.missing', [], 'A switch step needs "value", unless its cases are a list of conditions.');
    }
    if (value !== undefined && conditions.length > 0) {
      tell(
        'key.conflict',
        ['value'],
        'Cases with conditions look at no value. Leave value out, or write cases as a map.',
      );
    }
    if (value !== undefined && conditions.length === 0 && Object.keys(cases).length === 0) {
      tell('value.range', ['cases'], 'A switch step needs at least one case.');
    }
    checkIds(conditions, (place, message) => tell('value.choice', ['cases', place], message));
  },
  enter: ({ value, cases, conditions }, context) => {
    if (value === undefined) {
      return { outcome: conditions.find(({ when }) => context.holds(when))?.id ?? 'default' };
    }
    const found = context.fill(value);
    return { outcome: Object.hasOwn(cases, found) ? found : 'default' };
  },
});

function isList(cases: ByValue | readonly WrittenCondition[]): cases is readonly WrittenCondition[] {
  return Array.isArray(cases);
}

function targetOf({ cases, conditions, otherwise }: Given, outcome: string): string | undefined {
  if (Object.hasOwn(cases, outcome)) return cases[outcome];
  const found = conditions.find(({ id }) => id === outcome);
  return found ? found.next : outcome === 'default' ? otherwise : undefined;
}
