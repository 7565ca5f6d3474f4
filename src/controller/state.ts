import { apply as applyAcd } from '../acd/apply.ts';
import { type AcdState, emptyAcd } from '../acd/state.ts';
import { apply as applyCalls } from '../calls/apply.ts';
import { type CallsState, emptyCalls } from '../calls/state.ts';
import { apply as applyFlow } from '../flow/apply.ts';
import { emptyFlowState, type FlowState } from '../flow/session.ts';
import type { DoorName } from '../model/channel.ts';
import type { Event, EventOf } from '../model/event.ts';
import type { AgentId, AtMs, ContactId, LegId, OrderId } from '../model/ids.ts';
import type { Transcript } from '../model/transcript.ts';
import { apply as applyOutbound } from '../outbound/apply.ts';
import { emptyOutbound, type OutboundState } from '../outbound/state.ts';
import { applyToTranscripts } from './chat/transcripts.ts';
import { NO_SITE } from './no-site.ts';

/** Everything that is live: what the dispatcher, the receptionist and the hall know, each a fold of the same events. */
export type State = {
  readonly acd: AcdState;
  readonly flow: FlowState;
  /** Replaced as a whole when a snapshot is taken up. */
  calls: CallsState;
  outbound: OutboundState;
  readonly contacts: Map<ContactId, Contact>;
  /** Contacts that are over, the last ones, the oldest first: what a door still lists of them is no new contact. */
  readonly over: Set<ContactId>;
  /** What was written, by contact; for a while also of those that are over. */
  readonly transcripts: Map<ContactId, Transcript>;
  /** Place in the journal of the last event that was applied. */
  seq: number;
};

/** One contact that is here, apart from its flow and its queue. */
export type Contact = {
  readonly id: ContactId;
  /** The door by which it came. */
  readonly channel: DoorName;
  legId: LegId;
  readonly from: string;
  readonly to: string;
  readonly fromAgentId: AgentId | null;
  readonly arrivedAtMs: AtMs;
  answeredAtMs: AtMs | null;
  /** Set for a contact that we made: `legId` is then that of the leg that was asked for last, none before. */
  readonly orderId: OrderId | null;
  /** Set when the customer is gone; the flow may still have something to clear up then. */
  endedAtMs: AtMs | null;
};

/** A door that lists what ended a thousand contacts ago is not to be believed in anything. */
const OVER_MAX = 1_000;

export function emptyState(): State {
  return {
    acd: emptyAcd(NO_SITE),
    flow: emptyFlowState(),
    calls: emptyCalls(NO_SITE),
    outbound: emptyOutbound(),
    contacts: new Map(),
    over: new Set(),
    transcripts: new Map(),
    seq: 0,
  };
}

/** The fold of all rooms; the only way in which live state changes. */
export function apply(state: State, event: Event): void {
  applyContact(state, event);
  applyToTranscripts(state.transcripts, event);
  applyFlow(state.flow, event);
  applyAcd(state.acd, event);
  applyCalls(state.calls, event);
  applyOutbound(state.outbound, event);
}

function applyContact(state: State, event: Event): void {
  switch (event.kind) {
    case 'contact.arrived':
      if (state.contacts.has(event.contactId)) return;
      state.contacts.set(event.contactId, {
        id: event.contactId,
        channel: event.channel,
        legId: event.legId,
        from: event.from,
        to: event.to,
        fromAgentId: event.fromAgentId ?? null,
        arrivedAtMs: event.atMs,
        answeredAtMs: null,
        endedAtMs: null,
        orderId: null,
      });
      return;
    case 'contact.placed':
      return place(state, event);
    case 'leg.asked': {
      const contact = state.contacts.get(event.contactId);
      if (contact && event.purpose === 'contact') contact.legId = event.legId;
      return;
    }
    case 'contact.answered': {
      const contact = state.contacts.get(event.contactId);
      if (contact) contact.answeredAtMs ??= event.atMs;
      return;
    }
    case 'contact.ended': {
      const contact = state.contacts.get(event.contactId);
      if (contact) contact.endedAtMs ??= event.atMs;
      return;
    }
    case 'contact.finished':
      state.contacts.delete(event.contactId);
      return noteOver(state.over, event.contactId);
    default:
      return;
  }
}

function noteOver(over: Set<ContactId>, contactId: ContactId): void {
  over.add(contactId);
  const [oldest] = over;
  if (over.size > OVER_MAX && oldest !== undefined) over.delete(oldest);
}

/** A contact of our own making is there before anybody was dialled. `from` is whom it is with, as for one that came by itself. */
function place(state: State, event: EventOf<'contact.placed'>): void {
  const { contactId, atMs, to, from, orderId } = event;
  if (state.contacts.has(contactId)) return;
  state.contacts.set(contactId, {
    id: contactId,
    channel: 'voice',
    legId: '',
    from: to,
    to: from,
    fromAgentId: null,
    arrivedAtMs: atMs,
    answeredAtMs: null,
    endedAtMs: null,
    orderId,
  });
}
