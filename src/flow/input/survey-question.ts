import type { Expected } from '../../model/speech/listening.ts';
import type { Value } from '../../model/value.ts';
import type { Prompt } from '../prompt.ts';
import { defaulted, object, optional, required } from '../shape/object.ts';
import { PROMPT } from '../shape/prompt.ts';
import { choice, text, wholeNumber } from '../shape/scalars.ts';
import { mapped, type Shape, type Tell } from '../shape/shape.ts';
import { YES_NO } from '../shape/yes-no.ts';
import type { StepContext } from '../step-kind.ts';
import type { Question } from './attempts.ts';
import type { Collecting, Entered } from './collect.ts';
import { entryValue } from './entry.ts';
import { expectedEntry } from './expected-entry.ts';
import { expectedPhrases } from './listen-order.ts';
import { type Listening, languageOf } from './listening.ts';
import { choicesOf } from './options.ts';
import { wordOfDigit } from './spelled.ts';
import { USUAL_ANSWERS, yesAndNo } from './yes-no.ts';

const KINDS = ['rating', 'yes_no', 'text'] as const;

export type SurveyQuestion = {
  readonly name: string;
  readonly prompt: Prompt;
  readonly kind: (typeof KINDS)[number];
  readonly min: number;
  readonly max: number;
  readonly required: boolean;
};

const RATING_MAX = 100;
const USUAL = { min: 1, max: 5 };
/** A text door shows so many ratings as choices, and no more. */
const CHOICES_MAX = 11;
const NAME = text({
  pattern: /^[A-Za-z_][A-Za-z0-9_]{0,63}$/,
  asked: 'a question has letters, digits and _, no digit first, and at most 64 of them',
});
const rating = wholeNumber({ min: 0, max: RATING_MAX });

export const SURVEY_QUESTION: Shape<SurveyQuestion> = mapped(
  object({
    name: required(NAME, 'Under which name the answer is kept.', ''),
    prompt: required(PROMPT, 'What is asked.', []),
    kind: defaulted(choice(KINDS), 'rating', 'A number, yes or no (1 and 2 on keys), or words.'),
    min: optional(rating, 'Of a rating: the least; 1 when left out.'),
    max: optional(rating, 'Of a rating: the greatest; 5 when left out.'),
    required: defaulted(YES_NO, true, 'Without an answer the survey ends; with false the next question follows.'),
  }),
  ({ min, max, ...question }) => ({ ...question, min: min ?? USUAL.min, max: max ?? USUAL.max }),
);

/** How one question is answered on keys. */
export function collectingFor({ kind, max }: SurveyQuestion, collecting: Collecting): Collecting {
  const keys = kind === 'rating' ? String(max).length : 1;
  return { ...collecting, min: 1, max: keys, takesKeys: kind !== 'text' };
}

/** The answer, or undefined when it is none. */
export function answerOf(question: SurveyQuestion, entered: Entered, language: string): Value | undefined {
  const kind = question.kind === 'rating' ? 'number' : question.kind;
  const value = entryValue(kind, entered, { min: 1, max: 1 }, { language, format: 'DDMMYYYY' });
  if (question.kind !== 'rating') return value;
  const fits = Number.isInteger(value) && Number(value) >= question.min && Number(value) <= question.max;
  return fits ? value : undefined;
}

export function questionFor(question: SurveyQuestion, speech: Listening, context: StepContext): Question {
  const { name, kind, min, max } = question;
  const { inText, language } = context;
  if (!inText)
    return { name, hear: { speech, expected: expectedAnswer(question, speech, context), keys: kind !== 'text' } };
  if (kind === 'text') return { name };
  if (kind === 'yes_no') return { name, choices: choicesOf(yesAndNo(USUAL_ANSWERS, language), language) };
  const ratings = Array.from({ length: max - min + 1 }, (_, at) => String(min + at));
  return ratings.length > CHOICES_MAX ? { name } : { name, choices: ratings.map((one) => ({ key: one, label: one })) };
}

/** A few ratings are said in few words; of many any number may come. */
function expectedAnswer({ kind, min, max }: SurveyQuestion, speech: Listening, context: StepContext): Expected {
  const language = languageOf(speech, context);
  if (kind !== 'rating') return expectedEntry(kind, { min: 1, max: 1 }, language);
  if (max > 9) return { kind: 'number' };
  const words = Array.from({ length: max - min + 1 }, (_, at) => wordOfDigit(String(min + at), language));
  return expectedPhrases(words.filter((word) => word !== undefined));
}

export function checkQuestions(questions: readonly SurveyQuestion[], tell: Tell): void {
  if (questions.length === 0) tell('value.range', ['questions'], 'A survey needs at least one question.');
  const names = new Set<string>();
  for (const [at, { name, kind, min, max }] of questions.entries()) {
    if (names.has(name)) tell('yaml.duplicate', ['questions', at, 'name'], `Two questions are called "${name}".`);
    names.add(name);
    if (kind === 'rating' && min >= max) {
      tell('value.range', ['questions', at, 'min'], `min (${min}) must be less than max (${max}).`);
    }
  }
}
