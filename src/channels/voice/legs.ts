import type { AgentId, ContactId, LegId, OfferId } from '../../model/ids.ts';

/** One leg of a call that this door knows of: ids and what Asterisk said about it, nothing of what the call is about. */
export type Leg = CallerLeg | AgentLeg;

export type CallerLeg = {
  readonly role: 'caller';
  readonly legId: LegId;
  readonly contactId: ContactId;
  up: boolean;
  /** Q.850 cause of the hang-up request, when one was seen. */
  cause?: number;
  /** True once this program asked for the end of the leg. */
  endedByUs: boolean;
};

export type AgentLeg = {
  readonly role: 'agent';
  readonly legId: OfferId;
  readonly agentId: AgentId;
  /** True once the phone rang, and once it was answered and is in Stasis. */
  rang: boolean;
  up: boolean;
  cause?: number;
};

/** The legs by id, and how many of them each agent's phone has. */
export class Legs {
  readonly #legs = new Map<LegId, Leg>();
  readonly #byAgent = new Map<AgentId, number>();

  caller(legId: LegId): CallerLeg | undefined {
    const leg = this.#legs.get(legId);
    return leg?.role === 'caller' ? leg : undefined;
  }

  agent(legId: LegId): AgentLeg | undefined {
    const leg = this.#legs.get(legId);
    return leg?.role === 'agent' ? leg : undefined;
  }

  get(legId: LegId): Leg | undefined {
    return this.#legs.get(legId);
  }

  add(leg: Leg): void {
    if (this.#legs.has(leg.legId)) return;
    this.#legs.set(leg.legId, leg);
    if (leg.role === 'agent') this.#byAgent.set(leg.agentId, this.ofAgent(leg.agentId) + 1);
  }

  remove(legId: LegId): Leg | undefined {
    const leg = this.#legs.get(legId);
    if (!leg) return undefined;
    this.#legs.delete(legId);
    if (leg.role === 'agent') {
      const left = this.ofAgent(leg.agentId) - 1;
      if (left > 0) this.#byAgent.set(leg.agentId, left);
      else this.#byAgent.delete(leg.agentId);
    }
    return leg;
  }

  /** How many legs we ourselves have to the agent's phone. */
  ofAgent(agentId: AgentId): number {
    return this.#byAgent.get(agentId) ?? 0;
  }

  ids(): IterableIterator<LegId> {
    return this.#legs.keys();
  }
}
