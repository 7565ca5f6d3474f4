import type { ContactId, PromptId } from '../../model/ids.ts';
import { TONE_PLACES, toneName } from './names.ts';

type Playing = {
  readonly contactId: ContactId;
  readonly channelId: string;
  /** Asterisk's name of it. */
  readonly playbackId: string;
  /** True when it was asked to stop. */
  stopping: boolean;
};

/**
 * What is being played where. An end is told of the contact that asked; and a leg must be silent before it is joined with
 * others, for a playback that still runs keeps its channel busy, and Asterisk 22.10.1 lets every later request of the same
 * socket wait for its end (seen: with a tone, which has none, no caller was answered any more).
 */
export class Prompts {
  readonly #playing = new Map<PromptId, Playing>();
  /** Channels of a life before this one, by contact: each may hear a tone that nobody here knows of. */
  readonly #inherited = new Map<ContactId, string[]>();

  /**
   * Notes a prompt and gives Asterisk's name for it: the prompt's own, by which its end is understood in a later life of this
   * program, too; but a tone ends only by being stopped, which must be possible for a life that knows the channel alone.
   */
  started(promptId: PromptId, where: Pick<Playing, 'contactId' | 'channelId'>, isTone: boolean): string {
    const taken = new Set(this.#on(where.channelId).map(([, { playbackId }]) => playbackId));
    const tones = isTone ? toneNames(where.channelId) : [];
    const playbackId = tones.find((name) => !taken.has(name)) ?? promptId;
    this.#playing.set(promptId, { ...where, playbackId, stopping: false });
    return playbackId;
  }

  inherit(contactId: ContactId, channelId: string): void {
    this.#inherited.set(contactId, [...(this.#inherited.get(contactId) ?? []), channelId]);
  }

  /** The channels of a contact that may still hear a tone of a life before this one; they are told once. */
  takeInherited(contactId: ContactId): readonly string[] {
    const channels = this.#inherited.get(contactId) ?? [];
    this.#inherited.delete(contactId);
    return channels;
  }

  has(promptId: PromptId): boolean {
    return this.#playing.has(promptId);
  }

  /** Asterisk's name of a prompt that is to be stopped now. One that is not known bears its own. */
  stop(promptId: PromptId): string {
    const playing = this.#playing.get(promptId);
    if (playing) playing.stopping = true;
    return playing?.playbackId ?? promptId;
  }

  /** The prompt that Asterisk calls so; undefined: a tone of a life before this one, whose end nobody waits for. */
  named(playbackId: string, channelId: string): PromptId | undefined {
    if (!toneNames(channelId).includes(playbackId)) return playbackId;
    return this.#on(channelId).find(([, playing]) => playing.playbackId === playbackId)?.[0];
  }

  /** What it was, when it is one of ours and its end was not told yet. */
  ended(promptId: PromptId): Playing | undefined {
    const playing = this.#playing.get(promptId);
    this.#playing.delete(promptId);
    return playing;
  }

  /** What plays on a channel and was not asked to stop yet. */
  on(channelId: string): PromptId[] {
    return this.#on(channelId).flatMap(([promptId, { stopping }]) => (stopping ? [] : [promptId]));
  }

  /** Forgets what played on a channel that is gone: nobody is told of the end of what nobody hears. */
  forget(channelId: string, contactId: ContactId): void {
    const left = this.#inherited.get(contactId)?.filter((one) => one !== channelId) ?? [];
    if (left.length > 0) this.#inherited.set(contactId, left);
    else this.#inherited.delete(contactId);
    for (const [promptId] of this.#on(channelId)) this.#playing.delete(promptId);
  }

  #on(channelId: string): [PromptId, Playing][] {
    if (this.#playing.size === 0) return [];
    return [...this.#playing].filter(([, playing]) => playing.channelId === channelId);
  }
}

/** Every name that a tone on this channel may have. */
export function toneNames(channelId: string): string[] {
  return Array.from({ length: TONE_PLACES }, (_, place) => toneName(channelId, place));
}
