import type { EventOf } from '../model/event.ts';
import { countBusy } from './apply-agent.ts';
import { queueOf, refresh } from './routing/tables.ts';
import type { AcdState, Item, Work } from './state.ts';

/**
 * The talk is another agent's from now on: one who was consulted, whose offer there is already, or a supervisor, who was
 * offered nothing. The agent before keeps the old offer until the end of that part is told by `contact.handled`.
 */
export function handedOver(state: AcdState, event: EventOf<'talk.handed_over'>): void {
  const { contactId, fromOfferId, offerId, agentId, queueId, consultId, atMs } = event;
  const item = state.items.get(contactId);
  const agent = state.agents.get(agentId);
  if (item?.stage !== 'talking' || !item.offers.includes(fromOfferId) || !agent) return;
  const madeAtMs = state.offers.get(offerId)?.madeAtMs ?? atMs;
  const moved: Item = { ...item, queueId, offers: [offerId] };
  state.items.set(contactId, moved);
  if (consultId !== undefined) state.items.delete(consultId);
  state.deadlines.clear('offer', offerId);
  const offer = { id: offerId, contactId, agentId, queueId, deadlineMs: atMs, madeAtMs };
  state.offers.set(offerId, { ...offer, answeredAtMs: atMs, handsOn: false });
  // What the agent was asked becomes what the agent has in hand, in the same place of the list.
  const at = agent.work.findIndex((one) => one.offerId === offerId);
  if (at < 0) agent.work.push(workOf(moved, offerId, atMs));
  else agent.work[at] = workOf(moved, offerId, atMs);
  countBusy(agent, atMs);
  agent.stateSinceMs = atMs;
  refresh(state, agent);
}

function workOf(item: Item, offerId: string, sinceMs: number): Work {
  const { contactId, queueId, channel, label } = item;
  const stage = 'talking';
  return { offerId, contactId, queueId, channel, label, headStartMs: 0, stage, sinceMs, untilMs: null, extensions: 0 };
}

/** The agent's leg may be gone before the dispatcher has ended the talk: that is no end of the contact. */
export function handsOn(state: AcdState, { offerId, contactId }: EventOf<'contact.transferred'>): void {
  const offer = state.offers.get(offerId);
  if (offer?.answeredAtMs != null && offer.contactId === contactId) offer.handsOn = true;
}

/** The customer is on the line, and only now the phone of the agent rings, for as long as the queue allows. */
export function rungFromNow(state: AcdState, { contactId, atMs }: EventOf<'contact.answered'>): void {
  const item = state.items.get(contactId);
  if (item?.stage !== 'offered' || item.dialFirstMs === null) return;
  const ringMs = item.answerWithinMs ?? queueOf(state, item.queueId)?.answerWithinMs ?? 0;
  for (const id of item.offers) {
    const offer = state.offers.get(id);
    if (!offer) continue;
    offer.deadlineMs = atMs + ringMs;
    state.deadlines.set('offer', id, offer.deadlineMs);
  }
}
