import type { Emit, EventOf } from '../model/event.ts';
import { giveUp } from './ask-leg.ts';
import { endConsult } from './consult.ts';
import { letGo } from './let-go.ts';
import type { Call } from './state.ts';

/** The customer is gone: everybody who was called for them is let go, and nothing is left that would wait for somebody. */
export function customerGone(call: Call, { atMs, cause }: EventOf<'contact.ended'>, emit: Emit): void {
  endConsult(call, 'customer_gone', atMs, emit);
  letGo(call, cause, atMs, emit);
  for (const legId of [...call.legs.keys()]) giveUp(call, legId, atMs, emit);
}
