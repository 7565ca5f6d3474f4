import { VARIABLE } from '../../shape/keys.ts';
import { defaulted, optional } from '../../shape/object.ts';
import { PROMPT } from '../../shape/prompt.ts';
import { stepKind } from '../../step-kind.ts';
import { notBuilt } from '../not-built.ts';
import { RECORDED } from './recording-fields.ts';

/** Records what the caller says, for a step that follows. */
export const record = stepKind({
  ...notBuilt('What a caller says cannot be recorded yet'),
  type: 'record',
  summary: 'Records what the caller says.',
  fields: {
    prompt: defaulted(PROMPT, [], 'Played before.'),
    into: optional(VARIABLE, 'The variable that holds the name of the recording.'),
    ...RECORDED,
  },
  answers: true,
  needsCustomer: true,
  channels: ['voice'],
  gives: ({ into }) => ({ vars: into === undefined ? {} : { [into]: 'text' } }),
  outcomes: () => ['ok', 'silence', 'max'],
});
