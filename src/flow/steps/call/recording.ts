import { type Attempts, ask, askAgain, meanwhile, type Question } from '../../input/attempts.ts';
import { USUAL_LISTENING } from '../../input/listening.ts';
import { type Answers, answerTo, checkAnswers, hearYesNo } from '../../input/yes-no.ts';
import type { Prompt } from '../../prompt.ts';
import { PHONE_KEY } from '../../shape/keys.ts';
import { defaulted, object, optional, required } from '../../shape/object.ts';
import { PROMPT } from '../../shape/prompt.ts';
import { choice } from '../../shape/scalars.ts';
import { type Happening, type Move, type StepContext, stepKind, type Told } from '../../step-kind.ts';

const ACTIONS = ['start', 'stop', 'pause', 'resume', 'mask'] as const;
type Action = (typeof ACTIONS)[number];

/** Who says nothing three times has not said yes. */
const ATTEMPTS = 3;
const WAIT_MS = 6_000;

const CONSENT = object({
  prompt: required(PROMPT, 'Asks the caller.', []),
  yes: defaulted(PHONE_KEY, '1', 'The key that means yes.'),
  no: defaulted(PHONE_KEY, '2', 'The key that means no.'),
});

type Given = {
  readonly action: Action;
  readonly announce: Prompt;
  readonly consent: Consent | null;
};
type Consent = Answers & { readonly prompt: Prompt };

/** Starts, stops, pauses or masks the recording of the whole call. */
export const recording = stepKind({
  type: 'recording',
  summary: 'Starts, stops, pauses or masks the recording of the call.',
  fields: {
    action: required(
      choice(ACTIONS),
      'What is done. `pause` and `mask` are the same: what is said until `resume` is silence.',
      'stop',
    ),
    scope: defaulted(
      choice(['mixed', 'dual']),
      'dual',
      'Each side is always kept by itself, the customer left and the agent right; players mix them.',
    ),
    announce: defaulted(PROMPT, [], 'Says that the call is recorded.'),
    consent: optional(CONSENT, 'Asks the caller first; who says no, or nothing, is not recorded, whoever asks for it.'),
  },
  given: ({ action, announce, consent }): Given => ({
    action,
    announce,
    consent: consent ? { ...consent, yes: { key: consent.yes, say: [] }, no: { key: consent.no, say: [] } } : null,
  }),
  answers: false,
  answersFor: ({ action, announce, consent }) => action === 'start' || announce.length > 0 || consent !== null,
  needsCustomer: true,
  channels: ['voice'],
  outcomes: () => ['ok', 'declined'],
  fallbacks: new Map([['declined', 'ok']]),
  keys: ({ consent }) => (consent ? [consent.yes.key, consent.no.key] : []),
  check: ({ consent }, tell) => {
    if (consent) checkAnswers(consent, ['consent'], tell);
  },
  enter: (given, context) => {
    const parts = context.prompt(given.announce);
    return parts.length === 0 ? announced(given, context) : { play: parts, wakeInMs: null };
  },
  receive: (given, happening, context) => {
    if (context.notes['asking'] !== true) {
      return happening.what === 'prompt_finished' ? announced(given, context) : {};
    }
    return given.consent ? answered(given.consent, happening, context) : {};
  },
});

function announced({ action, consent }: Given, context: StepContext): Move {
  if (action !== 'start' || !consent) return { tell: [told(action)], outcome: 'ok', wakeInMs: null };
  context.notes['asking'] = true;
  return ask(asked(consent), context, questionOf(consent, context));
}

function told(action: Action): Told {
  const starts = action === 'start' || action === 'stop';
  return starts
    ? { kind: 'recording.wanted', wanted: action === 'start' }
    : { kind: 'recording.pause_wanted', wanted: action !== 'resume' };
}

function questionOf(consent: Consent, context: StepContext): Question {
  return { name: 'consent', hear: hearYesNo(consent, USUAL_LISTENING, context) };
}

function asked({ prompt }: Consent): Attempts {
  return {
    prompt,
    reprompts: [],
    noInputPrompt: [],
    noMatchPrompt: [],
    invalidPrompt: [],
    finalPrompt: [],
    attempts: ATTEMPTS,
    maxNoInput: ATTEMPTS,
    maxNoMatch: ATTEMPTS,
    timeoutMs: WAIT_MS,
    replyTimeoutMs: WAIT_MS,
    bargeIn: true,
  };
}

function answered(consent: Consent, happening: Happening, context: StepContext): Move {
  const question = questionOf(consent, context);
  const move = meanwhile(asked(consent), happening, context, question);
  if (move) return move;
  const answer = answerTo(consent, happening, context.language, USUAL_LISTENING);
  switch (answer) {
    case undefined:
      return {};
    case 'yes':
      return {
        tell: [{ kind: 'consent.given' }, { kind: 'recording.wanted', wanted: true }],
        stopPrompt: true,
        outcome: 'ok',
        wakeInMs: null,
      };
    case 'no':
      return declined();
    default: {
      const again = askAgain(asked(consent), answer, context, question);
      return again.outcome === undefined ? again : declined();
    }
  }
}

function declined(): Move {
  return { tell: [{ kind: 'consent.declined' }], stopPrompt: true, outcome: 'declined', wakeInMs: null };
}
