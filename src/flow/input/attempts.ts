import type { Choice } from '../../model/event.ts';
import type { Prompt } from '../prompt.ts';
import { list } from '../shape/list.ts';
import { defaulted, type ObjectOf, optional, required } from '../shape/object.ts';
import { PROMPT } from '../shape/prompt.ts';
import { duration, wholeNumber } from '../shape/scalars.ts';
import { YES_NO } from '../shape/yes-no.ts';
import type { Happening, Move, StepContext } from '../step-kind.ts';
import type { Hear } from './listen-order.ts';
import { beginTurn, nobodyHears, onlyNoise, promptOver, silent, voiceHeard } from './turn.ts';

/**
 * What every step that asks the customer shares: a prompt, a time-out after it, and a number of attempts. The words and
 * counters follow VoiceXML 2.0 (w3.org/TR/voicexml20, 5.2 and 4.1.6): no input (nothing came), no match (what came is
 * not among the choices), each with a counter of its own, and prompts that change from attempt to attempt.
 */
export type Attempts = {
  readonly prompt: Prompt;
  /** For the second attempt, the third and so on; the last one is repeated. Empty: the prompt again. */
  readonly reprompts: readonly Prompt[];
  readonly noInputPrompt: Prompt;
  readonly noMatchPrompt: Prompt;
  /** Empty: as after a no match. */
  readonly invalidPrompt: Prompt;
  /** Before the step is left with a failure. */
  readonly finalPrompt: Prompt;
  readonly attempts: number;
  readonly maxNoInput: number;
  readonly maxNoMatch: number;
  readonly timeoutMs: number;
  /** The same where the customer writes. */
  readonly replyTimeoutMs: number;
  readonly bargeIn: boolean;
};

const ATTEMPTS_MAX = 20;
const TIMEOUT = { minMs: 500, maxMs: 120_000 };
const REPLY_TIMEOUT = { minMs: 5_000, maxMs: 24 * 3_600_000 };
const count = wholeNumber({ min: 1, max: ATTEMPTS_MAX });

export const ATTEMPT_FIELDS = {
  prompt: required(PROMPT, 'What is asked.', []),
  reprompts: defaulted(
    list(PROMPT, ATTEMPTS_MAX),
    [],
    'What is asked the second time, the third and so on; the last one is repeated. The prompt again when left out.',
    [],
  ),
  no_input_prompt: defaulted(PROMPT, [], 'Played before it is asked again because nothing was entered.', []),
  no_match_prompt: defaulted(PROMPT, [], 'Played before it is asked again because what was entered does not fit.', []),
  final_prompt: defaulted(PROMPT, [], 'Played before the step is left with a failure.', []),
  attempts: defaulted(
    count,
    3,
    'After so many failures, of all kinds together, the step is left with the outcome of the last one.',
  ),
  max_no_input: optional(count, 'The same for nothing entered alone; `attempts` when left out.'),
  max_no_match: optional(count, 'The same for all other failures alone; `attempts` when left out.'),
  timeout: defaulted(duration(TIMEOUT), 5_000, 'How long the first key or word is waited for after the prompt.'),
  reply_timeout: defaulted(duration(REPLY_TIMEOUT), 600_000, 'The same where the customer writes.'),
  barge_in: defaulted(
    YES_NO,
    true,
    'Whether a key or a word stops the prompt. With false, what comes during the prompt is passed over.',
  ),
};

export function attemptsOf(written: ObjectOf<typeof ATTEMPT_FIELDS>): Attempts {
  return {
    prompt: written.prompt,
    reprompts: written.reprompts,
    noInputPrompt: written.no_input_prompt,
    noMatchPrompt: written.no_match_prompt,
    invalidPrompt: [],
    finalPrompt: written.final_prompt,
    attempts: written.attempts,
    maxNoInput: written.max_no_input ?? written.attempts,
    maxNoMatch: written.max_no_match ?? written.attempts,
    timeoutMs: written.timeout,
    replyTimeoutMs: written.reply_timeout,
    bargeIn: written.barge_in,
  };
}

/** `invalid`: it was understood, and the step's own checks refuse it. `low_confidence`: nobody can tell what was said. */
export type Failure = 'no_input' | 'no_match' | 'invalid' | 'low_confidence';

