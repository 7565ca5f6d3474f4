/** Why a step was left with the outcome `error`; docs/errors.md has a row for each. `error.code` in expressions. */
export const STEP_ERRORS = {
  'step.not_available': 'this release cannot do yet what the step asks for',
  'step.channel_unsupported': 'the step needs a telephone call, or a text, and the contact is none',
  'step.max_visits': 'the step was entered more often than its max_visits',
  'step.invalid': 'a value that the step was given cannot be used',
  'expression.failed': 'an expression could not be worked out',
  'step.recording_failed': 'what the customer said could not be recorded',
  'step.unheard': 'nobody could hear what the customer said, and the step takes no keys',
  'http.failed': 'the other system could not be asked',
  'http.status': 'the other system answered with a status that was not expected',
  'lookup.failed': 'the table could not be read',
  'flow.depth': 'flows called each other deeper than max_depth',
  'callback.full': 'there are as many open orders, in all or for this number, as are allowed',
  'flow.failed': 'the flow gave up by a fail step',
} as const;
export type StepErrorCode = keyof typeof STEP_ERRORS;
