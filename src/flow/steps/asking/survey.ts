import type { Value, Values } from '../../../model/value.ts';
import {
  ATTEMPT_FIELDS,
  type Attempts,
  ask,
  askAgain,
  attemptsOf,
  type Failure,
  meanwhile,
} from '../../input/attempts.ts';
import { type Collecting, collect, forget, USUAL_COLLECTING } from '../../input/collect.ts';
import { type Listening, languageOf, SPEECH } from '../../input/listening.ts';
import {
  answerOf,
  checkQuestions,
  collectingFor,
  questionFor,
  SURVEY_QUESTION,
  type SurveyQuestion,
} from '../../input/survey-question.ts';
import { VARIABLE } from '../../shape/keys.ts';
import { list } from '../../shape/list.ts';
import { optional, required } from '../../shape/object.ts';
import { text } from '../../shape/scalars.ts';
import { type Move, type StepContext, stepKind, type Told } from '../../step-kind.ts';

type Given = Attempts & {
  readonly survey: string;
  readonly questions: readonly SurveyQuestion[];
  readonly into: string | null;
  readonly speech: Listening;
};

const QUESTIONS_MAX = 50;
const { prompt: _, reprompts: __, final_prompt: ___, ...SHARED_FIELDS } = ATTEMPT_FIELDS;
const SURVEY_NAME = text({ pattern: /^[A-Za-z0-9_.-]{1,64}$/, asked: 'a survey has letters, digits and . _ -' });

/** Asks a list of questions; each answer is told at once, so that nothing is lost when the customer leaves in between. */
export const survey = stepKind({
  type: 'survey',
  summary: 'Asks a list of questions and tells the answers.',
  fields: {
    survey: required(SURVEY_NAME, 'Name of the survey, for those who count the answers.', ''),
    questions: required(list(SURVEY_QUESTION, QUESTIONS_MAX), 'The questions, in their order.', []),
    into: optional(VARIABLE, 'A variable for all answers: a map by the names of the questions.'),
    ...SHARED_FIELDS,
    speech: SPEECH,
  },
  given: (written): Given => ({
    ...attemptsOf({ ...written, prompt: [], reprompts: [], final_prompt: [] }),
    survey: written.survey,
    questions: written.questions,
    into: written.into ?? null,
    speech: written.speech,
  }),
  answers: true,
  needsCustomer: true,
  outcomes: () => ['ok', 'partial'],
  fallbacks: new Map([['partial', 'ok']]),
  gives: ({ into }) => ({
    vars: into === null ? {} : { [into]: 'map' },
    result: { fields: { answers: 'map', answered: 'number' } },
  }),
  keys: () => [...'0123456789#'],
  check: ({ questions }, tell) => checkQuestions(questions, tell),
  enter: (given, context) => askNext(given, 0, context),
  receive: (given, happening, context) => {
    const at = Number(context.notes['question'] ?? 0);
    const question = given.questions[at];
    if (!question) return {};
    const asked = askedFor(given, question);
    const move = meanwhile(asked, happening, context, questionFor(question, given.speech, context));
    if (move) return move;
    const from = collectingFor(question, collectingOf(given));
    const collected = collect(from, asked, happening, context);
    if ('move' in collected) return collected.move;
    if ('failed' in collected) return fail(given, at, collected.failed, context);
    const language = languageOf(given.speech, context);
    const ways = [collected.entered, ...(collected.others ?? [])];
    const answer = ways.map((one) => answerOf(question, one, language)).find((one) => one !== undefined);
    if (answer === undefined) return fail(given, at, 'no_match', context);
    return answered(given, at, answer, context);
  },
});

function collectingOf({ speech }: Given): Collecting {
  return { ...USUAL_COLLECTING, minConfidence: speech.minConfidence, nBest: speech.nBest };
}

function askedFor(given: Given, { prompt }: SurveyQuestion): Attempts {
  return { ...given, prompt };
}

/** Asks the question at a place, or ends the survey after the last one. */
function askNext(given: Given, at: number, context: StepContext): Move {
  const question = given.questions[at];
  if (!question) return end(given, 'ok', context);
  forget(context);
  context.notes['question'] = at;
  return { stopPrompt: true, ...ask(askedFor(given, question), context, questionFor(question, given.speech, context)) };
}

function fail(given: Given, at: number, failure: Failure, context: StepContext): Move {
  const question = given.questions[at]!;
  forget(context);
  const again = askAgain(askedFor(given, question), failure, context, questionFor(question, given.speech, context));
  if (again.outcome === undefined) return again;
  return question.required ? end(given, 'partial', context) : askNext(given, at + 1, context);
}

function answered(given: Given, at: number, answer: Value, context: StepContext): Move {
  const { name } = given.questions[at]!;
  context.notes['answers'] = JSON.stringify({ ...answersOf(context), [name]: answer });
  const data = { survey: given.survey, question: name, answer };
  const told: Told = { kind: 'flow.emitted', name: 'survey.answer', data };
  const next = askNext(given, at + 1, context);
  return { ...next, tell: [told, ...(next.tell ?? [])] };
}

function end({ survey: name, into }: Given, outcome: 'ok' | 'partial', context: StepContext): Move {
  const answers = answersOf(context);
  const data = { survey: name, answers, complete: outcome === 'ok' };
  const tell: Told[] = [{ kind: 'flow.emitted', name: 'survey.answered', data }];
  const set = into === null ? {} : { set: { [into]: answers } };
  const result = { answers, answered: Object.keys(answers).length };
  return { stopPrompt: true, wakeInMs: null, outcome, tell, ...set, result };
}

/** Notes hold single values, so the map stands there as text. */
function answersOf({ notes }: StepContext): Values {
  return JSON.parse(String(notes['answers'] ?? '{}')) as Values;
}
