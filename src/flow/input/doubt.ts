import type { Prompt } from '../prompt.ts';
import type { Happening, Move, StepContext } from '../step-kind.ts';
import { type Attempts, ask, meanwhile, type Question } from './attempts.ts';
import { expectedPhrases, type Hear } from './listen-order.ts';
import { type Listening, languageOf, wholeListening } from './listening.ts';
import { answerTo, USUAL_ANSWERS, yesAndNo, yesNoAttempts } from './yes-no.ts';

/** Choices of which one may be wrong are asked back below this; the engines say 0.5 to 0.7 when one of two scores is good. */
export const USUAL_CONFIRM_BELOW = 0.7;

/** For the languages in which nobody wrote anything better. */
const DID_YOU_SAY: Prompt = [
  {
    byLanguage: {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: these are expressions of the flow language
      de: [{ say: 'Sagten Sie ${{ result.text }}?' }],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: these are expressions of the flow language
      zh: [{ say: '您说的是${{ result.text }}，对吗？' }],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: these are expressions of the flow language
      other: [{ say: 'Did you say ${{ result.text }}?' }],
    },
  },
];

const NOTHING_EXPECTED: Happening = { what: 'speech', text: '', confidence: 0 };

/** Whether what was understood is asked back; `usual` stands where the step says nothing, 0 for never. */
export function isDoubtful(speech: Listening, confidence: number, usual: number): boolean {
  return confidence < (wholeListening(speech).confirmBelow ?? usual);
}

/** Asks once whether it was that. Keys mean what they always mean in the step. */
export function askBack(asked: Attempts, hear: Hear, text: string, context: StepContext): Move {
  context.notes['doubt'] = text;
  return { stopPrompt: true, ...ask(backOf(asked, hear), knowing(text, context), questionOf(hear, context)) };
}

/**
 * Deals with what is the same for every question, also with the answer to "Did you say ...?"; the rest goes to `answer`. A yes
 * comes there as the words that were doubtful, and sure; a no as words that are none of those expected.
 */
export function inTurn(
  asked: Attempts,
  question: Question,
  happening: Happening,
  context: StepContext,
  answer: (happening: Happening) => Move,
): Move {
  const { notes } = context;
  const { hear } = question;
  const doubt = notes['doubt'];
  if (doubt === undefined || !hear) return meanwhile(asked, happening, context, question) ?? answer(happening);
  if (happening.what === 'digit' && !hear.keys) return {};
  const text = String(doubt);
  const back = backOf(asked, hear);
  const waiting = meanwhile(back, happening, knowing(text, context), questionOf(hear, context));
  if (waiting) return waiting;
  const settled = happening.what === 'speech' ? answered(text, hear, happening, context) : happening;
  // Whatever it is, it ends the question.
  delete notes['doubt'];
  return answer(settled);
}

function answered(
  text: string,
  { speech }: Hear,
  happening: Extract<Happening, { what: 'speech' }>,
  context: StepContext,
): Happening {
  switch (answerTo(USUAL_ANSWERS, happening, languageOf(speech, context), speech)) {
    case 'yes':
      return { what: 'speech', text, confidence: 1 };
    case 'no':
      return NOTHING_EXPECTED;
    default:
      // Many correct it at once instead of saying no: "Support!" What is doubtful again counts as no, or it would never end.
      return isDoubtful(speech, happening.confidence, USUAL_CONFIRM_BELOW) ? NOTHING_EXPECTED : happening;
  }
}

function backOf(asked: Attempts, { speech }: Hear): Attempts {
  const { confirmPrompt } = wholeListening(speech);
  return yesNoAttempts(asked, confirmPrompt.length > 0 ? confirmPrompt : DID_YOU_SAY, 1);
}

function questionOf({ speech, expected, ...hear }: Hear, context: StepContext): Question {
  const words = yesAndNo(USUAL_ANSWERS, languageOf(speech, context)).flatMap(({ say }) => say);
  const others = expected.kind === 'phrases' ? expected.phrases : [];
  return { hear: { ...hear, speech, expected: expectedPhrases([...words, ...others]) } };
}

function knowing(text: string, context: StepContext): StepContext {
  return context.including({ result: { text } });
}
