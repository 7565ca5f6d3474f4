import type { StepErrorCode } from '../../model/step-error.ts';
import type { Move } from '../step-kind.ts';

/** The step cannot be done: it is left with the outcome `error`. */
export function refused(code: StepErrorCode, message: string): Move {
  return { outcome: 'error', error: { code, message }, stopPrompt: true, wakeInMs: null };
}
