import type { Event, EventOf, JournalEntry } from '../../model/event.ts';
import type { RejectedBecause } from '../../model/explanation.ts';
import type { AgentId, AtMs, ContactId, OfferId, QueueId } from '../../model/ids.ts';
import type { OverflowTarget, StrategyName } from '../../model/queue.ts';
import { offerSentence, rejectedOf } from './explain.ts';
import { duration } from './explain-duration.ts';

/** What was decided about contacts, in order; offers carry their reasons, what lies between them is a sentence. */
export type Decision = {
  /** Place in the journal. */
  readonly seq: number;
  readonly atMs: AtMs;
  readonly contactId: ContactId;
  readonly what: 'queued' | 'relaxed' | 'hold_ended' | 'offered' | 'requeued' | 'left';
  readonly text: string;
  readonly offer?: OfferDecision;
};

export type OfferDecision = {
  readonly offerId: OfferId;
  readonly agentId: AgentId;
  readonly queueId: QueueId;
  /** What was free to choose: an agent for the contact, or a contact for the agent; null: the release kept no reasons. */
  readonly chosen: 'agent' | 'contact' | null;
  readonly strategy: StrategyName | null;
  /** Agents: the strategy's measure, smaller wins. Contacts: wait by objective, larger wins. */
  readonly score: number | null;
  readonly runnersUp: readonly { readonly id: string; readonly score: number }[];
  readonly relaxationStep: number;
  readonly rejected: readonly { readonly because: RejectedBecause; readonly agents: number }[];
  readonly outcome: OfferOutcome;
  readonly outcomeAtMs: AtMs | null;
  /** Why the agent who was asked about did not get it; only where one was asked about. */
  readonly notChosen?: { readonly because: string; readonly text: string };
};

/** `open`: it rings still. `withdrawn` also when the leg failed or another phone was answered first; the sentence says which. */
export type OfferOutcome = 'open' | 'answered' | 'expired' | 'withdrawn';

/** The decisions in a list of entries, which must hold the events of the offers too. Pure. */
export function decisionsIn(entries: readonly JournalEntry[], nameOf: (agentId: AgentId) => string): Decision[] {
  const outcomes = outcomesIn(entries);
  return entries.flatMap(({ seq, event }) => {
    if (event.kind === 'offer.made') return [offered(seq, event, outcomes.get(event.offerId), nameOf)];
    const text = between(event);
    if (!text) return [];
    const { contactId } = event as EventOf<'contact.queued'>;
    return [{ seq, atMs: event.atMs, contactId, what: text.what, text: text.text }];
  });
}

type Outcome = { readonly outcome: OfferOutcome; readonly atMs: AtMs | null; readonly words: string };
const OPEN: Outcome = { outcome: 'open', atMs: null, words: '' };

/** What came of each offer; the first of answered, expired and withdrawn counts. */
function outcomesIn(entries: readonly JournalEntry[]): Map<OfferId, Outcome> {
  const found = new Map<OfferId, Outcome>();
  const causes = new Map<OfferId, string>();
  for (const { event } of entries) {
    if (event.kind === 'offer.failed') causes.set(event.offerId, event.cause);
    const outcome = outcomeOf(event, causes);
    if (outcome && 'offerId' in event && !found.has(event.offerId)) found.set(event.offerId, outcome);
  }
  return found;
}

function outcomeOf(event: Event, causes: ReadonlyMap<OfferId, string>): Outcome | undefined {
  const { atMs } = event;
  switch (event.kind) {
    case 'offer.answered':
      return { outcome: 'answered', atMs, words: ' It was answered.' };
    case 'offer.expired':
      return { outcome: 'expired', atMs, words: ' It was not answered in time.' };
    case 'offer.withdrawn': {
      const cause = causes.get(event.offerId);
      const why = event.reason === 'leg_failed' && cause ? cause : event.reason;
      return { outcome: 'withdrawn', atMs, words: ` It was taken back (${why.replaceAll('_', ' ')}).` };
    }
    default:
      return undefined;
  }
}

function offered(
  seq: number,
  event: EventOf<'offer.made'>,
  outcome: Outcome = OPEN,
  nameOf: (agentId: AgentId) => string,
): Decision {
  const { atMs, contactId, offerId, agentId, queueId, why } = event;
  return {
    seq,
    atMs,
    contactId,
    what: 'offered',
    text: offerSentence(event, nameOf) + outcome.words,
    offer: {
      offerId,
      agentId,
      queueId,
      chosen: why?.by ?? null,
      strategy: why?.s ?? null,
      score: why?.w ?? null,
      runnersUp: (why?.r ?? []).map(([id, score]) => ({ id, score })),
      relaxationStep: why?.k ?? 0,
      rejected: rejectedOf(why?.x),
      outcome: outcome.outcome,
      outcomeAtMs: outcome.atMs,
    },
  };
}

function between(event: Event): { what: Decision['what']; text: string } | undefined {
  switch (event.kind) {
    case 'contact.queued':
      return { what: 'queued', text: `Put into the queue ${event.queueId} with priority ${event.priority}.` };
    case 'contact.relaxed':
      return { what: 'relaxed', text: `Asked for less from here on: relaxation step ${event.step}.` };
    case 'contact.hold_ended':
      return { what: 'hold_ended', text: 'Not kept for particular agents any more.' };
    case 'contact.requeued':
      return { what: 'requeued', text: 'The two could not be joined: back in the old place of the queue.' };
    case 'contact.dequeued': {
      const { queueId, waitedMs, reason, overflow } = event;
      const by = overflow ? `overflow rule ${overflow.rule + 1}, to ${targetWords(overflow.target)}` : reason;
      return { what: 'left', text: `Left the queue ${queueId} after ${duration(waitedMs)} (${by}).` };
    }
    default:
      return undefined;
  }
}

export function targetWords(target: OverflowTarget): string {
  switch (target.to) {
    case 'queue':
      return `queue ${target.queueId}`;
    case 'flow':
      return `flow ${target.flowId}`;
    case 'external':
      return 'an external number';
    default:
      return target.to;
  }
}
