import { VARIABLE } from '../../shape/keys.ts';
import { mapOf } from '../../shape/map-of.ts';
import { defaulted, required } from '../../shape/object.ts';
import { reference } from '../../shape/reference.ts';
import { workedOutEach, writtenValues } from '../../shape/written-value.ts';
import { stepKind } from '../../step-kind.ts';

/** Most values that go into a flow, and most that come back. */
export const VALUES_MAX = 100;
/** What a flow is given: the values of its parameters. */
export const GIVEN_TO_FLOW = writtenValues('The parameter', 'kept', VALUES_MAX);

const RETURNS = mapOf(
  {
    pattern: /^[A-Za-z_][A-Za-z0-9_]{0,63}$/,
    asked: 'a variable has letters, digits and _, no digit first, and at most 64 of them',
    entry: (key) => `The name of what is given back for ${key}`,
    max: VALUES_MAX,
  },
  VARIABLE,
);

/** Goes through another flow and comes back. That flow has variables of its own. */
export const callFlow = stepKind({
  type: 'call_flow',
  summary: 'Goes through another flow and comes back.',
  fields: {
    flow: required(reference('flow'), 'Id of the flow.', ''),
    with: defaulted(GIVEN_TO_FLOW, {}, "Values of that flow's `params`, with expressions of this one."),
    returns: defaulted(
      RETURNS,
      {},
      'Variables of this flow, and the names of the values that a `return` step gives back for them.',
    ),
  },
  answers: false,
  needsCustomer: false,
  outcomesElsewhere: true,
  outcomes: () => ['ok'],
  gives: ({ returns }) => ({
    vars: Object.fromEntries(Object.keys(returns).map((name) => [name, 'any' as const])),
    result: { fields: {}, open: true },
  }),
  enter: ({ flow, with: given }, context) => ({ call: { flowId: flow, set: workedOutEach(given, context) } }),
  receive: ({ returns }, happening) => {
    if (happening.what !== 'returned') return {};
    const { outcome, values, error } = happening;
    const set = Object.entries(returns).map(([variable, name]) => [variable, own(values, name)]);
    return {
      outcome,
      set: Object.fromEntries(set),
      result: values,
      ...(error ? { error } : {}),
    };
  },
});

/** A value that the flow did not give back is nothing. */
function own<T>(values: Readonly<Record<string, T>>, name: string): T | null {
  return Object.hasOwn(values, name) ? values[name]! : null;
}
