import { decide as decideAcd } from '../acd/decide.ts';
import { decide as decideCalls } from '../calls/decide.ts';
import { decide as decideFlow } from '../flow/decide.ts';
import type { Floor } from '../flow/floor.ts';
import { marked } from '../flow/running/sensitive.ts';
import type { Event, EventOf } from '../model/event.ts';
import { decide as decideOutbound } from '../outbound/decide.ts';
import { type floorOf, wholeFloor } from './floor.ts';
import { apply, type State } from './state.ts';

/** Most decisions that one event may bring about; more is a loop in our own rules. */
const DECISIONS_MAX = 100_000;

/** What came of one event, in the order of the journal; `fault` when a rule of ours broke on the way. */
export type TakenIn = { readonly batch: Event[]; readonly fault?: Error };

/**
 * Applies an event and all that follows from it. Pure but for the state that is moved on: no clock, no socket, no log.
 * A fault in our own rules ends the contact that it concerns and nothing else; what was applied until then stands in the
 * batch, so that journal and state stay the same. `floorAt` is what flows may ask about queues; a rehearsal has its own.
 */
export function takeIn(state: State, event: Event, floorAt?: typeof floorOf): TakenIn {
  const batch: Event[] = [];
  const emit = (decision: Event): void => {
    apply(state, decision);
    batch.push(decision);
  };
  try {
    emit(marked(state.flow, event));
    decideAll(state, batch, wholeFloor(state, event.atMs, floorAt), emit);
    finish(state, batch, emit);
    return { batch };
  } catch (fault) {
    if ('contactId' in event && state.contacts.has(event.contactId)) {
      const { contactId, atMs } = event;
      emit({ kind: 'flow.failed', atMs, contactId, code: 'flow.broken' });
      if (state.contacts.get(contactId)?.endedAtMs != null) emit({ kind: 'flow.ended', atMs, contactId });
      else emit({ kind: 'hangup.requested', atMs, contactId, cause: 'congestion' });
    }
    finish(state, batch, emit);
    return { batch, fault: fault as Error };
  }
}

function decideAll(state: State, batch: Event[], floor: Floor, emit: (decision: Event) => void): void {
  const event = batch[0]!;
  for (let at = 0; at < batch.length; at++) {
    const next = batch[at]!;
    decideFlow(state.flow, next, floor, emit);
    // Before the dispatcher: who takes a talk over is known before the end of a leg is taken for the end of the talk.
    decideCalls(state.calls, next, emit);
    decideAcd(state.acd, next, emit);
    decideOutbound(state.outbound, next, emit);
    if (batch.length > DECISIONS_MAX) {
      throw new Error(`${event.kind} brought about more than ${DECISIONS_MAX} decisions`);
    }
  }
}

/** A contact is over when its customer has left and its flow has nothing more to do. */
function finish(state: State, batch: readonly Event[], emit: (decision: Event) => void): void {
  for (const event of batch.filter(({ kind }) => kind === 'contact.ended' || kind === 'flow.ended')) {
    const { contactId, atMs } = event as EventOf<'contact.ended'>;
    const gone = state.contacts.get(contactId)?.endedAtMs != null;
    const session = state.flow.sessions.get(contactId);
    if (gone && (!session || session.stage === 'ended')) emit({ kind: 'contact.finished', atMs, contactId });
  }
}

/** The next moment at which something is due. */
export function nextDeadline(state: State): number | undefined {
  const { acd, flow, calls, outbound } = state;
  const ofItems = Math.min(acd.deadlines.next() ?? Infinity, outbound.deadlines.next() ?? Infinity);
  const next = Math.min(ofItems, flow.deadlines.next() ?? Infinity, calls.deadlines.next() ?? Infinity);
  return next === Infinity ? undefined : next;
}
