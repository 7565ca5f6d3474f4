import type { Attempts } from '../../input/attempts.ts';
import { askAgain, meanwhile } from '../../input/attempts.ts';
import type { Prompt } from '../../prompt.ts';
import type { Happening, Move, StepContext } from '../../step-kind.ts';

const TYPING_MS = 5_000;
const ATTEMPTS = 3;

/** How the PIN of a conference is asked for. `wanted` is the right one. */
export function pinQuestion(prompt: Prompt): Attempts {
  return {
    prompt: prompt.length > 0 ? prompt : inLanguages(ASK),
    reprompts: [],
    noInputPrompt: [],
    noMatchPrompt: inLanguages(WRONG),
    invalidPrompt: [],
    finalPrompt: [],
    attempts: ATTEMPTS,
    maxNoInput: ATTEMPTS,
    maxNoMatch: ATTEMPTS,
    timeoutMs: TYPING_MS,
    replyTimeoutMs: TYPING_MS,
    bargeIn: true,
  };
}

const ASK = { de: 'Bitte geben Sie die PIN der Konferenz ein.', other: 'Please type the PIN of the conference.' };
const WRONG = { de: 'Das war nicht die richtige PIN.', other: 'That was not the right PIN.' };
/** Whatever went wrong, the caller is not let in. */
const DENIED = { outcomes: { no_input: 'denied', no_match: 'denied' } };

/** What a happening means for the question; `right`: the caller may come in. */
export function pinHeard(
  wanted: string,
  question: Attempts,
  happening: Happening,
  context: StepContext,
): Move | 'right' {
  const waiting = meanwhile(question, happening, context);
  if (waiting) return waiting;
  const { notes } = context;
  if (happening.what === 'time_out') return judged(wanted, question, context, 'no_input');
  if (happening.what !== 'digit') return {};
  const typed = `${notes['typed'] ?? ''}${happening.digit === '#' ? '' : happening.digit}`;
  notes['typed'] = typed;
  if (happening.digit !== '#' && typed.length < wanted.length) return { stopPrompt: true, wakeInMs: TYPING_MS };
  return judged(wanted, question, context, 'no_match');
}

function judged(
  wanted: string,
  question: Attempts,
  context: StepContext,
  nothing: 'no_input' | 'no_match',
): Move | 'right' {
  const { notes } = context;
  const typed = String(notes['typed'] ?? '');
  notes['typed'] = '';
  if (typed === wanted) return 'right';
  return askAgain(question, typed === '' ? nothing : 'no_match', context, DENIED);
}

function inLanguages({ de, other }: { readonly de: string; readonly other: string }): Prompt {
  return [{ byLanguage: { de: [{ say: de, language: 'de' }], other: [{ say: other, language: 'en' }] } }];
}
