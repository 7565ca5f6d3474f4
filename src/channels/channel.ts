import type { Readable } from 'node:stream';
import type { Place } from '../model/call/call-command.ts';
import type { LegPurpose } from '../model/call/leg.ts';
import type { DoorName } from '../model/channel.ts';
import type { Command } from '../model/command.ts';
import type { DoorEvent, PhoneState } from '../model/event.ts';
import type { AgentId, AtMs, ContactId, LegId, OfferId, PromptId, RecordingId } from '../model/ids.ts';
import type { Site } from '../model/site.ts';
import type { Speaker } from '../model/speech/transcription.ts';
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
  /**
   * Makes known what the site has: agents' addresses (phones and their passwords), trunks, music; and watches their state.
   * `version` is that of the flows, whose files the music is made of. Harmless when repeated.
   */
  equip(site: Site, version: string): Promise<void>;
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
  | { readonly what: 'seen'; readonly contactId: ContactId; readonly seq: number }
  /** What somebody in a call is saying, as far as it is understood. Private, and it may still change. */
  | {
      readonly what: 'partial_transcript';
      readonly contactId: ContactId;
      readonly speaker: Speaker;
      readonly text: string;
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
  /** What there is of calls of more than two; absent: the door knows no such. */
  readonly calls?: CallInventory;
};

/** The rest of what exists on the other side. Legs are named as commands name them: a customer's by its contact. */
export type CallInventory = {
  /** Legs that were asked for by `dial`; `up`: answered. */
  readonly legs: readonly { legId: LegId; contactId: ContactId; purpose: LegPurpose; up: boolean }[];
  /** Talks, asides and conferences, also those with nobody in them. A conference is no contact's own. */
  readonly places: readonly { place: Place; contactId: ContactId | null; legIds: readonly LegId[] }[];
  /** Agents' persistent lines; `up`: answered. */
  readonly lines: readonly { agentId: AgentId; up: boolean }[];
  /** Supervisors' legs that hear an agent's. The mode is not to be seen from here: `watch` sets it again. */
  readonly watches: readonly { legId: LegId; targetLegId: LegId }[];
  /** Recordings that run, and files of such as have ended without anybody having been told or having fetched them. */
  readonly recordings: readonly {
    recordingId: RecordingId;
    contactId: ContactId;
    running: boolean;
    files: readonly string[];
  }[];
};

/** Something that belongs to nobody. A recording is stopped and its files are deleted. */
export type Orphan =
  | { readonly leg: LegId }
  | { readonly talk: ContactId }
  | { readonly place: Place; readonly contactId: ContactId | null }
  | { readonly watch: LegId }
  | { readonly recording: RecordingId };

/** The sounds that the machine behind a door recorded and holds until they are fetched. All reject with an error that has a `code`. */
export type RecordedSound = {
  /** A file as it comes (WAV, 16 bit, 8 kHz, one channel) and its length. The stream is to be read to its end or destroyed. */
  storedFile(name: string): Promise<{ readonly bytes: number; readonly stream: Readable }>;
  /** Rejects with `ari.not_found` when there is none (any more). */
  deleteStored(name: string): Promise<void>;
  /** The names of all that is stored; of a recording that runs, too. */
  listStored(): Promise<readonly string[]>;
};

/**
 * What one party of a call says, as it is said: 8 kHz, 16 bit, frames of 20 ms (160 samples) in the pace of time. Our own prompts
 * and the other parties are not in it.
 */
export type Tap = {
  /** The function that is returned ends it. The frame belongs to the listener from then on. */
  onFrame(listener: (frame: Int16Array) => void): () => void;
  /** Resolves when no frame will come any more: the leg has ended, or the tap was closed. */
  readonly over: Promise<void>;
  close(): void;
};

/** The living sound of calls. */
export type CallSound = {
  /**
   * Listens to a leg, named as commands name it (a customer's by the contact). Taps of one leg share one socket, which is kept for a
   * while after the last one. Rejects with an error that has a `code` when it cannot be.
   */
  tap(contactId: ContactId, legId: LegId): Promise<Tap>;
  /**
   * Speaks to the customer what comes, 8 kHz 16 bit in pieces of any size, as the prompt of this id: `prompt.finished` comes as for
   * a file, and `stop_prompt` ends it within a frame or two. It is asked for no faster than some seconds ahead.
   */
  speak(contactId: ContactId, promptId: PromptId, sound: AsyncIterable<Int16Array>): void;
};

export type DoorHealth = { readonly up: boolean; readonly detail: string; readonly sinceMs: AtMs };
