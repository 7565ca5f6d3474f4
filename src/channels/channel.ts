import type { Command } from '../model/command.ts';
import type { DoorEvent, PhoneState } from '../model/event.ts';
import type { AgentId, AtMs, ContactId, LegId, OfferId } from '../model/ids.ts';
import type { Site } from '../model/site.ts';

/**
 * A door to the outside world: it turns what happened there into events and carries out commands.
 * It keeps ids and handles only; what a contact is about is the hall's to know.
 */
export type Door = {
  readonly name: 'voice';
  /** Opens the door and keeps it open: reconnects by itself without end and says so by events. */
  open(): Promise<void>;
  /** Carries out one command. Commands about one contact are carried out in the order given. Never rejects: what went wrong comes back as an event. */
  perform(command: Command): void;
  /** Makes agents' addresses known (phones and their passwords) and watches their state. Harmless when repeated. */
  equip(site: Site): Promise<void>;
  /** What exists on the other side right now, for comparing with what we believe. */
  inventory(): Promise<Inventory>;
  /** Removes legs and bridges that belong to nobody. */
  remove(orphans: readonly Orphan[]): void;
  health(): DoorHealth;
  /** Lets go of the connection; contacts stay where they are. May be called twice. */
  close(): Promise<void>;
};

/** What a door needs from the hall. */
export type DoorHost = {
  /** Takes an event, in the order in which things happened. */
  take(event: DoorEvent): void;
  now(): AtMs;
};

export type Inventory = {
  /** When the list was asked for: what the door learnt later is newer than the list. */
  readonly askedAtMs: AtMs;
  readonly contacts: readonly {
    contactId: ContactId;
    legId: LegId;
    up: boolean;
    from: string;
    to: string;
    sinceMs: AtMs;
    fromAgentId?: AgentId;
  }[];
  readonly offers: readonly { offerId: OfferId; agentId: AgentId; up: boolean }[];
  /** Talks: which contact and which offer's leg are joined. */
  readonly talks: readonly { contactId: ContactId; legIds: readonly LegId[] }[];
  readonly phones: readonly { agentId: AgentId; phone: PhoneState }[];
};

export type Orphan = { readonly leg: LegId } | { readonly talk: ContactId };

export type DoorHealth = { readonly up: boolean; readonly detail: string; readonly sinceMs: AtMs };
