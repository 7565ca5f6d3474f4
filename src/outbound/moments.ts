import type { AtMs } from '../model/ids.ts';
import { endOf, startOf } from './hours.ts';
import type { OpenOrder, OutboundState } from './state.ts';

/** Sets when an order is to be looked at next; none while its customer is being dialled or talked to. */
export function setMoment(state: OutboundState, open: OpenOrder, nowMs: AtMs): void {
  const { deadlines } = state;
  const { id } = open.order;
  if (!open.current) deadlines.set('order', id, startOf(state, open, nowMs));
  else if (mayBeTakenBack(open)) deadlines.set('order', id, endOf(state, open, nowMs));
  else deadlines.clear('order', id);
}

/** Whom an attempt has not disturbed yet. */
export function mayBeTakenBack({ current }: OpenOrder): boolean {
  return current?.inQueue === true && current.legId === null && !current.withdrawn;
}
