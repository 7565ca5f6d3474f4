import {
  ATTEMPT_FIELDS,
  type Attempts,
  ask,
  askAgain,
  attemptsOf,
  meanwhile,
  type Question,
} from '../../input/attempts.ts';
import { type Listening, languageOf, SPEECH } from '../../input/listening.ts';
import { choicesOf } from '../../input/options.ts';
import { ANSWER_FIELDS, type Answers, answerTo, checkAnswers, hearYesNo, yesAndNo } from '../../input/yes-no.ts';
import { type StepContext, stepKind } from '../../step-kind.ts';

type Given = Attempts & Answers & { readonly speech: Listening };

/** Asks for yes or no. */
export const confirm = stepKind({
  type: 'confirm',
  summary: 'Asks for yes or no and branches on it.',
  fields: { ...ATTEMPT_FIELDS, ...ANSWER_FIELDS, speech: SPEECH },
  given: (written): Given => ({
    ...attemptsOf(written),
    yes: written.yes,
    no: written.no,
    speech: written.speech,
  }),
  answers: true,
  needsCustomer: true,
  outcomes: () => ['yes', 'no', 'no_input', 'no_match'],
  mustRoute: () => ['no'],
  keys: ({ yes, no }) => [yes.key, no.key],
  check: (given, tell) => checkAnswers(given, [], tell),
  enter: (given, context) => ask(given, context, questionOf(given, context)),
  receive: (given, happening, context) => {
    const move = meanwhile(given, happening, context, questionOf(given, context));
    if (move) return move;
    const answer = answerTo(given, happening, languageOf(given.speech, context), given.speech);
    switch (answer) {
      case undefined:
        return {};
      case 'yes':
      case 'no':
        return { stopPrompt: true, wakeInMs: null, outcome: answer };
      default:
        return askAgain(given, answer, context, questionOf(given, context));
    }
  },
});

function questionOf(given: Given, context: StepContext): Question {
  const { inText, language } = context;
  if (inText) return { choices: choicesOf(yesAndNo(given, language), language) };
  return { hear: hearYesNo(given, given.speech, context) };
}
