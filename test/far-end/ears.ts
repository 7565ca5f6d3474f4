import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { AriEvent } from 'ari-client';
import { ARI_APP, type Ari } from './ari.ts';
import { channelName } from './channel-name.ts';
import { Sightings } from './sightings.ts';
import { readWav } from './wav.ts';

/** One piece of listening for a tone. */
export const LISTEN_WINDOW_MS = 300;
const EAR_MS_MAX = 5_000;
const LISTEN_S_MAX = 600;

/** A recording of what one party hears, under way. */
export type Listening = {
  /** Ends it and returns the sound: 16 bit, 8 kHz. */
  stop(): Promise<Int16Array>;
  /** The same, so many milliseconds later. */
  stopAfter(ms: number): Promise<Int16Array>;
};

type Ear = { readonly sightings: Sightings; readonly seen: Set<string> };

/**
 * Listens on lines: a snoop channel hears what comes in on the line's channel and is recorded to a WAV file, which is
 * read from the far end's spool folder.
 */
export class Ears {
  readonly #ari: Ari;
  readonly #recordings: string;
  readonly #open = new Map<string, Ear>();
  #count = 0;

  constructor(ari: Ari, spool: string) {
    this.#ari = ari;
    this.#recordings = join(spool, 'recording');
  }

  /** Starts to record what comes in on a channel. Resolves when the recording runs. */
  async listen(channelId: string): Promise<Listening> {
    this.#count += 1;
    // The snoop channel and its recording bear the same name, so that the events of both find the same ear.
    const name = channelName('ear', this.#count);
    const ear: Ear = { sightings: new Sightings(`${name} at ${channelId}`), seen: new Set() };
    this.#open.set(name, ear);
    try {
      const snoop = { channelId, snoopId: name, spy: 'in', app: ARI_APP, appArgs: 'ear' };
      await this.#ari.request('channels', 'snoopChannelWithId', snoop);
      await this.#saw(ear, 'StasisStart');
      const recording = { channelId: name, name, format: 'wav', maxDurationSeconds: LISTEN_S_MAX };
      await this.#ari.request('channels', 'record', recording);
      await this.#saw(ear, 'RecordingStarted');
    } catch (error) {
      this.#open.delete(name);
      throw error;
    }
    const stop = (): Promise<Int16Array> => this.#stop(name, ear);
    return { stop, stopAfter: (ms) => pause(ms).then(stop) };
  }

  /** Takes in an event when it is about an ear; for the far end's listener only. */
  take(event: AriEvent): boolean {
    const ear = this.#open.get(event.recording?.name ?? event.channel?.id ?? '');
    if (!ear) return false;
    ear.seen.add(event.type);
    ear.sightings.note(event.recording?.cause ? `${event.type} (${event.recording.cause})` : event.type);
    return true;
  }

  async #stop(name: string, ear: Ear): Promise<Int16Array> {
    try {
      // The line may have ended meanwhile; then the recording has, too.
      if (!ear.seen.has('RecordingFinished')) {
        await this.#ari.request('recordings', 'stop', { recordingName: name }).catch(ignoreGone);
      }
      await this.#saw(ear, 'RecordingFinished');
      await this.#ari.request('channels', 'hangup', { channelId: name }).catch(ignoreGone);
      const file = join(this.#recordings, `${name}.wav`);
      const pcm = readWav(await readFile(file));
      await rm(file);
      return pcm;
    } finally {
      this.#open.delete(name);
    }
  }

  #saw(ear: Ear, type: string): Promise<true> {
    const failed = (): string | undefined => (ear.seen.has('RecordingFailed') ? 'but the recording failed' : undefined);
    return ear.sightings.until(type, EAR_MS_MAX, () => ear.seen.has(type) || undefined, failed);
  }
}

function ignoreGone(error: unknown): void {
  if (!/not found/i.test(String(error))) throw error;
}