/** What differs between the questions of one step: the name under which failures are counted, and what may be chosen. */
export type Question = {
  readonly name?: string;
  readonly choices?: readonly Choice[];
  /** How it may be answered by speech, on a call. */
  readonly hear?: Hear;
  /** Outcomes that have other names in this step. */
  readonly outcomes?: Readonly<Partial<Record<Failure, string>>>;
};

/** Speaks the prompt, or waits at once when there is nothing to speak. */
export function ask(asked: Attempts, context: StepContext, question: Question = {}, prompt = asked.prompt): Move {
  const parts = context.prompt(prompt);
  const { choices = [], hear } = question;
  context.notes['deaf'] = !context.inText && !asked.bargeIn && parts.length > 0;
  if (!context.inText) return beginTurn(asked, parts, hear, context);
  const shown = parts.length === 0 && choices.length === 0 ? {} : { play: parts };
  return { ...shown, ...(choices.length === 0 ? {} : { choices }), wakeInMs: asked.replyTimeoutMs };
}

/** One attempt failed: asks again, or leaves with the outcome when it was the last one. */
export function askAgain(asked: Attempts, failure: Failure, context: StepContext, question: Question = {}): Move {
  const { notes } = context;
  const counter = `${failure === 'no_input' ? 'no_input' : 'no_match'} ${question.name ?? ''}`;
  notes[counter] = counted(context, counter) + 1;
  const [noInput, noMatch] = [`no_input ${question.name ?? ''}`, `no_match ${question.name ?? ''}`].map((one) =>
    counted(context, one),
  ) as [number, number];
  const failures = noInput + noMatch;
  if (failures >= asked.attempts || noInput >= asked.maxNoInput || noMatch >= asked.maxNoMatch) {
    return giveUp(asked, question.outcomes?.[failure] ?? failure, context);
  }
  const next = asked.reprompts[Math.min(failures, asked.reprompts.length) - 1] ?? asked.prompt;
  return { stopPrompt: true, ...ask(asked, context, question, [...hintFor(asked, failure), ...next]) };
}

/** Leaves with a failure, after the words that stand for this case. */
export function giveUp({ finalPrompt }: Attempts, outcome: string, context: StepContext): Move {
  const parts = context.prompt(finalPrompt);
  if (parts.length === 0) return { outcome, stopPrompt: true, wakeInMs: null };
  context.notes['leaving'] = outcome;
  return { stopPrompt: true, play: parts, wakeInMs: null, listen: null };
}

/** What is the same for every question, whatever is asked; undefined: the step itself is to answer. */
export function meanwhile(
  asked: Attempts,
  happening: Happening,
  context: StepContext,
  { hear }: Question = {},
): Move | undefined {
  const { notes } = context;
  const finished = happening.what === 'prompt_finished';
  if (notes['leaving'] !== undefined) return finished ? { outcome: String(notes['leaving']), wakeInMs: null } : {};
  switch (happening.what) {
    case 'prompt_finished':
      notes['deaf'] = false;
      return context.inText ? { wakeInMs: asked.replyTimeoutMs } : promptOver(asked, hear, context);
    case 'voice':
      return voiceHeard(hear, happening.bargesIn, context);
    case 'noise':
      return onlyNoise(asked, context);
    case 'deaf':
      return nobodyHears(asked, hear, happening.code, context);
    case 'time_out':
      silent(notes);
      return undefined;
    case 'digit':
    case 'speech':
      if (notes['deaf'] === true) return {};
      silent(notes);
      return undefined;
    default:
      return undefined;
  }
}

/** How long the first key, word or reply is waited for. */
export function waitMs(asked: Attempts, { inText }: StepContext): number {
  return inText ? asked.replyTimeoutMs : asked.timeoutMs;
}

function hintFor(asked: Attempts, failure: Failure): Prompt {
  if (failure === 'no_input') return asked.noInputPrompt;
  return failure === 'invalid' && asked.invalidPrompt.length > 0 ? asked.invalidPrompt : asked.noMatchPrompt;
}

function counted({ notes }: StepContext, counter: string): number {
  return Number(notes[counter] ?? 0);
}
