import type { LegPurpose } from '../../model/call/leg.ts';
import type { AgentId, ContactId, LegId, OfferId } from '../../model/ids.ts';

/** One leg of a call that this door knows of: ids and what Asterisk said about it, nothing of what the call is about. */
export type Leg = CallerLeg | AgentLeg | DialledLeg;

type AnyLeg = {
  readonly legId: LegId;
  readonly contactId: ContactId;
  /** Asterisk's id of it: the leg's own, until another channel takes its place (a pickup, an attended transfer). */
  channelId: string;
  up: boolean;
  /** Q.850 cause of the hang-up request, when one was seen. */
  cause?: number;
  /** True once its end was asked for, by its party or by us. */
  hungUp?: boolean;
  /** False: the phone has not put us on hold; absent: it may have, in a life of this program before this one. */
  held?: boolean;
};

/** A customer who came by itself. */
export type CallerLeg = AnyLeg & {
  readonly role: 'caller';
  /** True once this program asked for the end of the leg. */
  endedByUs: boolean;
  /** The codecs of its pictures; absent or empty: it has none. */
  readonly pictures?: readonly string[];
};

export type AgentLeg = AnyLeg & {
  readonly role: 'agent';
  readonly legId: OfferId;
  readonly agentId: AgentId;
  /** True where it is the agent's persistent line, which outlives the offer. */
  readonly onLine?: boolean;
  /** True once the phone rang. */
  rang: boolean;
};

/** A leg that was asked for by `dial`. */
export type DialledLeg = AnyLeg & {
  readonly role: 'asked';
  readonly purpose: LegPurpose;
  /** Set where it is an agent's phone. */
  readonly agentId?: AgentId;
  rang: boolean;
  /** True while it is found out who answered: until then it does not count as answered. */
  judged?: boolean;
  /** True once a machine has beeped: it records what is said. */
  recordsUs?: boolean;
};

/** The legs by our id and by Asterisk's, and how many of them each agent's phone has. */
export class Legs {
  readonly #legs = new Map<LegId, Leg>();
  readonly #byChannel = new Map<string, Leg>();
  /** The customers of contacts that we placed; others' legs bear the contact's id. */
  readonly #placed = new Map<ContactId, Leg>();
  readonly #byAgent = new Map<AgentId, number>();
  readonly #asked = new Set<LegId>();

  get(legId: LegId): Leg | undefined {
    return this.#legs.get(legId);
  }

  ofChannel(channelId: string): Leg | undefined {
    return this.#byChannel.get(channelId);
  }

  caller(legId: LegId): CallerLeg | undefined {
    const leg = this.#legs.get(legId);
    return leg?.role === 'caller' ? leg : undefined;
  }

  agent(legId: LegId): AgentLeg | undefined {
    const leg = this.#legs.get(legId);
    return leg?.role === 'agent' ? leg : undefined;
  }

  /** The customer's leg, whether the customer called or was called. */
  customer(contactId: ContactId): CallerLeg | DialledLeg | undefined {
    const leg = this.#legs.get(contactId) ?? this.#placed.get(contactId);
    return leg?.role === 'agent' ? undefined : leg;
  }

  /** The leg that a command names; a customer's may be named by the contact. */
  named(name: LegId | ContactId): Leg | undefined {
    return this.#legs.get(name) ?? this.#placed.get(name);
  }

  /** The channel of a leg that a command names. One that is not known may be there all the same: its id is its name then. */
  channel(name: LegId | ContactId): string {
    return this.named(name)?.channelId ?? name;
  }

  add(leg: Leg): void {
    if (this.#legs.has(leg.legId)) return;
    this.#legs.set(leg.legId, leg);
    this.#byChannel.set(leg.channelId, leg);
    if (isCustomer(leg)) this.#placed.set(leg.contactId, leg);
    const agentId = agentOf(leg);
    if (agentId !== undefined) this.#byAgent.set(agentId, this.ofAgent(agentId) + 1);
  }

  remove(legId: LegId): Leg | undefined {
    const leg = this.#legs.get(legId);
    if (!leg) return undefined;
    this.#legs.delete(legId);
    this.#byChannel.delete(leg.channelId);
    // By then the next trunk may have been tried for the same customer.
    if (this.#placed.get(leg.contactId) === leg) this.#placed.delete(leg.contactId);
    const agentId = agentOf(leg);
    if (agentId !== undefined) {
      const left = this.ofAgent(agentId) - 1;
      if (left > 0) this.#byAgent.set(agentId, left);
      else this.#byAgent.delete(agentId);
    }
    return leg;
  }

  /** Asterisk was asked for the leg; until it has answered, no listing needs to show it. */
  asked(legId: LegId, request: Promise<unknown>): void {
    this.#asked.add(legId);
    const answered = (): void => void this.#asked.delete(legId);
    request.then(answered, answered);
  }

  /** The legs of which Asterisk has not said yet whether there will be one. */
  unanswered(): LegId[] {
    return [...this.#asked];
  }

  /** Another channel took the leg's place. */
  replace(leg: Leg, channelId: string): void {
    this.#byChannel.delete(leg.channelId);
    leg.channelId = channelId;
    this.#byChannel.set(channelId, leg);
  }

  /** How many legs we ourselves have to the agent's phone. */
  ofAgent(agentId: AgentId): number {
    return this.#byAgent.get(agentId) ?? 0;
  }

  ids(): IterableIterator<LegId> {
    return this.#legs.keys();
  }
}

/** True where keys and prompts are the contact's own. */
export function isCustomer(leg: Leg): boolean {
  return leg.role === 'caller' || (leg.role === 'asked' && leg.purpose === 'contact');
}

function agentOf(leg: Leg): AgentId | undefined {
  return leg.role === 'caller' ? undefined : leg.agentId;
}
