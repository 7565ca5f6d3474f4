import { Deadlines } from '../model/deadlines.ts';
import type { PhoneState } from '../model/event.ts';
import type { AgentId, AtMs, ContactId, OfferId, QueueId } from '../model/ids.ts';
import type { Site } from '../model/site.ts';

/**
 * What the dispatcher knows. An agent and an item exist once each, never once per queue.
 *
 *            queued                offer.made               offer.answered
 *   (flow) ─────────► waiting ────────────────► offered ────────────────► talking ──► (gone, or flow again)
 *                        ▲   expired, failed,      │          requeued        │
 *                        └──── withdrawn ──────────┴──────────────────────────┘
 */
export type AcdState = {
  site: Site;
  readonly agents: Map<AgentId, AgentRecord>;
  readonly items: Map<ContactId, Item>;
  readonly offers: Map<OfferId, Offer>;
  /** Waiting contacts of each queue, the next to be served first. Offered ones are not in here but keep their key. */
  readonly waiting: Map<QueueId, ContactId[]>;
  readonly deadlines: Deadlines;
  /** False while the door is lost: nobody can be rung then, and nobody can be blamed for not answering. */
  doorOpen: boolean;
  /** Counts up with each agent who becomes free: the order of idleness when two became free in the same ms. */
  idleCount: number;
};

export type AgentRecord = {
  readonly id: AgentId;
  loggedIn: boolean;
  pause: { reason: string } | null;
  phone: PhoneState;
  offerId: OfferId | null;
  /** True once the offer was answered. */
  talking: boolean;
  wrapUpUntilMs: AtMs | null;
  restUntilMs: AtMs | null;
  /** Since when, and as which, the agent is without work; longest idle is served first. */
  idleSinceMs: AtMs;
  idleOrder: number;
  /** When the agent's state last changed in a way that people see. */
  stateSinceMs: AtMs;
};

export type Item = {
  readonly contactId: ContactId;
  readonly queueId: QueueId;
  readonly priority: number;
  readonly skills: readonly string[];
  readonly virtualStartMs: AtMs;
  readonly queuedAtMs: AtMs;
  readonly giveUpAtMs: AtMs | null;
  stage: 'waiting' | 'offered' | 'talking';
  offerId: OfferId | null;
  /** Counts the offers made for this contact; part of the next offer's id. */
  offerCount: number;
};

export type Offer = {
  readonly id: OfferId;
  readonly contactId: ContactId;
  readonly agentId: AgentId;
  readonly queueId: QueueId;
  readonly deadlineMs: AtMs;
  readonly madeAtMs: AtMs;
  answeredAtMs: AtMs | null;
};

export function emptyAcd(site: Site): AcdState {
  const state: AcdState = {
    site,
    agents: new Map(),
    items: new Map(),
    offers: new Map(),
    waiting: new Map(),
    deadlines: new Deadlines(),
    doorOpen: false,
    idleCount: 0,
  };
  adoptSite(state, site, 0);
  return state;
}

/** Takes a new site into service: agents that are new start logged out; those that are gone stay while they are busy. */
export function adoptSite(state: AcdState, site: Site, atMs: AtMs): void {
  state.site = site;
  for (const id of Object.keys(site.agents)) {
    if (!state.agents.has(id)) state.agents.set(id, newAgent(id, atMs));
  }
  for (const [id, agent] of state.agents) {
    if (!site.agents[id] && agent.offerId === null) state.agents.delete(id);
  }
  for (const id of Object.keys(site.queues)) {
    if (!state.waiting.has(id)) state.waiting.set(id, []);
  }
}

function newAgent(id: AgentId, atMs: AtMs): AgentRecord {
  return {
    id,
    loggedIn: false,
    pause: null,
    phone: 'unreachable',
    offerId: null,
    talking: false,
    wrapUpUntilMs: null,
    restUntilMs: null,
    idleSinceMs: atMs,
    idleOrder: 0,
    stateSinceMs: atMs,
  };
}
