import type { Move, StepContext, StepKind } from '../step-kind.ts';
import { durationMs, phoneKey, wholeNumber } from '../values.ts';
import { ATTEMPT_PARAMETERS, type Attempts, ask, askAgain, readAttempts } from './attempts.ts';

type Given = Attempts & {
  readonly into: string;
  readonly min: number;
  readonly max: number;
  readonly terminator: string;
  readonly interDigitMs: number;
};

const DIGITS_MAX = 64;

/** Collects digits into a variable: to the terminator key, to the most digits, or to a pause between digits. */
export const gather: StepKind = {
  type: 'gather',
  summary: 'Collects digits into a variable.',
  parameters: [...ATTEMPT_PARAMETERS, 'into', 'min', 'max', 'terminator', 'inter_digit_timeout'],
  answers: true,
  read: (reading, fields, node) => {
    const { source } = reading;
    const digits = { min: 1, max: DIGITS_MAX };
    const count = (key: string) => (fields.has(key) ? wholeNumber(source, fields.get(key), key, digits) : undefined);
    const into = fields.has('into') ? (source.text(fields.get('into'), 'into') ?? '') : '';
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(into)) {
      source.problem('key.missing', fields.get('into') ?? node, 'A gather step needs "into", the name of a variable.');
    }
    reading.sets.add(into);
    const min = count('min') ?? 1;
    const max = count('max') ?? DIGITS_MAX;
    if (min > max) source.problem('value.range', fields.get('min') ?? node, `min (${min}) is more than max (${max}).`);
    const written = fields.has('terminator') ? (source.text(fields.get('terminator'), 'terminator') ?? '') : '#';
    const terminator = phoneKey(written);
    if (terminator === undefined) {
      source.problem('value.choice', fields.get('terminator') ?? node, `"${written}" is not a key of a telephone.`);
    }
    const pause = { minMs: 500, maxMs: 60_000 };
    const interDigitMs = fields.has('inter_digit_timeout')
      ? durationMs(source, fields.get('inter_digit_timeout'), 'inter_digit_timeout', pause)
      : undefined;
    return {
      ...readAttempts(reading, fields, node),
      into,
      min,
      max,
      terminator: terminator ?? '#',
      interDigitMs: interDigitMs ?? 3000,
    };
  },
  outcomes: () => ['ok', 'no_input', 'no_match'],
  enter: (given, context) => ask((given as Given).prompt, given as Given, context),
  receive: (given, happening, context) => {
    const asked = given as Given;
    switch (happening.what) {
      case 'digit':
        return digit(asked, happening.digit, context);
      case 'prompt_finished':
        return { wakeInMs: asked.timeoutMs };
      case 'time_out':
        return collected(context) === '' ? askAgain(asked, 'no_input', context) : finish(asked, context);
      default:
        return {};
    }
  },
};

function collected(context: StepContext): string {
  return String(context.notes['digits'] ?? '');
}

function digit(asked: Given, key: string, context: StepContext): Move {
  if (key === asked.terminator) return finish(asked, context);
  context.notes['digits'] = collected(context) + key;
  if (collected(context).length >= asked.max) return finish(asked, context);
  return { stopPrompt: true, wakeInMs: asked.interDigitMs };
}

function finish(asked: Given, context: StepContext): Move {
  const digits = collected(context);
  if (digits.length < asked.min) return askAgain(asked, 'no_match', context);
  return { stopPrompt: true, wakeInMs: null, outcome: 'ok', set: { [asked.into]: digits } };
}
