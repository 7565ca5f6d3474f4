import { apply } from '../../acd/apply.ts';
import { overflows, staffOf } from '../../acd/conditions.ts';
import { setItemMoment, watchQueue } from '../../acd/moments.ts';
import { catchUp, endHold, relax } from '../../acd/relaxation.ts';
import { chooseAgent } from '../../acd/routing/choose-agent.ts';
import { chooseItem } from '../../acd/routing/choose-item.ts';
import { inOrder, lengthOf } from '../../acd/routing/class.ts';
import { isFor } from '../../acd/routing/overflow-for.ts';
import { queueOf } from '../../acd/routing/tables.ts';
import type { AcdState, Item } from '../../acd/state.ts';
import type { Event, EventOf, JournalEntry } from '../../model/event.ts';
import type { AgentId, AtMs, ContactId, QueueId } from '../../model/ids.ts';
import type { OverflowCondition, OverflowRule, OverflowTarget } from '../../model/queue.ts';
import type { Site } from '../../model/site.ts';
import { targetWords } from '../decisions/decisions.ts';
import { duration } from '../decisions/explain-duration.ts';
import { fromSnapshot, toSnapshot } from '../snapshot.ts';
import type { State } from '../state.ts';
import { offerInstead } from './dry-run-offer.ts';
import { type DryRunReport, newTally } from './dry-run-report.ts';
import { waitingSummaries } from './dry-run-waiting.ts';

/** A difference in time below this is a late timer, or the second between two looks at a queue, and no other decision. */
const SOONER_MS_MIN = 2000;

export type DryRun = {
  /** Takes the entries of the journal after the state at the start, in order. */
  take(entry: JournalEntry): void;
  report(): DryRunReport;
};

/**
 * Puts another site against what really happened: the events are folded twice, once as they were and once with the other site
 * in service all the time, and before each real decision the second state is asked what it would have been there. History
 * goes on as it was after each question, so every change is told by itself and what would have followed from it is not.
 * Pure: changes nothing but its own two states. `start` is taken over.
 */
export function createDryRun(start: State, site: Site, startMs: AtMs): DryRun {
  const before = start.acd;
  const after = fromSnapshot(JSON.parse(JSON.stringify(toSnapshot(start, startMs)))).acd;
  apply(after, { kind: 'flows.loaded', atMs: startMs, flows: { version: '', site, flows: {}, tables: {} } });
  return new TwoSites(before, after);
}

/** What the other site would have done with a contact at a moment when nothing was really done. */
type Instead = { readonly atMs: AtMs; readonly agentId?: AgentId; readonly target?: OverflowTarget };

class TwoSites implements DryRun {
  readonly #before: AcdState;
  readonly #after: AcdState;
  readonly #tally = newTally();
  readonly #instead = new Map<ContactId, Instead>();
  /** What the present moment may have made possible. */
  readonly #contacts = new Set<ContactId>();
  readonly #agents = new Set<AgentId>();
  /** Contacts that came and would be sent on at once, if that is still so when the moment is over: many may come in one. */
  readonly #leaving = new Set<ContactId>();
  /** How many contacts came to each queue in the present moment. */
  readonly #came = new Map<QueueId, number>();
  /** Contacts for which a phone has just ceased to ring. */
  readonly #back = new Set<ContactId>();
  #fromMs: AtMs | null = null;
  #nowMs: AtMs = 0;
  #events = 0;

  constructor(before: AcdState, after: AcdState) {
    this.#before = before;
    this.#after = after;
  }

