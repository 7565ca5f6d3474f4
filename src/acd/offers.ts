import type { Emit, EventOf, WithdrawReason } from '../model/event.ts';
import type { Explanation } from '../model/explanation.ts';
import type { AtMs } from '../model/ids.ts';
import { whyAgent, whyItem } from './explanation.ts';
import { catchUp } from './relaxation.ts';
import { allCandidates, chooseAgent } from './routing/choose-agent.ts';
import { allHeads, chooseItem, isBefore } from './routing/choose-item.ts';
import { scoreOf } from './routing/order.ts';
import { queueOf } from './routing/tables.ts';
import type { AcdState, AgentRecord, Item, Offer } from './state.ts';

type LeaveReason = EventOf<'contact.dequeued'>['reason'];

/** Most phones that ring for one contact at once. */
export const RING_MAX = 200;

/**
 * Offers an item that just came (back) to the agent who should have it, if one is free. Where several items became free to be
 * taken in one moment, that agent may have something more urgent to do; then the next agent is looked for.
 * True when somebody is asked.
 */
export function offerItem(state: AcdState, item: Item | undefined, atMs: AtMs, emit: Emit): boolean {
  if (!item || item.stage === 'talking') return false;
  const everybody = queueOf(state, item.queueId)?.strategy === 'ring_all';
  if (item.stage === 'offered' && !everybody) return false;
  if (everybody) return ringAll(state, item, atMs, emit);
  for (;;) {
    const candidates = chooseAgent(state, item, atMs);
    const agent = candidates[0]?.agent;
    if (!agent) return false;
    const chosen = chooseItem(state, agent, atMs);
    const head: Item = chosen.heads[0]?.item ?? item;
    if (head === item) {
      makeOffer(state, item, agent, whyAgent(state, item, candidates), atMs, emit);
      return true;
    }
    makeOffer(state, head, agent, whyItem(chosen), atMs, emit);
  }
}

function ringAll(state: AcdState, item: Item, atMs: AtMs, emit: Emit): boolean {
  const candidates = allCandidates(state, item, atMs).slice(0, Math.max(0, RING_MAX - item.offers.length));
  for (const [at, { agent }] of candidates.entries()) {
    if (chooseItem(state, agent, atMs).heads[0]?.item !== item) offerAgent(state, agent, atMs, emit);
    else makeOffer(state, item, agent, whyAgent(state, item, candidates.slice(at, at + 3)), atMs, emit);
  }
  return item.offers.length > 0;
}

/** Asks one more agent while others ring. */
export function ringNext(state: AcdState, item: Item, atMs: AtMs, emit: Emit): boolean {
  if (item.offers.length >= RING_MAX) return false;
  const candidates = chooseAgent(state, item, atMs);
  if (candidates.length === 0) return false;
  makeOffer(state, item, candidates[0]!.agent, whyAgent(state, item, candidates), atMs, emit);
  return true;
}

/**
 * Offers to an agent what is next. While there is room for more, the next one goes to whoever should have it, who may be
 * another agent that became free in the same moment.
 */
export function offerAgent(state: AcdState, agent: AgentRecord | undefined, atMs: AtMs, emit: Emit): void {
  for (let given = 0; agent; given++) {
    const chosen = chooseItem(state, agent, atMs);
    const head = chosen.heads[0];
    if (!head) return;
    if (given === 0 || !offerItem(state, head.item, atMs, emit)) {
      makeOffer(state, head.item, agent, whyItem(chosen), atMs, emit);
    }
  }
}

