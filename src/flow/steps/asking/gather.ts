import {
  ATTEMPT_FIELDS,
  type Attempts,
  ask,
  askAgain,
  attemptsOf,
  type Failure,
  meanwhile,
  type Question,
} from '../../input/attempts.ts';
import {
  COLLECT_FIELDS,
  type Collecting,
  checkKeys,
  collect,
  type Entered,
  forget,
  INPUT,
  keysOf,
  usedKeys,
} from '../../input/collect.ts';
import { askBack, inTurn, isDoubtful } from '../../input/doubt.ts';
import { ENTRY_TYPES, type EntryKind, type EntryValue, entryValue, mostKeys } from '../../input/entry.ts';
import { expectedEntry, todayOf } from '../../input/expected-entry.ts';
import { checkExposed } from '../../input/exposed.ts';
import type { Hear } from '../../input/listen-order.ts';
import { type Listening, languageOf, SPEECH } from '../../input/listening.ts';
import { choicesOf } from '../../input/options.ts';
import { READ_BACK, type ReadBack } from '../../input/read-back.ts';
import { ANY_DIGITS, checkValidate, isValid, VALIDATE, type Validate } from '../../input/validate.ts';
import { answerTo, checkAnswers, hearYesNo, USUAL_ANSWERS, yesAndNo, yesNoAttempts } from '../../input/yes-no.ts';
import { VARIABLE } from '../../shape/keys.ts';
import { defaulted, optional, required } from '../../shape/object.ts';
import { PROMPT } from '../../shape/prompt.ts';
import { YES_NO } from '../../shape/yes-no.ts';
import { type Happening, type Move, type StepContext, stepKind } from '../../step-kind.ts';

type Given = Attempts &
  Collecting & {
    readonly into: string;
    readonly speech: Listening;
    readonly validate: Validate;
    readonly confirm: ReadBack | null;
    readonly sensitive: boolean;
  };

/** There the star is the point. */
const NUMBERS_WITH_POINT: ReadonlySet<EntryKind> = new Set<EntryKind>(['number', 'currency']);

/** Asks for a number, a date, a word or the like, and makes sure that it is one. */
export const gather = stepKind({
  type: 'gather',
  summary: 'Asks for a number, a date, a word or the like, and keeps it in a variable.',
  fields: {
    ...ATTEMPT_FIELDS,
    into: required(VARIABLE, 'Name of the variable.', ''),
    input: INPUT,
    ...COLLECT_FIELDS,
    speech: SPEECH,
    validate: defaulted(VALIDATE, ANY_DIGITS, 'What it must be.', {}),
    invalid_prompt: defaulted(
      PROMPT,
      [],
      'Played before it is asked again because a check of `validate` failed; `no_match_prompt` when left out.',
    ),
    confirm: optional(READ_BACK, 'Asks back whether it was understood; with no, it is asked again.'),
    sensitive: defaulted(YES_NO, false, 'Whether what is entered must never be kept or shown.'),
  },
  given: (written): Given => ({
    ...attemptsOf(written),
    invalidPrompt: written.invalid_prompt,
    into: written.into,
    ...keysOf(written),
    takesKeys: written.input.includes('dtmf'),
    takesSpeech: written.input.includes('speech'),
    minConfidence: written.speech.minConfidence,
    nBest: written.speech.nBest,
    speech: written.speech,
    validate: written.validate,
    confirm: written.confirm ?? null,
    sensitive: written.sensitive,
  }),
  answers: true,
  needsCustomer: true,
  outcomes: () => ['ok', 'no_input', 'no_match', 'invalid', 'low_confidence'],
  fallbacks: new Map([
    ['invalid', 'no_match'],
    ['low_confidence', 'no_match'],
  ]),
  gives: ({ into, validate }) => {
    const type = ENTRY_TYPES[validate.kind];
    return {
      vars: { [into]: type },
      result: { fields: { value: type, text: 'text', confidence: 'number', how: 'text' } },
    };
  },
  keys: (given) => usedKeys(given, NUMBERS_WITH_POINT.has(given.validate.kind)),
  sensitive: (given) => given.sensitive,
  check: (given, tell) => {
    checkKeys(given, tell);
    checkValidate(given.validate, given, ['validate'], tell);
    if (given.confirm) checkAnswers(given.confirm, ['confirm'], tell);
    if (!given.sensitive) return;
    const { prompt, reprompts, noInputPrompt: no_input_prompt, noMatchPrompt: no_match_prompt } = given;
    const { invalidPrompt: invalid_prompt, finalPrompt: final_prompt, confirm } = given;
    const prompts = { prompt, reprompts, no_input_prompt, no_match_prompt, invalid_prompt, final_prompt };
    checkExposed({ ...prompts, 'confirm.prompt': confirm?.prompt ?? [] }, tell);
  },
  enter: (given, context) => ask(given, context, questionOf(given, context)),
  receive: (given, happening, context) => {
    if (given.confirm && context.notes['how'] !== undefined) return confirmed(given, given.confirm, happening, context);
    return inTurn(given, questionOf(given, context), happening, context, (settled) =>
      answered(given, settled, context),
    );
  },
});

