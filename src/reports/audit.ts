import type { AskedBy, Event, EventKind, EventOf, JournalEntry } from '../model/event.ts';
import type { AgentId, AtMs, ContactId, QueueId } from '../model/ids.ts';

/** One thing that somebody did by hand, or that touches private sound: who, what, when and by which way. */
export type AuditRow = {
  /** Place in the journal. */
  readonly seq: number;
  readonly atMs: AtMs;
  /** The kind of the event. */
  readonly what: EventKind;
  /** `phone`, `api`, `system`, or what else asked: a flow, a list. */
  readonly by: string;
  /** Who did it, or to whom it was done where only a key of the API did it. */
  readonly agentId: AgentId | null;
  readonly contactId: ContactId | null;
  readonly queueId: QueueId | null;
  /** What it is about besides: a watch, recording, calendar, order, list, flow or version. */
  readonly about: string | null;
  /** For people; in it is no number of a customer. */
  readonly text: string;
};

/** What may stand in the audit. */
export const AUDIT_KINDS = [
  'watch.started',
  'watch.changed',
  'watch.stopped',
  'watch.took_over',
  'emergency.declared',
  'emergency.lifted',
  'recording.held',
  'recording.released',
  'recording.deleted',
  'recording.played',
  'transcription.started',
  'transcription.stopped',
  'transcript.read',
  'calendar.forced',
  'order.placed',
  'order.moved',
  'order.closed',
  'do_not_call.added',
  'do_not_call.removed',
  'list.started',
  'list.stopped',
  'agent.logged_in',
  'agent.logged_out',
  'agent.paused',
  'agent.readied',
  'flows.loaded',
] as const satisfies readonly EventKind[];
type Audited = EventOf<(typeof AUDIT_KINDS)[number]>;

/** The row of an entry; undefined for one that is no matter of the audit: what agents do themselves, what flows order. */
export function auditRow({ seq, event }: JournalEntry): AuditRow | undefined {
  if (!isAudited(event)) return undefined;
  const told = aboutEvent(event);
  if (!told) return undefined;
  const { by, text, agentId = null, queueId = null, about = null } = told;
  const contactId = 'contactId' in event ? (event.contactId ?? null) : null;
  return { seq, atMs: event.atMs, what: event.kind, by, agentId, contactId, queueId, about, text };
}

function isAudited(event: Event): event is Audited {
  return (AUDIT_KINDS as readonly EventKind[]).includes(event.kind);
}

type Told = {
  readonly by: string;
  readonly text: string;
  readonly agentId?: AgentId;
  readonly queueId?: QueueId | null;
  readonly about?: string;
};

function aboutEvent(event: Audited): Told | undefined {
  switch (event.kind) {
    case 'watch.started':
    case 'watch.changed':
    case 'watch.stopped':
    case 'watch.took_over':
      return aboutWatch(event);
    case 'emergency.declared':
    case 'emergency.lifted':
      return aboutEmergency(event);
    case 'recording.held':
    case 'recording.released':
    case 'recording.deleted':
    case 'recording.played':
      return { by: event.by, about: event.recordingId, text: RECORDING_TEXTS[event.kind] };
    case 'transcription.started':
    case 'transcription.stopped':
    case 'transcript.read':
      return byHand(event.by, { text: TRANSCRIPT_TEXTS[event.kind] });
    case 'calendar.forced': {
      const { forced, calendarId } = event;
      const text = forced === null ? 'The calendar goes by its hours again.' : `The calendar is ${forced} by hand.`;
      return { by: event.by, about: calendarId, text };
    }
    case 'flows.loaded': {
      const { version } = event.flows;
      const pinned = event.pinned !== undefined;
      const text = pinned
        ? 'A version of the flows was brought back by hand.'
        : 'The flows of the folder are in service.';
      return { by: pinned ? 'api' : 'system', about: version, text };
    }
    default:
      return aboutOutbound(event);
  }
}