/** Everything that can be matched is matched, the most urgent item first: after a start or a change of the configuration. */
export function settle(state: AcdState, atMs: AtMs, emit: Emit): void {
  const lines = allHeads(state, atMs);
  const manyRing = lines.some(({ one }) => queueOf(state, one.queueId)?.strategy === 'ring_all');
  while (lines.length > 0) {
    let best = 0;
    for (let at = 1; at < lines.length; at++) if (isBefore(lines[at]!.head, lines[best]!.head)) best = at;
    const { one, head } = lines[best]!;
    const offered = offerItem(state, head.item, atMs, emit);
    const next = one.line.first();
    if (!offered || !next || next === head.item) lines.splice(best, 1);
    else lines[best] = { one, head: { item: next, score: scoreOf(next.key, one.lifo, one.objectiveMs, atMs) } };
  }
  // Where everybody rings, whoever has room left joins in for those further back in line.
  if (!manyRing) return;
  const agents = state.index.slots.toSorted((a, b) => a.idleOrder - b.idleOrder);
  for (const agent of agents) offerAgent(state, agent, atMs, emit);
}

function makeOffer(state: AcdState, item: Item, agent: AgentRecord, why: Explanation, atMs: AtMs, emit: Emit): void {
  const queue = queueOf(state, item.queueId);
  if (!queue) return;
  const dialMs = state.unreached.has(item.contactId) ? (item.dialFirstMs ?? 0) : 0;
  emit({
    kind: 'offer.made',
    atMs,
    // The count makes it new for a contact that is queued again, the time for a journal that was lost.
    offerId: `${item.contactId}.o${state.offerCount + 1}-${atMs.toString(36)}`,
    contactId: item.contactId,
    agentId: agent.id,
    queueId: item.queueId,
    deadlineMs: atMs + dialMs + (item.answerWithinMs ?? queue.answerWithinMs),
    why,
  });
}

/** Takes an open offer back; both sides may be matched again at once. */
export function withdraw(state: AcdState, offer: Offer, reason: WithdrawReason, atMs: AtMs, emit: Emit): void {
  emit({ kind: 'offer.withdrawn', atMs, offerId: offer.id, reason });
  afterOffer(state, offer, atMs, emit);
}

/** After an offer came to nothing both sides may be matched again; what became due while it rang comes first. */
export function afterOffer(state: AcdState, offer: Offer, atMs: AtMs, emit: Emit): void {
  const item = state.items.get(offer.contactId);
  if (item?.stage === 'waiting') catchUp(state, item, atMs, emit);
  offerItem(state, state.items.get(offer.contactId), atMs, emit);
  offerAgent(state, state.agents.get(offer.agentId), atMs, emit);
}

/** Takes an item out of its queue; agents whose phones still ring for it are let go. */
export function leaveQueue(
  state: AcdState,
  item: Item,
  reason: LeaveReason,
  atMs: AtMs,
  emit: Emit,
  overflow?: EventOf<'contact.dequeued'>['overflow'],
): void {
  leaveTogether(state, [item], reason, atMs, emit, overflow);
}

/** Agents who become free by it are asked when all are out: before, they would be given somebody who is about to leave. */
export function leaveTogether(
  state: AcdState,
  items: readonly Item[],
  reason: LeaveReason,
  atMs: AtMs,
  emit: Emit,
  overflow?: EventOf<'contact.dequeued'>['overflow'],
): void {
  const open = reason === 'answered' ? [] : items;
  const offers = open.flatMap((item) => item.offers.flatMap((id) => state.offers.get(id) ?? []));
  const to = overflow ? { overflow } : {};
  for (const { contactId, queueId, queuedAtMs } of items) {
    const waitedMs = atMs - queuedAtMs;
    emit({ kind: 'contact.dequeued', atMs, contactId, queueId, queuedAtMs, waitedMs, reason, ...to });
  }
  const gone = reason === 'abandoned' || reason === 'lost' || reason === 'unreached';
  const why = gone ? 'customer_gone' : 'queue_timeout';
  for (const offer of offers) emit({ kind: 'offer.withdrawn', atMs, offerId: offer.id, reason: why });
  for (const offer of offers) offerAgent(state, state.agents.get(offer.agentId), atMs, emit);
}
