import type { StepContext } from '../../step-kind.ts';
import { stepIdOf } from './step-id.ts';

/**
 * How many rounds a step has begun, kept as a variable that no expression can name: a restart keeps it, and each call of
 * a flow has its own.
 */
export function roundsOf(context: StepContext): { readonly variable: string; readonly rounds: number } {
  const variable = `rounds of ${stepIdOf(context)}`;
  return { variable, rounds: Number(context.scope['vars']?.[variable] ?? 0) };
}
