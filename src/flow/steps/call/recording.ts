import { PHONE_KEY } from '../../shape/keys.ts';
import { defaulted, object, optional, required } from '../../shape/object.ts';
import { PROMPT } from '../../shape/prompt.ts';
import { choice } from '../../shape/scalars.ts';
import { stepKind } from '../../step-kind.ts';
import { notBuilt } from '../not-built.ts';

const CONSENT = object({
  prompt: required(PROMPT, 'Asks the caller.', []),
  yes: defaulted(PHONE_KEY, '1', 'The key that means yes.'),
  no: defaulted(PHONE_KEY, '2', 'The key that means no.'),
});

/** Starts, stops, pauses or masks the recording of the whole call. */
export const recording = stepKind({
  ...notBuilt('Calls cannot be recorded yet'),
  type: 'recording',
  summary: 'Starts, stops, pauses or masks the recording of the call.',
  fields: {
    action: required(choice(['start', 'stop', 'pause', 'resume', 'mask']), 'What is done.', 'stop'),
    scope: defaulted(choice(['caller', 'mixed', 'dual']), 'mixed', 'Whose voice: the caller, both, or each by itself.'),
    announce: defaulted(PROMPT, [], 'Says that the call is recorded.'),
    consent: optional(CONSENT, 'Asks the caller first.'),
  },
  answers: true,
  needsCustomer: true,
  channels: ['voice'],
  outcomes: () => ['ok', 'declined'],
});
