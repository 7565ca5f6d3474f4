import type { Emit, EventOf } from '../model/event.ts';
import { consultLegOver } from './consult.ts';
import { dialLegOver } from './dialling.ts';
import { farTalkOver } from './far-talk.ts';
import { customerLegOver } from './placed.ts';
import type { Call, CallsState } from './state.ts';
import { transferLegOver } from './transfer.ts';

/** The leg is out of the call by now; `over` is what it was, null where it was told before. */
export function legOver(
  state: CallsState,
  call: Call,
  { legId, cause, atMs }: Pick<EventOf<'leg.ended'>, 'legId' | 'cause' | 'atMs'>,
  emit: Emit,
): void {
  const leg = call.over;
  if (leg?.legId !== legId || call.customer === 'gone') return;
  if (call.farTalk?.legId === legId) return farTalkOver(call, cause, atMs, emit);
  switch (leg.purpose) {
    case 'contact':
      return customerLegOver(state, call, leg, cause, atMs, emit);
    case 'consult':
      return consultLegOver(state, call, leg, cause, atMs, emit);
    case 'transfer':
      return transferLegOver(state, call, leg, cause, atMs, emit);
    case 'dial':
      return dialLegOver(state, call, leg, cause, atMs, emit);
    case 'watch':
      return;
  }
}
