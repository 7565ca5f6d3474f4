import type { Prompt } from '../prompt.ts';
import { defaulted, object, required } from '../shape/object.ts';
import { PROMPT } from '../shape/prompt.ts';
import { wholeNumber } from '../shape/scalars.ts';
import { ANSWER_FIELDS, type Answers } from './yes-no.ts';

/** "You typed 4711. Is that right?" */
export type ReadBack = Answers & { readonly prompt: Prompt; readonly attempts: number };

export const READ_BACK = object({
  prompt: required(PROMPT, 'What is asked; `result.value` is what was entered.', []),
  ...ANSWER_FIELDS,
  attempts: defaulted(wholeNumber({ min: 1, max: 20 }), 2, 'After so many failures to answer, it is asked anew.'),
});
