import { defaulted, required } from '../../shape/object.ts';
import { reference } from '../../shape/reference.ts';
import { workedOutEach } from '../../shape/written-value.ts';
import { stepKind } from '../../step-kind.ts';
import { GIVEN_TO_FLOW } from './call-flow.ts';

/** Goes over to another flow for good. The variables go along. */
export const transferFlow = stepKind({
  type: 'transfer_flow',
  summary: 'Goes over to another flow and does not come back.',
  fields: {
    flow: required(reference('flow'), 'Id of the flow.', ''),
    with: defaulted(GIVEN_TO_FLOW, {}, "Values of that flow's `params`, with expressions of this one."),
  },
  answers: false,
  needsCustomer: false,
  outcomes: () => [],
  enter: ({ flow, with: given }, context) => ({ goOver: { flowId: flow, set: workedOutEach(given, context) } }),
});
