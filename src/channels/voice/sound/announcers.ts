import type { ContactId, PromptId } from '../../../model/ids.ts';
import type { DoorHost } from '../../channel.ts';
import { type Announcement, type AnnouncementParts, announce } from './announcement.ts';
import { type Announcer, openAnnouncer } from './announcer.ts';
import type { SoundDesk } from './desk.ts';
import { SoundError } from './sound-error.ts';

/** Each has a socket, and a channel in Asterisk. */
const ANNOUNCERS_MAX = 500;
/** How long one is kept for the next prompt of its call. */
const KEEP_MS = 15_000;
/** Prompts that may wait for their turn in one call. */
const WAITING_MAX = 20;

type Speaking = {
  readonly legChannelId: string;
  readonly announcement: Announcement;
};

type Kept = { readonly opening: Promise<Announcer>; keeping?: NodeJS.Timeout };

/** What is spoken to whom, and by which channel. */
export class Announcers {
  readonly #desk: SoundDesk;
  readonly #host: DoorHost;
  readonly #makeRoom: (legChannelId: string) => void;
  readonly #speaking = new Map<PromptId, Speaking>();
  /** By the channel of the leg. */
  readonly #kept = new Map<string, Kept>();

  /** @param makeRoom ends music and playbacks on a leg */
  constructor(desk: SoundDesk, host: DoorHost, makeRoom: (legChannelId: string) => void) {
    this.#desk = desk;
    this.#host = host;
    this.#makeRoom = makeRoom;
  }

  get size(): number {
    return this.#kept.size;
  }

  /** A prompt is spoken when those before it in the same call have ended, as playbacks are. */
  speak(contactId: ContactId, promptId: PromptId, legChannelId: string, sound: AsyncIterable<Int16Array>): void {
    if (this.#speaking.has(promptId)) return;
    const before = this.#on(legChannelId);
    const parts: AnnouncementParts = {
      sound,
      legChannelId,
      announcer: async () => {
        if (before.length >= WAITING_MAX) throw new SoundError('sound.too_many');
        await before.at(-1)?.announcement.result;
        return this.#announcer(legChannelId);
      },
      makeRoom: () => this.#makeRoom(legChannelId),
      now: this.#desk.now,
    };
    const announcement = announce(parts);
    this.#speaking.set(promptId, { legChannelId, announcement });
    void announcement.result.then((result) => {
      this.#speaking.delete(promptId);
      if (this.#on(legChannelId).length === 0) this.#keep(legChannelId);
      if (result === 'dropped') return;
      this.#host.take({ kind: 'prompt.finished', atMs: this.#host.now(), contactId, promptId, result });
    });
  }

  /** False where it is not spoken by us. */
  stop(promptId: PromptId): boolean {
    const speaking = this.#speaking.get(promptId);
    speaking?.announcement.end('done');
    return speaking !== undefined;
  }

  /** Ends what is spoken to a leg that is to hear something else. */
  silence(legChannelId: string): void {
    for (const { announcement } of this.#on(legChannelId)) announcement.end('done');
  }

  legEnded(legChannelId: string): void {
    for (const { announcement } of this.#on(legChannelId)) announcement.end('dropped');
    this.#close(legChannelId);
  }

  endAll(): void {
    for (const { announcement } of this.#speaking.values()) announcement.end('dropped');
    for (const legChannelId of [...this.#kept.keys()]) this.#close(legChannelId);
  }

  #announcer(legChannelId: string): Promise<Announcer> {
    const kept = this.#kept.get(legChannelId) ?? this.#open(legChannelId);
    clearTimeout(kept.keeping);
    return kept.opening;
  }

  #open(legChannelId: string): Kept {
    if (this.#kept.size >= ANNOUNCERS_MAX) throw new SoundError('sound.too_many');
    const kept: Kept = { opening: openAnnouncer(this.#desk, legChannelId) };
    this.#kept.set(legChannelId, kept);
    const forget = (): void => {
      clearTimeout(kept.keeping);
      if (this.#kept.get(legChannelId) === kept) this.#kept.delete(legChannelId);
    };
    kept.opening.then((announcer) => announcer.over.then(forget), forget);
    return kept;
  }

  #keep(legChannelId: string): void {
    const kept = this.#kept.get(legChannelId);
    if (!kept) return;
    clearTimeout(kept.keeping);
    kept.keeping = setTimeout(() => this.#close(legChannelId), KEEP_MS);
    kept.keeping.unref();
  }

  #close(legChannelId: string): void {
    this.#kept.get(legChannelId)?.opening.then(
      (announcer) => announcer.close(),
      () => undefined,
    );
  }

  #on(legChannelId: string): Speaking[] {
    if (this.#speaking.size === 0) return [];
    return [...this.#speaking.values()].filter((one) => one.legChannelId === legChannelId);
  }
}
