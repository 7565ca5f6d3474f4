import type { AtMs, ContactId } from '../../model/ids.ts';
import type { Connection } from './connection.ts';
import type { ChatLimits } from './limits.ts';
import { type Rate, rate } from './rate.ts';

/** One contact of this door that is not over: its connections, and how much came of it lately. */
export type Guest = {
  readonly contactId: ContactId;
  readonly connections: Set<Connection>;
  readonly messages: Rate;
  /** Since when nobody is connected; null: somebody is. */
  awaySinceMs: AtMs | null;
  typedAtMs: AtMs;
  seenSeq: number;
};

/** The guests by contact, and how many connections there are from each address. */
export class Guests {
  readonly #guests = new Map<ContactId, Guest>();
  readonly #byAddress = new Map<string, number>();
  readonly #limits: ChatLimits;
  #connections = 0;

  constructor(limits: ChatLimits) {
    this.#limits = limits;
  }

  get connections(): number {
    return this.#connections;
  }

  ofAddress(address: string): number {
    return this.#byAddress.get(address) ?? 0;
  }

  get(contactId: ContactId): Guest | undefined {
    return this.#guests.get(contactId);
  }

  all(): IterableIterator<Guest> {
    return this.#guests.values();
  }

  /** The guest of a contact, who is made where there is none yet. */
  of(contactId: ContactId, nowMs: AtMs): Guest {
    const known = this.#guests.get(contactId);
    if (known) return known;
    const guest: Guest = {
      contactId,
      connections: new Set(),
      messages: rate(this.#limits.messages, this.#limits.messagesMs),
      awaySinceMs: nowMs,
      typedAtMs: 0,
      seenSeq: 0,
    };
    this.#guests.set(contactId, guest);
    return guest;
  }

  forget(contactId: ContactId): void {
    this.#guests.delete(contactId);
  }

  connected(address: string): void {
    this.#connections += 1;
    this.#byAddress.set(address, this.ofAddress(address) + 1);
  }

  disconnected(address: string): void {
    this.#connections -= 1;
    const left = this.ofAddress(address) - 1;
    if (left > 0) this.#byAddress.set(address, left);
    else this.#byAddress.delete(address);
  }
}
