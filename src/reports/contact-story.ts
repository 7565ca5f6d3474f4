import type { Channel } from '../model/channel.ts';
import type { EndCause, EndedBy, EventKind, EventOf, JournalEntry } from '../model/event.ts';
import type { AgentId, AtMs, ContactId, FlowId, OfferId, QueueId, StepId } from '../model/ids.ts';
import type { Site } from '../model/site.ts';
import { narrator } from './contact-sentence.ts';
import { isoOf } from './moment.ts';

/** One contact as people want to read it: what came of it, and how. */
export type ContactStory = { readonly summary: ContactSummary; readonly timeline: readonly TimelineItem[] };

/** Null: it did not happen (yet), or the journal does not have it. */
export type ContactSummary = {
  readonly id: ContactId;
  readonly channel: Channel | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly arrivedAtMs: AtMs | null;
  readonly answeredAtMs: AtMs | null;
  readonly endedAtMs: AtMs | null;
  readonly endedBy: EndedBy | null;
  readonly cause: EndCause | null;
  readonly flow: FlowId | null;
  readonly queues: readonly QueueStay[];
  /** Sums over all stays in queues and all talks. */
  readonly waitedMs: number;
  readonly talkMs: number;
  /** Lines of text from the customer and from agents; what they say is not told. */
  readonly lines: { readonly received: number; readonly sent: number };
  readonly durations: { readonly beforeAnswerMs: number | null; readonly totalMs: number | null };
};

export type QueueStay = {
  readonly queue: QueueId;
  readonly queuedAtMs: AtMs;
  /** Null while the contact still waits. */
  readonly waitedMs: number | null;
  readonly outcome: EventOf<'contact.dequeued'>['reason'] | null;
  readonly agent: AgentId | null;
  readonly talkMs: number | null;
};

export type TimelineItem = {
  /** ISO 8601, UTC, with milliseconds. */
  readonly at: string;
  readonly atMs: AtMs;
  readonly sinceStartMs: number;
  readonly what: EventKind;
  /** One plain sentence; without digits that the caller pressed. */
  readonly text: string;
  readonly agentId?: AgentId;
  readonly queueId?: QueueId;
  readonly flowId?: FlowId;
  readonly stepId?: StepId;
  readonly offerId?: OfferId;
  /** How many keys were pressed. */
  readonly digits?: number;
  /** How long the line is that was written. */
  readonly characters?: number;
};

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Draft = Writable<Omit<ContactSummary, 'queues' | 'lines'>> & {
  queues: Writable<QueueStay>[];
  lines: Writable<ContactSummary['lines']>;
};

/**
 * Tells the story of one contact from all that the journal has about it, in order. Names come from the site; an agent
 * or a queue that the site no longer has is called by its id.
 */
export function contactStory(contactId: ContactId, entries: readonly JournalEntry[], site: Site): ContactStory {
  const startMs = entries[0]?.event.atMs ?? 0;
  const tell = narrator(site);
  const draft = emptySummary(contactId);
  const timeline: TimelineItem[] = [];
  for (const { event } of entries) {
    note(draft, event);
    const { atMs } = event;
    const ids = 'offerId' in event ? { offerId: event.offerId } : {};
    timeline.push({
      at: isoOf(atMs),
      atMs,
      sinceStartMs: atMs - startMs,
      what: event.kind,
      text: tell(event),
      ...('agentId' in event && { agentId: event.agentId }),
      ...('queueId' in event && event.queueId !== null && { queueId: event.queueId }),
      ...('flowId' in event && { flowId: event.flowId }),
      ...('stepId' in event && { stepId: event.stepId }),
      ...ids,
      ...(event.kind === 'digit.received' && { digits: event.digit.length }),
      ...((event.kind === 'message.received' || event.kind === 'message.sent') && { characters: event.text.length }),
    });
  }
  return { summary: summed(draft), timeline };
}

function emptySummary(id: ContactId): Draft {
  return {
    id,
    channel: null,
    from: null,
    to: null,
    arrivedAtMs: null,
    answeredAtMs: null,
    endedAtMs: null,
    endedBy: null,
    cause: null,
    flow: null,
    queues: [],
    waitedMs: 0,
    talkMs: 0,
    lines: { received: 0, sent: 0 },
    durations: { beforeAnswerMs: null, totalMs: null },
  };
}

/** Takes over what one event says about the contact as a whole. */
function note(draft: Draft, event: JournalEntry['event']): void {
  const stay = draft.queues.at(-1);
  switch (event.kind) {
    case 'contact.arrived':
      Object.assign(draft, { channel: event.channel, from: event.from, to: event.to, arrivedAtMs: event.atMs });
      return;
    case 'contact.placed':
      // From is whom it is with, as for a contact that came by itself.
      Object.assign(draft, { channel: event.channel, from: event.to, to: event.from, arrivedAtMs: event.atMs });
      return;
    case 'contact.answered':
      draft.answeredAtMs ??= event.atMs;
      return;
    case 'contact.ended':
      Object.assign(draft, { endedAtMs: event.atMs, endedBy: event.endedBy, cause: event.cause });
      return;
    case 'flow.started':
      draft.flow ??= event.flowId;
      return;
    case 'contact.queued':
      // Absent in journals of the first release, where every contact was a call.
      draft.channel ??= event.channel ?? 'voice';
      draft.queues.push({
        queue: event.queueId,
        queuedAtMs: event.atMs,
        waitedMs: null,
        outcome: null,
        agent: null,
        talkMs: null,
      });
      return;
    case 'contact.dequeued':
      if (stay) Object.assign(stay, { waitedMs: event.waitedMs, outcome: event.reason });
      return;
    case 'contact.connected':
      if (stay) stay.agent = event.agentId;
      return;
    case 'contact.requeued':
      if (stay) Object.assign(stay, { waitedMs: null, outcome: null, agent: null });
      return;
    case 'message.received':
      draft.lines.received += 1;
      return;
    case 'message.sent':
      draft.lines.sent += 1;
      return;
    case 'contact.handled':
      if (stay) stay.talkMs = event.talkMs;
      return;
  }
}

function summed(draft: Draft): ContactSummary {
  const { arrivedAtMs, answeredAtMs, endedAtMs, queues } = draft;
  const between = (from: AtMs | null, to: AtMs | null) => (from === null || to === null ? null : to - from);
  return {
    ...draft,
    waitedMs: queues.reduce((sum, stay) => sum + (stay.waitedMs ?? 0), 0),
    talkMs: queues.reduce((sum, stay) => sum + (stay.talkMs ?? 0), 0),
    durations: { beforeAnswerMs: between(arrivedAtMs, answeredAtMs), totalMs: between(arrivedAtMs, endedAtMs) },
  };
}
