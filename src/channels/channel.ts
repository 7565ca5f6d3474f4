import type { DoorName } from '../model/channel.ts';
import type { Command } from '../model/command.ts';
import type { DoorEvent, PhoneState } from '../model/event.ts';
import type { AgentId, AtMs, ContactId, LegId, OfferId } from '../model/ids.ts';
import type { Site } from '../model/site.ts';
import type { Transcript } from '../model/transcript.ts';

/**
 * A door to the outside world: it turns what happened there into events and carries out commands.
 * It keeps ids and handles only; what a contact is about is the hall's to know.
 */
export type Door = {
  readonly name: DoorName;
  /** Opens the door and keeps it open: reconnects by itself without end and says so by events. */
  open(): Promise<void>;
  /** Carries out one command. Commands about one contact are carried out in the order given. Never rejects: what went wrong comes back as an event. */
  perform(command: Command): void;
  /** Set where contacts live on another machine, which may know better than we do what became of them. */
  readonly far?: FarSide;
  health(): DoorHealth;
  /** Lets go of the connection; contacts stay where they are. May be called twice. */
  close(): Promise<void>;
};

/** The machine behind a door, such as Asterisk behind the telephone. */
export type FarSide = {
  /** Makes agents' addresses known (phones and their passwords) and watches their state. Harmless when repeated. */
  equip(site: Site): Promise<void>;
  /** What exists on the other side right now, for comparing with what we believe. */
  inventory(): Promise<Inventory>;
  /** Removes legs and bridges that belong to nobody. */
  remove(orphans: readonly Orphan[]): void;
};

/** What a door needs from the hall. */
export type DoorHost = {
  /** Takes an event, in the order in which things happened. */
  take(event: DoorEvent): Taken;
  now(): AtMs;
};

/**
 * What became of an event: `kept`, it stands in the journal and would outlive a crash; `held`, it waits its turn;
 * `lost`, it could not be written down.
 */
export type Taken = 'kept' | 'held' | 'lost';

/** What a door needs besides, where the customer reads and writes. */
export type TextHost = DoorHost & {
  /** What there is of a contact; undefined: nothing is known of it (any more). */
  written(contactId: ContactId): Written | undefined;
  /** The contacts of this door that are not over. */
  openContacts(): ContactId[];
  /** Something that lasts for a moment only and is never written down. */
  signal(signal: Signal): void;
};

export type Written = {
  readonly transcript: Transcript;
  readonly status: ContactStatus;
  agentName(agentId: AgentId): string;
};

/** Where a contact stands, as its customer sees it. */
export type ContactStatus =
  | { readonly status: 'flow' | 'ended' }
  /** `position` counts from 1. */
  | { readonly status: 'waiting'; readonly position: number }
  | { readonly status: 'talking'; readonly agent: string };

export type Signal =
  | { readonly what: 'typing'; readonly contactId: ContactId }
  /** The customer has all lines up to this one. */
  | { readonly what: 'seen'; readonly contactId: ContactId; readonly seq: number };

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
