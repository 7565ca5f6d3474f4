import type { HangupCause } from '../../../model/event.ts';
import type { Prompt } from '../../prompt.ts';
import { defaulted } from '../../shape/object.ts';
import { PROMPT } from '../../shape/prompt.ts';
import { choice } from '../../shape/scalars.ts';
import { stepKind } from '../../step-kind.ts';

const CAUSES: readonly HangupCause[] = ['normal', 'busy', 'congestion', 'rejected', 'unallocated'];

type Given = { readonly cause: HangupCause; readonly prompt: Prompt };

/** Ends the contact. Before answer the cause decides what the caller's network hears (SIP 486, 503, 403, 404). */
export const hangup = stepKind({
  type: 'hangup',
  summary: 'Ends the contact.',
  fields: {
    cause: defaulted(choice(CAUSES), 'normal', "What the caller's network is told when the call was not answered."),
    prompt: defaulted(PROMPT, [], 'Played before; a call that is not answered yet is answered for it.'),
  },
  given: ({ cause, prompt }): Given => ({ cause, prompt }),
  answers: false,
  answersFor: ({ prompt }) => prompt.length > 0,
  needsCustomer: false,
  outcomes: () => [],
  enter: ({ cause, prompt }, context) => {
    const parts = context.prompt(prompt);
    return parts.length === 0 ? { hangup: cause } : { play: parts };
  },
  receive: ({ cause }, { what }) => (what === 'prompt_finished' ? { hangup: cause } : {}),
});
