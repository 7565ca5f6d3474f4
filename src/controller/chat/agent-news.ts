import type { Signal } from '../../channels/channel.ts';
import type { Event } from '../../model/event.ts';
import type { AgentId, ContactId, OfferId } from '../../model/ids.ts';
import { agentView } from '../agent-view.ts';
import type { Follower, LiveHall } from '../hall.ts';
import type { AgentNews } from './conversations.ts';
import { lineView, offerView, talkOf, talkView } from './talk-view.ts';

type Listener = (news: AgentNews) => void;

/** Turns what happens in the hall into what each agent wants to know of it. */
export class AgentNewsTeller implements Follower {
  readonly #hall: LiveHall;
  readonly #listeners = new Map<AgentId, Set<Listener>>();
  /** Whose an offer is, until the talk that came of it is over. */
  readonly #offers = new Map<OfferId, AgentId>();
  /** The newest line that the agent who talks to a contact was told. */
  readonly #told = new Map<ContactId, number>();
  /** Each agent as told last. */
  readonly #shown = new Map<AgentId, string>();

  constructor(hall: LiveHall) {
    this.#hall = hall;
    const { acd, transcripts } = hall.state;
    for (const offer of acd.offers.values()) {
      this.#offers.set(offer.id, offer.agentId);
      if (offer.answeredAtMs !== null) this.#told.set(offer.contactId, transcripts.get(offer.contactId)?.seq ?? 0);
    }
  }

  follow(agentId: AgentId, listener: Listener): () => void {
    const listeners = this.#listeners.get(agentId) ?? new Set();
    this.#listeners.set(agentId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0 || this.#listeners.get(agentId) !== listeners) return;
      this.#listeners.delete(agentId);
      this.#shown.delete(agentId);
    };
  }

  batch(batch: readonly Event[]): void {
    const concerned = new Set<AgentId>();
    for (const event of batch) {
      const agentId = this.#agentOf(event);
      if (agentId !== undefined) {
        concerned.add(agentId);
        this.#tellOf(agentId, event);
      }
      if ('contactId' in event && event.contactId !== undefined) this.#tellLines(event.contactId);
    }
    for (const agentId of concerned) this.#tellAgent(agentId);
  }

  signal({ contactId, ...signal }: Signal): void {
    // What is said in a call is for those who follow its transcript.
    if (signal.what === 'partial_transcript') return;
    const offer = talkOf(this.#hall.state, contactId);
    if (!offer) return;
    const news =
      signal.what === 'typing' ? { type: signal.what, contactId } : { type: signal.what, contactId, seq: signal.seq };
    this.#tell(offer.agentId, news);
  }

  #agentOf(event: Event): AgentId | undefined {
    if ('agentId' in event) return event.agentId;
    return 'offerId' in event && event.offerId !== undefined ? this.#offers.get(event.offerId) : undefined;
  }

  #tellOf(agentId: AgentId, event: Event): void {
    const { state } = this.#hall;
    switch (event.kind) {
      case 'offer.made': {
        this.#offers.set(event.offerId, agentId);
        const offer = state.acd.offers.get(event.offerId);
        if (offer) this.#tell(agentId, { type: 'offer', offer: offerView(state, offer, event.atMs) });
        return;
      }
      case 'offer.withdrawn':
      case 'offer.expired':
        this.#offers.delete(event.offerId);
        return this.#tell(agentId, {
          type: 'offer.withdrawn',
          offerId: event.offerId,
          reason: event.kind === 'offer.expired' ? 'expired' : event.reason,
        });
      case 'contact.connected':
      case 'talk.handed_over': {
        this.#offers.set(event.offerId, agentId);
        const offer = state.acd.offers.get(event.offerId);
        this.#told.set(event.contactId, state.transcripts.get(event.contactId)?.seq ?? 0);
        if (offer) this.#tell(agentId, { type: 'contact', contact: talkView(state, offer) });
        return;
      }
      case 'contact.handled':
      case 'contact.requeued':
        return this.#talkOver(agentId, event);
      default:
        return;
    }
  }

  #talkOver(agentId: AgentId, event: Extract<Event, { kind: 'contact.handled' | 'contact.requeued' }>): void {
    const { contactId, offerId } = event;
    this.#offers.delete(offerId);
    this.#told.delete(contactId);
    const endedBy = event.kind === 'contact.handled' ? event.endedBy : 'system';
    const more = event.kind === 'contact.handled' && event.transferred ? { transferred: event.transferred } : {};
    this.#tell(agentId, { type: 'contact.handled', contactId, endedBy, ...more });
  }

  /** Lines that came since the last one that the agent was told of. */
  #tellLines(contactId: ContactId): void {
    const told = this.#told.get(contactId);
    if (told === undefined) return;
    const { state } = this.#hall;
    const transcript = state.transcripts.get(contactId);
    const offer = talkOf(state, contactId);
    if (!transcript || !offer || transcript.seq <= told) return;
    this.#told.set(contactId, transcript.seq);
    for (const line of transcript.lines) {
      if (line.seq > told) this.#tell(offer.agentId, { type: 'message', contactId, line: lineView(state, line) });
    }
  }

  #tellAgent(agentId: AgentId): void {
    if (!this.#listeners.has(agentId)) return;
    const { state } = this.#hall;
    const agent = state.acd.agents.get(agentId);
    if (!agent) return;
    const view = agentView(state, agent, this.#hall.now());
    const shown = JSON.stringify(view);
    if (this.#shown.get(agentId) === shown) return;
    this.#shown.set(agentId, shown);
    this.#tell(agentId, { type: 'agent', agent: view });
  }

  #tell(agentId: AgentId, news: AgentNews): void {
    for (const listener of this.#listeners.get(agentId) ?? []) listener(news);
  }
}
