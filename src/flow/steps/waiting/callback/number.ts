import { dialledNumber, mayBeOrdered } from '../../../../model/call/dialled-number.ts';
import type { OrderRefusal } from '../../../../model/call/order.ts';
import type { StepContext } from '../../../step-kind.ts';
import type { CallbackParameters } from './fields.ts';

/** The number at which the customer is called unless another one is entered; empty where nobody knows one. */
export function ownNumber({ number }: CallbackParameters, context: StepContext): string {
  const given = context.fill(number).trim();
  // A name in a chat is what somebody wrote.
  return given !== '' || context.inText ? given : String(context.scope['contact']?.['from'] ?? '');
}

/** A number in its dialled form, or why it cannot be called. */
export type Usable =
  | { readonly number: string }
  | { readonly refusal: Extract<OrderRefusal, 'invalid_number' | 'not_allowed'> };

export function usableNumber(written: string, { site: { outgoing } }: StepContext): Usable {
  const number = dialledNumber(written, outgoing.country);
  if (number === undefined) return { refusal: 'invalid_number' };
  return mayBeOrdered(outgoing, number) ? { number } : { refusal: 'not_allowed' };
}
