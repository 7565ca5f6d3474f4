import { allCandidates, chooseAgent } from '../../acd/routing/choose-agent.ts';
import { chooseItem } from '../../acd/routing/choose-item.ts';
import { queueOf } from '../../acd/routing/tables.ts';
import type { AcdState, Item } from '../../acd/state.ts';
import { whyNot } from '../../acd/why-not.ts';
import type { EventOf } from '../../model/event.ts';
import type { AgentId } from '../../model/ids.ts';
import { whyNotSentence } from '../decisions/explain-why-not.ts';
import type { Change } from './dry-run-report.ts';

type OfferMade = EventOf<'offer.made'>;
type OfferChange = Pick<Change, 'kind' | 'text'>;

/** What another state would have done instead of a real offer, asked in the same way; undefined: just the same. */
export function offerInstead(before: AcdState, after: AcdState, event: OfferMade): OfferChange | undefined {
  const item = after.items.get(event.contactId);
  const name = (id: AgentId): string => (after.site.agents[id] ?? before.site.agents[id])?.name ?? id;
  const was = `${event.contactId} was offered to ${name(event.agentId)}`;
  if (!item) return { kind: 'no_offer', text: `${was}; it would not be in this queue.` };
  if (!queueOf(after, item.queueId)) return { kind: 'no_offer', text: `${was}; the queue ${item.queueId} is gone.` };
  const found = event.why?.by === 'contact' ? forAgent(after, item, event) : forContact(after, item, event);
  if (found === 'same') return undefined;
  const because = (winnerId: AgentId): string => {
    const offer: OfferMade = { ...event, agentId: winnerId, why: { by: 'agent', w: 0, r: [], k: item.step } };
    const why = whyNot(after, offer, event.agentId);
    // Without a winner there is nobody to compare with.
    if (winnerId === '' && (why.because === 'later' || why.because === 'behind')) return '';
    return ` ${whyNotSentence(why, { agentId: event.agentId, winnerId, atMs: event.atMs, nameOf: name })}`;
  };
  if (found === null) {
    return { kind: 'no_offer', text: `${was}; it would not be offered to anybody then.${because('')}` };
  }
  if ('contactId' in found) {
    return { kind: 'other_contact', text: `${was}, who would get ${found.contactId} before it.` };
  }
  const other = name(found.agentId);
  return { kind: 'other_agent', text: `${was}; it would be offered to ${other}.${because(found.agentId)}` };
}

type Found = 'same' | null | { readonly agentId: AgentId } | { readonly contactId: string };

/** An agent became free: which contact? */
function forAgent(after: AcdState, item: Item, { agentId, contactId, atMs }: OfferMade): Found {
  const agent = after.agents.get(agentId);
  const head = agent && chooseItem(after, agent, atMs).heads[0];
  if (!head) {
    const best = chooseAgent(after, item, atMs)[0];
    return best ? { agentId: best.agent.id } : null;
  }
  return head.item.contactId === contactId ? 'same' : { contactId: head.item.contactId };
}

/** A contact came: which agent? Where several phones ring, one of them is enough. */
function forContact(after: AcdState, item: Item, { agentId, atMs }: OfferMade): Found {
  const strategy = queueOf(after, item.queueId)?.strategy;
  if (strategy === 'ring_all') {
    const all = allCandidates(after, item, atMs);
    if (all.some(({ agent }) => agent.id === agentId)) return 'same';
    return all[0] ? { agentId: all[0].agent.id } : item.offers.length > 0 ? 'same' : null;
  }
  // Another phone of a contact that rings already, which this strategy would not ring: the first one was asked about.
  if (item.stage === 'offered' && strategy !== 'ring_progressively') return 'same';
  const best = chooseAgent(after, item, atMs)[0];
  if (!best) return null;
  return best.agent.id === agentId ? 'same' : { agentId: best.agent.id };
}