function answered(given: Given, happening: Happening, context: StepContext): Move {
  const from = { ...given, max: mostKeys(given.validate.kind, given.max) };
  const collected = collect(from, given, happening, context);
  if ('move' in collected) return collected.move;
  if ('failed' in collected) return fail(given, collected.failed, context);
  return entered(given, [collected.entered, ...(collected.others ?? [])], context);
}

/** Of a yes or no, a text door can show the two. */
function questionOf(given: Given, context: StepContext): Question {
  const { inText, language } = context;
  if (!inText) return given.takesSpeech ? { hear: hearEntry(given, context) } : {};
  return given.validate.kind === 'yes_no' ? { choices: choicesOf(yesAndNo(USUAL_ANSWERS, language), language) } : {};
}

function hearEntry(given: Given, context: StepContext): Hear {
  const { validate, speech, takesKeys: keys, sensitive } = given;
  const { kind, lengths, oneOf } = validate;
  const expected = expectedEntry(kind, { ...given, lengths, oneOf }, languageOf(speech, context));
  return { speech, expected, keys, sensitive };
}

function fail(given: Given, failure: Failure, context: StepContext): Move {
  forget(context);
  delete context.notes['how'];
  return askAgain(given, failure, context, questionOf(given, context));
}

/** Something was entered as a whole: it is taken, asked back, or asked for again. Of speech the first way that fits counts. */
function entered(given: Given, entries: readonly Entered[], context: StepContext): Move {
  const ways = entries.flatMap((entry) => resultOf(given, entry, context) ?? []);
  if (ways.length === 0) return fail(given, 'no_match', context);
  const fits = (one: Result): boolean => isValid(given.validate, one.value, context.including({ result: one }));
  const result = ways.find(fits);
  if (result === undefined) return fail(given, 'invalid', context.including({ result: ways[0]! }));
  const knowing = context.including({ result });
  const doubtful = result.how === 'speech' && !given.sensitive && isDoubtful(given.speech, result.confidence, 0);
  if (!given.confirm) {
    return doubtful ? askBack(given, hearEntry(given, context), result.text, context) : taken(given, result);
  }
  Object.assign(context.notes, result);
  delete context.notes['no_input confirm'];
  delete context.notes['no_match confirm'];
  return {
    stopPrompt: true,
    ...ask(backOf(given, given.confirm), knowing, backQuestion(given, given.confirm, context)),
  };
}

type Result = Entered & { readonly value: EntryValue };

function resultOf({ validate, ...given }: Given, entry: Entered, context: StepContext): Result | undefined {
  const language = languageOf(given.speech, context);
  const about = { language, format: validate.format ?? 'DDMMYYYY', today: todayOf(context) };
  const value = entryValue(validate.kind, entry, given, about);
  return value === undefined ? undefined : { value, ...entry };
}

function taken({ into }: Given, result: Result): Move {
  return { stopPrompt: true, wakeInMs: null, outcome: 'ok', set: { [into]: result.value }, result };
}

function backOf(given: Given, { prompt, attempts }: ReadBack): Attempts {
  return yesNoAttempts(given, prompt, attempts);
}

function backQuestion({ speech, takesSpeech }: Given, confirm: ReadBack, context: StepContext): Question {
  const { inText, language } = context;
  if (inText) return { name: 'confirm', choices: choicesOf(yesAndNo(confirm, language), language) };
  return takesSpeech ? { name: 'confirm', hear: hearYesNo(confirm, speech, context) } : { name: 'confirm' };
}

/** The customer was asked back and answers; without an answer, or with no, it is asked for anew. */
function confirmed(given: Given, confirm: ReadBack, happening: Happening, plain: StepContext): Move {
  const { value, text, how, confidence } = plain.notes as unknown as Result;
  const result: Result = { value, text, how, confidence };
  const context = plain.including({ result });
  const asked = backOf(given, confirm);
  const question = backQuestion(given, confirm, context);
  const move = meanwhile(asked, happening, context, question);
  if (move) return move;
  const answer = answerTo(confirm, happening, languageOf(given.speech, context), given.speech);
  if (answer === undefined) return {};
  if (answer === 'yes') return taken(given, result);
  if (answer === 'no') return fail(given, 'no_match', context);
  const again = askAgain(asked, answer, context, question);
  return again.outcome === undefined ? again : fail(given, answer, context);
}
