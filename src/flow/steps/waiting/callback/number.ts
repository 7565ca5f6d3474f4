import { dialledNumber, mayBeDialled } from '../../../../model/call/dialled-number.ts';
import { failed, ok, type Result } from '../../../../model/failure.ts';
import type { StepContext } from '../../../step-kind.ts';
import type { CallbackParameters } from './fields.ts';

/** The number at which the customer is called unless another one is entered; empty where nobody knows one. */
export function ownNumber({ number }: CallbackParameters, context: StepContext): string {
  const given = context.fill(number).trim();
  // A name in a chat is what somebody wrote.
  return given !== '' || context.inText ? given : String(context.scope['contact']?.['from'] ?? '');
}

/** A number in its dialled form, if the site lets it be dialled. Failures: `invalid_number`, `not_allowed`. */
export function usableNumber(written: string, { site: { outgoing } }: StepContext): Result<string> {
  const number = dialledNumber(written, outgoing.country);
  if (number === undefined) return failed('invalid_number', 'This is no telephone number.');
  return mayBeDialled(outgoing, number)
    ? ok(number)
    : failed('not_allowed', 'The site does not let this number be dialled.');
}
