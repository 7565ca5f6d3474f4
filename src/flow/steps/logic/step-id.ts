import type { StepId } from '../../../model/ids.ts';
import type { StepContext } from '../../step-kind.ts';

/** The step that the contact is in. */
export function stepIdOf({ scope }: StepContext): StepId {
  return String(scope['flow']?.['step'] ?? '');
}
