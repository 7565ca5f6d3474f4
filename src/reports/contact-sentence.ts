import { TEXT_CHANNELS } from '../model/channel.ts';
import type { Event, EventKind, EventOf } from '../model/event.ts';
import type { AgentId, AtMs, ContactId, LegId, OfferId, QueueId } from '../model/ids.ts';
import type { Site } from '../model/site.ts';
import { AGENT } from './sentences/agent.ts';
import { CALL_CONTROL } from './sentences/call-control.ts';
import { CONTACT } from './sentences/contact.ts';
import { FLOW } from './sentences/flow.ts';
import { LEG } from './sentences/leg.ts';
import { OFFER, QUIET_OFFER } from './sentences/offer.ts';
import { ORDER } from './sentences/order.ts';
import { RECORDING } from './sentences/recording.ts';
import { type About, type Sentences, targetName } from './sentences/sentence.ts';
import { SITE } from './sentences/site.ts';
import { SPEECH } from './sentences/speech.ts';

/** A plain sentence for every kind of event there is; the compiler tells of one that has none. */
export const SENTENCES: Sentences<EventKind> = {
  ...CONTACT,
  ...OFFER,
  ...FLOW,
  ...AGENT,
  ...LEG,
  ...CALL_CONTROL,
  ...RECORDING,
  ...ORDER,
  ...SITE,
  ...SPEECH,
};
const IN_WRITING: Sentences<EventKind> = { ...SENTENCES, ...QUIET_OFFER };

type Offered = { readonly agentId: AgentId; sinceMs: AtMs };

/** Gives one plain sentence for each event of one contact, taken in order. */
export function narrator(site: Site): (event: Event) => string {
  const offers = new Map<OfferId, Offered>();
  const legs = new Map<LegId, string>();
  let contactId: ContactId = '';
  let written = false;
  const agent = (id: AgentId): string => site.agents[id]?.name ?? id;
  const queue = (id: QueueId): string => site.queues[id]?.name ?? ownQueueName(site, id) ?? id;
  const offered = (id: OfferId): string => {
    const offer = offers.get(id);
    return offer ? agent(offer.agentId) : 'The agent';
  };
  const leg = (id: LegId): string => {
    if (id === contactId) return 'the caller';
    return legs.get(id) ?? (offers.has(id) ? offered(id) : 'somebody');
  };
  return (event) => {
    if (event.kind === 'contact.arrived' || event.kind === 'contact.placed') contactId = event.contactId;
    if (event.kind === 'contact.arrived') written = TEXT_CHANNELS.has(event.channel);
    if (event.kind === 'leg.asked') legs.set(event.legId, legName(event, { agent, queue }));
    if (event.kind === 'watch.started') legs.set(event.legId, agent(event.agentId));
    if (event.kind === 'offer.made') offers.set(event.offerId, { agentId: event.agentId, sinceMs: event.atMs });
    if (event.kind === 'talk.handed_over') offers.set(event.offerId, { agentId: event.agentId, sinceMs: event.atMs });
    const offer = 'offerId' in event && event.offerId !== undefined ? offers.get(event.offerId) : undefined;
    if (event.kind === 'offer.rang' && offer) offer.sinceMs = event.atMs;
    const openMs = offer ? event.atMs - offer.sinceMs : undefined;
    return told(event, { agent, queue, offered, leg, openMs, written });
  };
}

function told(event: Event, about: About): string {
  const sentences = about.written ? IN_WRITING : SENTENCES;
  const tell = sentences[event.kind] as (event: Event, about: About) => string;
  const sentence = tell(event, about);
  // Where the customer writes there is neither a caller nor a call.
  return about.written && Object.hasOwn(CONTACT, event.kind) ? inChatWords(sentence) : sentence;
}

/** The words of a call as they are for a chat. */
function inChatWords(sentence: string): string {
  return sentence.replace(/\bcaller\b/g, 'customer').replace(/\bcall\b/g, 'chat');
}

function legName({ purpose, target }: EventOf<'leg.asked'>, names: Pick<About, 'agent' | 'queue'>): string {
  return purpose === 'contact' ? 'the customer' : targetName(target, names);
}

/** The queue of one agent alone is called by the agent. */
function ownQueueName(site: Site, queueId: QueueId): string | undefined {
  const agent = queueId.startsWith('@') ? site.agents[queueId.slice(1)] : undefined;
  return agent && `${agent.name}'s own queue`;
}
