/** Why a flow could not go on with a contact, which was then let go; docs/errors.md has a row for each. */
export const FLOW_FAILURES = {
  'number.unknown': 'the number that was dialled fits none of the site',
  'flow.missing': 'the flow or the step in which the contact stood is not there any more',
  'flow.too_many_steps': 'the contact took more steps than max_steps',
  'flow.too_long': 'the contact was in the flow longer than max_duration',
  'flow.error_unhandled': 'a step ended with an error of which neither the flow nor the site says what to do',
  'flow.broken': 'a rule of the program broke for this contact',
} as const;

export type FlowFailureCode = keyof typeof FLOW_FAILURES;
