import type { OrderRefusal } from '../../../../model/call/order.ts';
import type { Values } from '../../../../model/value.ts';
import type { Move, StepContext } from '../../../step-kind.ts';
import { refused } from '../../refused.ts';
import type { CallbackParameters } from './fields.ts';
import { ownOrderId } from './order.ts';
import { naming } from './questions.ts';

/** The order stands; the customer is told, and the step is over when that is said. */
export function accepted({ prompts }: CallbackParameters, context: StepContext): Move {
  const parts = naming(context).prompt(prompts.accepted);
  if (parts.length === 0) return { ...leave('accepted'), result: resultOf(context) };
  context.notes['stage'] = 'accepted';
  return { stopPrompt: true, wakeInMs: null, play: parts };
}

export function saidAccepted(context: StepContext): Move {
  return { ...leave('accepted'), result: resultOf(context) };
}

/** @param reason `declined`, `no_input`, `no_match` or `no_slot`: no time had room */
export function declined(reason: string): Move {
  return { ...leave('declined'), result: { reason } };
}

/** An order that was refused, or a number that cannot be one. */
export function notPlaced(code: OrderRefusal): Move {
  if (code === 'full') return refused('callback.full', 'There are as many open orders as are allowed.');
  return { ...leave(code), result: { reason: code } };
}

function leave(outcome: string): Move {
  return { outcome, stopPrompt: true, wakeInMs: null };
}

/** `at` is 0 where it is to be when it is the customer's turn. After a restart only the order is known. */
function resultOf(context: StepContext): Values {
  const { number = '', slot = 0 } = context.notes;
  return { order: ownOrderId(context), number: String(number), at: Number(slot) };
}
