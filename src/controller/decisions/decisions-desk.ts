import { apply as applyAcd } from '../../acd/apply.ts';
import { type AcdState, emptyAcd } from '../../acd/state.ts';
import { whyNot } from '../../acd/why-not.ts';
import type { Journal } from '../../journal/journal.ts';
import type { EventKind, EventOf, JournalEntry } from '../../model/event.ts';
import { failed, ok, type Result } from '../../model/failure.ts';
import type { AgentId, AtMs, ContactId } from '../../model/ids.ts';
import type { Site } from '../../model/site.ts';
import { NO_SITE } from '../no-site.ts';
import { fromSnapshot, SNAPSHOT_FORMAT } from '../snapshot.ts';
import { type Decision, decisionsIn } from './decisions.ts';
import { whyNotSentence } from './explain-why-not.ts';

/** Most events that are read again to learn the state at a decision: some seconds beside the calls. */
export const DECISION_EVENTS_MAX = 500_000;
/** Most offers to an agent that are told, the newest. */
export const AGENT_OFFERS_MAX = 100;
/** Most decisions past an agent that are told, the newest. */
export const PASSED_OVER_MAX = 20;

/** What was decided for one agent, and past him. */
export type AgentDecisions = {
  /** Offers to the agent, the oldest first, at most AGENT_OFFERS_MAX. */
  readonly offered: readonly Decision[];
  /** Offers to others from the queues that the agent serves now, with why he was not chosen, at most PASSED_OVER_MAX. */
  readonly passedOver: readonly Decision[];
};

export type DecisionsDesk = {
  ofContact(contactId: ContactId, agentId?: AgentId): Promise<Result<readonly Decision[]>>;
  ofAgent(agentId: AgentId, fromMs: AtMs): Promise<Result<AgentDecisions>>;
};

/** Answers questions about decisions from the journal. One question at a time is worked out again: calls come first. */
export function createDecisionsDesk(
  journal: Pick<Journal, 'ofContact' | 'between' | 'replay' | 'snapshotBefore'>,
  site: () => Site,
  now: () => AtMs,
): DecisionsDesk {
  const nameOf = (agentId: AgentId): string => site().agents[agentId]?.name ?? agentId;
  let underWay = false;

  async function withReasons(decisions: readonly Decision[], agentId: AgentId): Promise<Result<readonly Decision[]>> {
    if (underWay) return failed('decision.busy', 'Another decision is being worked out again. Try again in a moment.');
    underWay = true;
    try {
      return await askAgain(journal, decisions, agentId, nameOf);
    } finally {
      underWay = false;
    }
  }

  return {
    ofContact: (contactId, agentId) =>
      fromJournal(async () => {
        const entries = await journal.ofContact(contactId);
        if (entries.length === 0) {
          return failed('contact.unknown', 'There is no contact with this id.', { contactId });
        }
        const decisions = decisionsIn(entries, nameOf);
        return agentId === undefined ? ok(decisions) : withReasons(decisions, agentId);
      }),
    ofAgent: (agentId, fromMs) =>
      fromJournal(async () => {
        const about = site().agents[agentId];
        if (!about) return failed('agent.unknown', 'There is no agent with this id.', { agentId });
        const recent = recentOffers(agentId, new Set(Object.keys(about.queues)));
        await journal.between(fromMs, now() + 1, OFFER_KINDS, recent.take);
        const passedOver = await withReasons(decisionsIn(recent.passedOver(), nameOf), agentId);
        if (!passedOver.ok) return passedOver;
        return ok({ offered: decisionsIn(recent.offered(), nameOf), passedOver: passedOver.value });
      }),
  };
}

/** A question to the journal. Failure: `journal.unavailable`, when it cannot be read. */
export async function fromJournal<T>(read: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await read();
  } catch (error) {
    if (!String((error as { code?: unknown }).code).startsWith('journal.')) throw error;
    return failed('journal.unavailable', 'The database does not answer. Try again in a moment.');
  }
}

const OFFER_KINDS: readonly EventKind[] = [
  'offer.made',
  'offer.answered',
  'offer.failed',
  'offer.expired',
  'offer.withdrawn',
];

/** Keeps the newest offers to an agent and past him, each with what came of it. */
function recentOffers(agentId: AgentId, queues: ReadonlySet<string>) {
  const own = newest(AGENT_OFFERS_MAX);
  const others = newest(PASSED_OVER_MAX);
  return {
    take(entry: JournalEntry): void {
      const { event } = entry;
      if (event.kind !== 'offer.made') {
        own.add(entry);
        others.add(entry);
      } else if (event.agentId === agentId) own.begin(event.offerId, entry);
      else if (queues.has(event.queueId)) others.begin(event.offerId, entry);
    },
    offered: own.entries,
    passedOver: others.entries,
  };
}

/** The newest so many offers with their further events. */
function newest(offersMax: number) {
  const kept = new Map<string, JournalEntry[]>();
  return {
    begin(offerId: string, entry: JournalEntry): void {
      const oldest = kept.size >= offersMax ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
      kept.set(offerId, [entry]);
    },
    add(entry: JournalEntry): void {
      if ('offerId' in entry.event && entry.event.offerId !== undefined) kept.get(entry.event.offerId)?.push(entry);
    },
    entries: (): JournalEntry[] => [...kept.values()].flat(),
  };
}

/** Works out for each offer among the decisions why the agent was not chosen, in the state just before it. */
async function askAgain(
  journal: Pick<Journal, 'replay' | 'snapshotBefore'>,
  decisions: readonly Decision[],
  agentId: AgentId,
  nameOf: (agentId: AgentId) => string,
): Promise<Result<readonly Decision[]>> {
  const offers = decisions.filter(({ what }) => what === 'offered');
  const [first, last] = [offers[0], offers.at(-1)];
  if (!first || !last) return ok(decisions);
  const snapshot = await journal.snapshotBefore(first.seq, SNAPSHOT_FORMAT);
  const fromSeq = snapshot?.seq ?? 0;
  if (last.seq - fromSeq > DECISION_EVENTS_MAX) {
    const message = `The state then cannot be worked out again: it is ${last.seq - fromSeq} events after the last one that was kept.`;
    return failed('decision.too_far', message, { events: last.seq - fromSeq, eventsMax: DECISION_EVENTS_MAX });
  }
  const acd = snapshot ? fromSnapshot(snapshot).acd : emptyAcd(NO_SITE);
  const wanted = new Set(offers.map(({ seq }) => seq));
  const reasons = new Map<number, { because: string; text: string }>();
  await journal.replay(
    fromSeq,
    ({ seq, event }) => {
      if (wanted.has(seq) && event.kind === 'offer.made') reasons.set(seq, reasonFor(acd, event, agentId, nameOf));
      applyAcd(acd, event);
    },
    last.seq,
  );
  return ok(decisions.map((one) => withReason(one, reasons.get(one.seq))));
}

function reasonFor(acd: AcdState, offer: EventOf<'offer.made'>, agentId: AgentId, nameOf: (id: AgentId) => string) {
  const why = whyNot(acd, offer, agentId);
  const text = whyNotSentence(why, { agentId, winnerId: offer.agentId, atMs: offer.atMs, nameOf });
  return { because: why.because, text };
}

function withReason(decision: Decision, reason: { because: string; text: string } | undefined): Decision {
  return decision.offer && reason ? { ...decision, offer: { ...decision.offer, notChosen: reason } } : decision;
}
