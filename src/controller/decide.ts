import { decide as decideAcd } from '../acd/decide.ts';
import { decide as decideFlow } from '../flow/decide.ts';
import type { Event } from '../model/event.ts';
import { apply, type State } from './state.ts';

/** Most decisions that one event may bring about; more is a loop in our own rules. */
const DECISIONS_MAX = 100_000;

/**
 * Applies an event and all that follows from it, and returns them in the order of the journal. Pure but for the state
 * that is moved on: no clock, no socket, no log.
 */
export function takeIn(state: State, event: Event): Event[] {
  apply(state, event);
  const batch: Event[] = [event];
  const emit = (decision: Event): void => {
    apply(state, decision);
    batch.push(decision);
  };
  const agents = { loggedIn: (agentId: string) => state.acd.agents.get(agentId)?.loggedIn ?? false };
  for (let at = 0; at < batch.length; at++) {
    const next = batch[at]!;
    decideFlow(state.flow, next, agents, emit);
    decideAcd(state.acd, next, emit);
    if (batch.length > DECISIONS_MAX)
      throw new Error(`${event.kind} brought about more than ${DECISIONS_MAX} decisions`);
  }
  if (event.kind === 'contact.ended' && state.contacts.has(event.contactId)) {
    emit({ kind: 'contact.finished', atMs: event.atMs, contactId: event.contactId });
  }
  return batch;
}

/** The next moment at which something is due. */
export function nextDeadline(state: State): number | undefined {
  const acd = state.acd.deadlines.next();
  const flow = state.flow.deadlines.next();
  return acd === undefined ? flow : flow === undefined ? acd : Math.min(acd, flow);
}
