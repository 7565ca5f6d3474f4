import { type Attempts, ask, askAgain, type Question } from '../../../input/attempts.ts';
import { choicesOf, chosenByReply, chosenBySpeech, type Option } from '../../../input/options.ts';
import type { Prompt } from '../../../prompt.ts';
import type { Happening, Move, StepContext } from '../../../step-kind.ts';

/** What the customer is asked, one after the other; which one it is stands in the step's notes. */
export type Stage = 'offer' | 'number' | 'confirm' | 'slot';

/** One question of the step: its words, and what may be chosen after them. */
export type Asked = {
  readonly stage: Stage;
  readonly prompt: Prompt;
  /** Said before it is asked again, when what was entered cannot be used. */
  readonly unusable?: Prompt;
  readonly options: readonly Option[];
};

/** As of every question of the flow language that says nothing else. */
const TRIES = 3;
const KEY_WITHIN_MS = 6_000;
const REPLY_WITHIN_MS = 600_000;

export function attemptsFor({ prompt, unusable = [] }: Asked): Attempts {
  return {
    prompt,
    reprompts: [],
    noInputPrompt: [],
    noMatchPrompt: [],
    invalidPrompt: unusable,
    finalPrompt: [],
    attempts: TRIES,
    maxNoInput: TRIES,
    maxNoMatch: TRIES,
    timeoutMs: KEY_WITHIN_MS,
    replyTimeoutMs: REPLY_WITHIN_MS,
    bargeIn: true,
  };
}

/** Goes over to a question. */
export function turnTo(asked: Asked, context: StepContext): Move {
  context.notes['stage'] = asked.stage;
  context.notes['typed'] = '';
  return { stopPrompt: true, ...ask(attemptsFor(asked), naming(context), questionOf(asked, context)) };
}

/** Asks once more; the customer who answers nothing, or nothing that fits, is taken to decline. */
export function askOnceMore(
  asked: Asked,
  failure: 'no_input' | 'no_match' | 'invalid' | 'low_confidence',
  context: StepContext,
): Move {
  const move = askAgain(attemptsFor(asked), failure, naming(context), questionOf(asked, context));
  return move.outcome === undefined ? move : { ...move, result: { reason: failure } };
}

function questionOf({ stage, options }: Asked, context: StepContext): Question {
  const choices = context.inText && options.length > 0 ? { choices: choicesOf(options, context.language) } : {};
  const otherwise = stage === 'number' ? 'invalid_number' : 'declined';
  const outcomes = { no_input: otherwise, no_match: otherwise, invalid: otherwise, low_confidence: otherwise };
  return { name: stage, outcomes, ...choices };
}

/** The key that was meant, or why none was; undefined: there is nothing to answer yet. */
export function keyChosen(
  happening: Happening,
  options: readonly Option[],
  { language }: StepContext,
): { readonly key: string } | 'no_input' | 'no_match' | undefined {
  switch (happening.what) {
    case 'digit':
      return options.find(({ key }) => key === happening.digit) ?? 'no_match';
    case 'reply':
      return chosenByReply(options, happening.text, language) ?? 'no_match';
    case 'speech':
      return chosenBySpeech(options, happening.text, language) ?? 'no_match';
    case 'time_out':
      return 'no_input';
    default:
      return undefined;
  }
}

/** The words of this step may name the number, and of a slot its time and key. */
export const CALLBACK_NAMES = { callback: { fields: { number: 'text', time: 'text', key: 'text' } } } as const;

export function naming(
  context: StepContext,
  slot: { readonly time?: string; readonly key?: string } = {},
): StepContext {
  const { number = '', time = '' } = context.notes;
  return context.including({ callback: { number: String(number), time: String(time), key: '', ...slot } });
}