const RECORDING_TEXTS = {
  'recording.held': 'The recording is kept until it is released.',
  'recording.released': 'The recording may be deleted again when its time is over.',
  'recording.deleted': 'The recording was deleted.',
  'recording.played': 'Somebody listened to the recording.',
} as const;

const TRANSCRIPT_TEXTS = {
  'transcription.started': 'What is said in the call is written down.',
  'transcription.stopped': 'What is said in the call is not written down any more.',
  'transcript.read': 'Somebody read what was said.',
} as const;

type WatchEvent = EventOf<'watch.started' | 'watch.changed' | 'watch.stopped' | 'watch.took_over'>;

function aboutWatch(event: WatchEvent): Told {
  const { by, agentId, legId: about } = event;
  switch (event.kind) {
    case 'watch.started': {
      const { watchedAgentId, queueId, mode, announced } = event;
      const told = announced ? 'announced' : 'not announced';
      return { by, agentId, queueId, about, text: `${agentId} watches over ${watchedAgentId} (${mode}, ${told}).` };
    }
    case 'watch.changed':
      return { by, agentId, about, text: `${agentId} goes over to ${event.mode}.` };
    case 'watch.stopped':
      return { by, agentId, about, text: `${agentId} does not watch any more.` };
    case 'watch.took_over':
      return { by, agentId, about, text: `${agentId} took the talk over.` };
  }
}

function aboutEmergency(event: EventOf<'emergency.declared' | 'emergency.lifted'>): Told {
  const { by, queueId } = event;
  const what = queueId === null ? 'The site' : `The queue ${queueId}`;
  if (event.kind === 'emergency.lifted') return { by, queueId, text: `${what} is in service again.` };
  return { by, queueId, about: event.flowId, text: `${what} is stopped: all go to the flow ${event.flowId}.` };
}

type Outbound = EventOf<
  | `order.${'placed' | 'moved' | 'closed'}`
  | `do_not_call.${'added' | 'removed'}`
  | `list.${'started' | 'stopped'}`
  | `agent.${'logged_in' | 'logged_out' | 'paused' | 'readied'}`
>;

function aboutOutbound(event: Outbound): Told | undefined {
  switch (event.kind) {
    case 'order.placed': {
      const { id, kind, queueId } = event.order;
      return byHand(event.by, { queueId, about: id, text: `An order (${kind}) was given.` });
    }
    case 'order.moved':
      return { by: event.by, about: event.orderId, text: 'The order was moved to another time.' };
    case 'order.closed':
      return byHand(event.by, { about: event.orderId, text: `The order was closed (${event.reason}).` });
    case 'do_not_call.added':
      return { by: event.by, text: 'A number was put on the do-not-call list.' };
    case 'do_not_call.removed':
      return { by: event.by, text: 'A number was taken from the do-not-call list.' };
    case 'list.started':
      return { by: event.by, about: event.listId, text: 'The list is being called.' };
    case 'list.stopped':
      return { by: event.by, about: event.listId, text: 'The list is not called any more.' };
    default:
      return aboutAgent(event);
  }
}

const AGENT_TEXTS = {
  'agent.logged_in': 'was logged in',
  'agent.logged_out': 'was logged out',
  'agent.paused': 'was paused',
  'agent.readied': 'was made ready',
} as const;

/** What agents dial at their own phones is their own business. */
function aboutAgent(event: EventOf<keyof typeof AGENT_TEXTS>): Told | undefined {
  const { by, agentId } = event;
  if (by !== 'api') return undefined;
  const why = event.kind === 'agent.paused' ? ` (${event.reason})` : '';
  return { by, agentId, text: `${agentId} ${AGENT_TEXTS[event.kind]}${why}.` };
}

/** Orders that a flow or a list gives are no work of a hand. */
function byHand(by: string, told: Omit<Told, 'by'>): Told | undefined {
  const hands: readonly string[] = ['api', 'phone'] satisfies readonly AskedBy[];
  return hands.includes(by) ? { by, ...told } : undefined;
}
