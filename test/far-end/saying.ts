import type { AriEvent } from 'ari-client';
import type { Ari } from './ari.ts';
import { Sightings } from './sightings.ts';
import type { Sounds } from './sounds.ts';
import { tone } from './wav.ts';

/** A phone goes on sending when its user is silent: so long, then the far end sends nothing any more. */
const SILENCE_MS = 60_000;
const BEGIN_MS_MAX = 5_000;

/** Something that is being said into a call. */
export type Saying = {
  /** Resolves when the last sample was sent. */
  readonly over: Promise<void>;
  /** Breaks it off. */
  stop(): Promise<void>;
};

/** What one party says: one sound at a time, and silence after it. */
export class Speaker {
  readonly #channelId: string;
  readonly #ari: Ari;
  readonly #sounds: Sounds;
  readonly #sightings: Sightings;
  readonly #seen = new Set<string>();
  #count = 0;
  #silence: string | undefined;
  /** What is sent while nothing is said. */
  #background: Int16Array = tone(0, SILENCE_MS);

  constructor(channelId: string, name: string, ari: Ari, sounds: Sounds) {
    this.#channelId = channelId;
    this.#ari = ari;
    this.#sounds = sounds;
    this.#sightings = new Sightings(`${name}'s voice`);
  }

  /** Resolves when it has begun. 16 bit, 8 kHz. */
  async say(pcm: Int16Array): Promise<Saying> {
    await this.#stopSilence();
    const words = await this.#play(this.#sounds.mediaOf(pcm));
    this.#silence = await this.#play(this.#sounds.mediaOf(this.#background));
    await this.#saw(words, 'PlaybackStarted', BEGIN_MS_MAX);
    const lengthMs = pcm.length / 8;
    return {
      over: this.#saw(words, 'PlaybackFinished', lengthMs + BEGIN_MS_MAX),
      stop: async () => {
        await this.#stop(words);
        await this.#saw(words, 'PlaybackFinished', BEGIN_MS_MAX);
      },
    };
  }

  /** Sends this from now on whenever nothing is said, such as the noise of a street; it is not repeated when it is over. */
  async between(background: Int16Array): Promise<void> {
    await this.#stopSilence();
    this.#background = background;
    this.#silence = await this.#play(this.#sounds.mediaOf(background));
  }

  take({ type, playback }: AriEvent): void {
    this.#seen.add(`${type} ${playback?.id}`);
    this.#sightings.note(`${type} ${playback?.id}`);
  }

  close(): void {
    this.#sightings.close('but the far end was stopped');
  }

  async #stopSilence(): Promise<void> {
    if (this.#silence !== undefined) await this.#stop(this.#silence);
    this.#silence = undefined;
  }

  async #play(media: string): Promise<string> {
    this.#count += 1;
    const playbackId = `${this.#channelId}-say-${this.#count}`;
    await this.#ari.request('channels', 'playWithId', { channelId: this.#channelId, playbackId, media });
    return playbackId;
  }

  /** What has ended by itself, with its call or before, needs no stop. */
  async #stop(playbackId: string): Promise<void> {
    await this.#ari.request('playbacks', 'stop', { playbackId }).catch((error: unknown) => {
      if (!/not found/i.test(String(error))) throw error;
    });
  }

  async #saw(playbackId: string, type: string, waitMs: number): Promise<void> {
    await this.#sightings.until(
      `${type} ${playbackId}`,
      waitMs,
      () => this.#seen.has(`${type} ${playbackId}`) || undefined,
    );
  }
}
