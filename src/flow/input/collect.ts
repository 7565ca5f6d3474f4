import { PHONE_KEY } from '../shape/keys.ts';
import { listOrOne } from '../shape/list.ts';
import { defaulted, emptyOf, type ObjectOf, optional } from '../shape/object.ts';
import { choice, duration, wholeNumber } from '../shape/scalars.ts';
import type { Tell } from '../shape/shape.ts';
import type { Happening, Move, StepContext } from '../step-kind.ts';
import { type Attempts, waitMs } from './attempts.ts';
import { USUAL_LISTENING } from './listening.ts';
import { UTTERANCE_CHARACTERS_MAX } from './phrases.ts';
import { ways } from './understood.ts';

/** How keys are collected until the input is whole (VoiceXML 2.0, appendix D: timing properties). */
export type Collecting = {
  readonly min: number;
  readonly max: number;
  readonly terminator: string;
  readonly interDigitMs: number;
  /** Throws away what was typed so far. */
  readonly clearKey: string | null;
  readonly takesKeys: boolean;
  readonly takesSpeech: boolean;
  readonly minConfidence: number;
  /** Left out by steps that an earlier release read: the likeliest understanding alone. */
  readonly nBest?: number;
};

/** What a customer entered, before anybody asks what it means; `confidence` is 0 to 1, 1 for keys and letters. */
export type Entered = {
  readonly text: string;
  readonly how: 'keys' | 'speech' | 'reply';
  readonly confidence: number;
};

/** `others`: what else may have been said, the likeliest first. */
export type Collected =
  | { readonly entered: Entered; readonly others?: readonly Entered[] }
  | { readonly failed: 'no_input' | 'no_match' | 'low_confidence' }
  | { readonly move: Move };

/** The longest number that is asked for by keys. */
export const DIGITS_MAX = 64;
/** What a pause between two keys may be. */
export const BETWEEN_DIGITS = { minMs: 500, maxMs: 60_000 };
const count = wholeNumber({ min: 1, max: DIGITS_MAX });

const INPUTS = ['dtmf', 'speech'] as const;
export const INPUT = defaulted(
  listOrOne(choice(INPUTS), INPUTS.length),
  INPUTS,
  'What counts on a call. In a text it is always the reply.',
);

export const COLLECT_FIELDS = {
  min: defaulted(count, 1, 'Fewest digits.'),
  max: defaulted(count, DIGITS_MAX, 'Most digits; the input ends with the last one.'),
  terminator: defaulted(PHONE_KEY, '#', 'Ends the input and is not part of it.'),
  inter_digit_timeout: defaulted(duration(BETWEEN_DIGITS), 3_000, 'The pause after a digit that ends the input.'),
  clear_key: optional(PHONE_KEY, 'Throws away what was typed so far, so that one can begin again.'),
};

/** Keys as they are collected where nothing is said of them, and speech too. */
export const USUAL_COLLECTING: Collecting = {
  ...keysOf(emptyOf(COLLECT_FIELDS)),
  takesKeys: true,
  takesSpeech: true,
  minConfidence: USUAL_LISTENING.minConfidence,
  nBest: USUAL_LISTENING.nBest,
};

export function keysOf(
  written: ObjectOf<typeof COLLECT_FIELDS>,
): Pick<Collecting, 'min' | 'max' | 'terminator' | 'interDigitMs' | 'clearKey'> {
  return {
    min: written.min,
    max: written.max,
    terminator: written.terminator,
    interDigitMs: written.inter_digit_timeout,
    clearKey: written.clear_key ?? null,
  };
}

/** Keys of the telephone that mean something here; `point`: the star is one of them. */
export function usedKeys({ takesKeys, terminator, clearKey }: Collecting, point = false): readonly string[] {
  if (!takesKeys) return [];
  return [...DIGITS, terminator, ...(clearKey === null ? [] : [clearKey]), ...(point ? ['*'] : [])];
}
const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

export function checkKeys({ min, max, terminator, clearKey }: Collecting, tell: Tell): void {
  if (min > max) tell('value.range', ['min'], `min (${min}) is more than max (${max}).`);
  if (clearKey !== terminator) return;
  tell('key.conflict', ['clear_key'], `Key ${terminator} ends the input already. Choose another one to clear it.`);
}

/** Takes in what happened. Keys win: what is heard after the first one is passed over. */
export function collect(from: Collecting, asked: Attempts, happening: Happening, context: StepContext): Collected {
  switch (happening.what) {
    case 'digit':
      return from.takesKeys ? pressed(from, asked, happening.digit, context) : { move: {} };
    case 'speech': {
      if (!from.takesSpeech || typed(context) !== '') return { move: {} };
      const said = ways(happening, { minConfidence: from.minConfidence, nBest: from.nBest ?? 1 });
      if (typeof said === 'string') return { failed: said };
      const [entered, ...others] = said.map(spoken);
      return { entered: entered!, others };
    }
    case 'reply':
      return { entered: { text: happening.text.slice(0, UTTERANCE_CHARACTERS_MAX), how: 'reply', confidence: 1 } };
    case 'time_out':
      return typed(context) === '' ? { failed: 'no_input' } : finished(context);
    default:
      return { move: {} };
  }
}

function spoken({ text, confidence }: { readonly text: string; readonly confidence: number }): Entered {
  return { text: text.slice(0, UTTERANCE_CHARACTERS_MAX), how: 'speech', confidence };
}

/** Begins again with nothing typed. */
export function forget({ notes }: StepContext): void {
  notes['typed'] = '';
}

function pressed(from: Collecting, asked: Attempts, key: string, context: StepContext): Collected {
  if (key === from.terminator) return finished(context);
  if (key === from.clearKey) {
    forget(context);
    return { move: { stopPrompt: true, wakeInMs: waitMs(asked, context) } };
  }
  context.notes['typed'] = typed(context) + key;
  if (typed(context).length >= from.max) return finished(context);
  return { move: { stopPrompt: true, wakeInMs: from.interDigitMs } };
}

function finished(context: StepContext): Collected {
  return { entered: { text: typed(context), how: 'keys', confidence: 1 } };
}

function typed({ notes }: StepContext): string {
  return String(notes['typed'] ?? '');
}
