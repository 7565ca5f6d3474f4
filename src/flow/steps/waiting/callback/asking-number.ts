import { type Collecting, collect, forget, USUAL_COLLECTING } from '../../../input/collect.ts';
import { entryValue } from '../../../input/entry.ts';
import type { Option } from '../../../input/options.ts';
import type { Happening, Move, StepContext } from '../../../step-kind.ts';
import type { CallbackParameters } from './fields.ts';
import { notPlaced } from './leaving.ts';
import { ownNumber, usableNumber } from './number.ts';
import { type Asked, askOnceMore, attemptsFor, turnTo } from './questions.ts';
import { toSlot } from './scheduling.ts';
import { LABELS } from './texts.ts';

/** Keys of a telephone number: a hash ends it, a star throws it away. Longest: 00 and the 15 digits of E.164. */
const NUMBER_KEYS: Collecting = { ...USUAL_COLLECTING, min: 3, max: 17, clearKey: '*', interDigitMs: 4_000 };

const CONFIRM_OPTIONS: readonly Option[] = [
  { key: '1', label: LABELS.right, say: ['yes', 'ja', 'right', 'richtig'] },
  { key: '2', label: LABELS.otherNumber, say: ['other', 'andere'] },
  { key: '3', label: LABELS.no, say: ['no callback', 'kein rückruf'] },
];

export function numberQuestion({ prompts }: CallbackParameters): Asked {
  return { stage: 'number', prompt: prompts.number, unusable: prompts.unusable, options: [] };
}

export function confirmQuestion({ prompts }: CallbackParameters): Asked {
  return { stage: 'confirm', prompt: prompts.confirm, options: CONFIRM_OPTIONS };
}

/** The number that is there already is read back, or taken as it is; without one that can be called it is asked for. */
export function toNumber(given: CallbackParameters, context: StepContext): Move {
  const found = usableNumber(ownNumber(given, context), context);
  if ('number' in found) return take(found.number, given, context);
  return given.confirmNumber ? turnTo(numberQuestion(given), context) : notPlaced(found.refusal);
}

function take(number: string, given: CallbackParameters, context: StepContext): Move {
  context.notes['number'] = number;
  return given.confirmNumber ? turnTo(confirmQuestion(given), context) : toSlot(given, context);
}

/** Collects a number. What it was that could not be used at last, is how the step is left. */
export function numberEntered(given: CallbackParameters, happening: Happening, context: StepContext): Move {
  const asked = numberQuestion(given);
  const collected = collect(NUMBER_KEYS, attemptsFor(asked), happening, context);
  if ('move' in collected) return collected.move;
  forget(context);
  if ('failed' in collected) return askOnceMore(asked, collected.failed, context);
  const about = { language: context.language, format: 'DDMMYYYY' } as const;
  const written = entryValue('phone', collected.entered, NUMBER_KEYS, about);
  const found = usableNumber(String(written ?? ''), context);
  if ('number' in found) return take(found.number, given, context);
  const move = askOnceMore(asked, 'invalid', context);
  return move.outcome === undefined ? move : notPlaced(found.refusal);
}