  take({ event }: JournalEntry): void {
    if (event.atMs > this.#nowMs) {
      this.#endMoment();
      this.#nowMs = event.atMs;
      this.#comeDue(event.atMs);
    }
    this.#fromMs ??= event.atMs;
    this.#events += 1;
    if (event.kind === 'offer.made') this.#offered(event);
    if (event.kind === 'contact.dequeued') this.#left(event);
    apply(this.#before, event);
    if (event.kind === 'contact.relaxed') this.#relax(event.contactId);
    else if (event.kind !== 'flows.loaded') apply(this.#after, event);
    if (event.kind === 'contact.queued') this.#arrived(event.contactId);
    this.#touch(event);
  }

  report(): DryRunReport {
    this.#endMoment();
    const queues = this.#tally.summaries();
    const [known, wanted] = [this.#before.site.agents, this.#after.site.agents];
    return {
      fromMs: this.#fromMs,
      toMs: this.#fromMs === null ? null : this.#nowMs,
      events: this.#events,
      decisions: queues.reduce((sum, { decisions }) => sum + decisions, 0),
      changed: queues.reduce((sum, { changes }) => sum + Object.values(changes).reduce((a, b) => a + b, 0), 0),
      queues,
      changes: this.#tally.changes,
      waiting: waitingSummaries(this.#before, this.#after),
      agentsAdded: Object.keys(wanted).filter((id) => !known[id]),
      agentsRemoved: Object.keys(known).filter((id) => !wanted[id]),
    };
  }

  /** A real offer: the same one, at the same moment? */
  #offered(event: EventOf<'offer.made'>): void {
    const { atMs, contactId } = event;
    const first = this.#before.items.get(contactId)?.offers.length === 0;
    const instead = this.#instead.get(contactId);
    this.#instead.delete(contactId);
    if (first) this.#tally.decided(event.queueId);
    if (instead && atMs - instead.atMs >= SOONER_MS_MIN) return this.#told(instead, event, atMs);
    const item = this.#after.items.get(contactId);
    // What became due while a phone rang comes first, as with the dispatcher.
    if (item?.stage === 'waiting' && this.#back.has(contactId)) catchUp(this.#after, item, atMs, this.#emit);
    if (item && item.queuedAtMs === atMs && first) {
      const target = this.#targetOf(item, atMs, true, ({ closed, unstaffed }) => Boolean(closed || unstaffed));
      if (target) return this.#told({ atMs, target }, event, atMs);
    }
    const change = offerInstead(this.#before, this.#after, event);
    if (change) this.#tally.changed({ atMs, queueId: event.queueId, contactId, ...change });
  }

  /** A contact left its queue: for the same reason, and to the same place? */
  #left(event: EventOf<'contact.dequeued'>): void {
    const { atMs, contactId, queueId, overflow } = event;
    const instead = this.#instead.get(contactId);
    this.#instead.delete(contactId);
    const item = this.#after.items.get(contactId);
    const earlier = instead !== undefined && atMs - instead.atMs >= SOONER_MS_MIN;
    if (overflow || earlier) this.#tally.decided(queueId);
    if (earlier) return this.#told(instead, event, atMs);
    if (!overflow) return;
    const change = (kind: 'not_sent_on' | 'other_target', text: string): void =>
      this.#tally.changed({ atMs, queueId, contactId, kind, text });
    const target = item && this.#targetOf(item, atMs, item.queuedAtMs === atMs);
    const was = `${contactId} was sent on to ${targetWords(overflow.target)}`;
    if (!target) return change('not_sent_on', `${was}; it would stay in the queue ${queueId}.`);
    if (JSON.stringify(target) === JSON.stringify(overflow.target)) return;
    change('other_target', `${was}; it would go to ${targetWords(target)}.`);
  }

  #told(instead: Instead, { contactId, queueId }: { contactId: ContactId; queueId: QueueId }, atMs: AtMs): void {
    const lead = duration(atMs - instead.atMs);
    const { target, agentId } = instead;
    const sooner = atMs > instead.atMs ? ` ${lead} before anything was really done` : '';
    const [kind, text] = target
      ? (['sent_on', `${contactId} would have been sent on to ${targetWords(target)}${sooner}.`] as const)
      : (['sooner', `${contactId} would have been offered to ${this.#name(agentId ?? '')}${sooner}.`] as const);
    this.#tally.changed({ atMs: instead.atMs, queueId, contactId, kind, text });
  }

  #name(agentId: AgentId): string {
    return this.#after.site.agents[agentId]?.name ?? agentId;
  }

  readonly #emit = (decision: Event): void => apply(this.#after, decision);

  /** The other site's own steps, in the place of the real ones. */
  #relax(contactId: ContactId): void {
    const item = this.#after.items.get(contactId);
    if (!item || item.stage === 'talking') return;
    if (item.stage === 'waiting') catchUp(this.#after, item, this.#nowMs, this.#emit);
    else relax(this.#after, item, this.#nowMs, this.#emit);
    this.#contacts.add(contactId);
  }

  #arrived(contactId: ContactId): void {
    const item = this.#after.items.get(contactId);
    if (item?.stage !== 'waiting') return;
    this.#came.set(item.queueId, (this.#came.get(item.queueId) ?? 0) + 1);
    if (item.hold.length > 0 && staffOf(this.#after, item) === 0) return endHold(item, this.#nowMs, this.#emit);
    if (chooseAgent(this.#after, item, this.#nowMs).length > 0) return;
    if (this.#targetOf(item, this.#nowMs, true)) this.#leaving.add(contactId);
  }

  /** What falls due for waiting contacts under the other site before a moment; everything else really happened or did not. */
  #comeDue(atMs: AtMs): void {
    const { deadlines } = this.#after;
    for (let due = deadlines.takeDue(atMs - 1); due; due = deadlines.takeDue(atMs - 1)) {
      if (due.kind === 'item') this.#itemDue(this.#after.items.get(due.id), due.atMs);
      if (due.kind !== 'queue' || lengthOf(this.#after, due.id) === 0) continue;
      for (const item of inOrder(this.#after, due.id)) {
        // Where everybody rings, those for whom it rings stand in line too.
        if (item.stage === 'offered') relax(this.#after, item, due.atMs, this.#emit);
        else this.#itemDue(item, due.atMs);
      }
      watchQueue(this.#after, due.id, due.atMs);
    }
  }

  #itemDue(item: Item | undefined, atMs: AtMs): void {
    if (item?.stage !== 'waiting') return;
    if (item.holdUntilMs !== null && item.holdUntilMs <= atMs) endHold(item, atMs, this.#emit);
    relax(this.#after, item, atMs, this.#emit);
    if (!this.#noteOffer(item, atMs)) this.#noteTarget(item, atMs, false);
    // Due but once: what really became of it is told by the journal.
    if ((this.#after.deadlines.momentOf(item.due) ?? atMs + 1) <= atMs) {
      item.overdue = true;
      setItemMoment(this.#after, item);
      if ((this.#after.deadlines.momentOf(item.due) ?? atMs + 1) <= atMs) {
        this.#after.deadlines.stop(item.due);
      }
    }
  }

  #noteOffer(item: Item, atMs: AtMs): boolean {
    const best = chooseAgent(this.#after, item, atMs)[0];
    if (best && !this.#instead.has(item.contactId)) this.#instead.set(item.contactId, { atMs, agentId: best.agent.id });
    return best !== undefined;
  }

  #noteTarget(item: Item, atMs: AtMs, comes: boolean): void {
    // How long the queue was for each of several who came in one moment, the journal does not say.
    const several = (this.#came.get(item.queueId) ?? 0) > 1;
    const target = this.#targetOf(item, atMs, comes, ({ longerThan }) => longerThan === undefined || !several);
    if (target && !this.#instead.has(item.contactId)) this.#instead.set(item.contactId, { atMs, target });
  }

  #targetOf(
    item: Item,
    atMs: AtMs,
    comes: boolean,
    which: (when: OverflowCondition) => boolean = () => true,
  ): OverflowTarget | undefined {
    const rules = queueOf(this.#after, item.queueId)?.overflow ?? [];
    const fits = (one: OverflowRule): boolean => isFor(item.channel, one) && which(one.when);
    return rules.find((one) => fits(one) && overflows(this.#after, item, one.when, atMs, comes))?.target;
  }

  /** Whom the event may have made free, or what may have come to wait. */
  #touch(event: Event): void {
    if ('agentId' in event && typeof event.agentId === 'string') this.#agents.add(event.agentId);
    if (event.kind === 'contact.queued' || event.kind === 'contact.hold_ended') this.#contacts.add(event.contactId);
    if (event.kind !== 'offer.expired' && event.kind !== 'offer.withdrawn' && event.kind !== 'contact.requeued') return;
    const contactId = /^(.+)\.o\d+-/.exec(event.offerId)?.[1];
    if (contactId === undefined) return;
    this.#contacts.add(contactId);
    if (event.kind !== 'contact.requeued') this.#back.add(contactId);
  }

  /** Everything that can be matched is matched at the end of a moment; what the other site would match besides is noted. */
  #endMoment(): void {
    for (const contactId of this.#contacts) {
      const item = this.#after.items.get(contactId);
      if (item?.stage !== 'waiting') continue;
      if (this.#back.has(contactId)) catchUp(this.#after, item, this.#nowMs, this.#emit);
      this.#noteOffer(item, this.#nowMs);
    }
    for (const agentId of this.#agents) {
      const agent = this.#after.agents.get(agentId);
      const head = agent ? chooseItem(this.#after, agent, this.#nowMs).heads[0] : undefined;
      if (head?.item.stage !== 'waiting' || this.#instead.has(head.item.contactId)) continue;
      this.#instead.set(head.item.contactId, { atMs: this.#nowMs, agentId });
    }
    for (const contactId of this.#leaving) {
      const item = this.#after.items.get(contactId);
      if (item?.stage === 'waiting') this.#noteTarget(item, this.#nowMs, true);
    }
    this.#leaving.clear();
    this.#came.clear();
    this.#contacts.clear();
    this.#agents.clear();
    this.#back.clear();
  }
}
