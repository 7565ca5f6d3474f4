import type { ContactId, LegId, PromptId } from '../../../model/ids.ts';
import type { CallSound, DoorHost, Tap } from '../../channel.ts';
import { tidy } from '../act/hand.ts';
import type { AriAddress } from '../ari/address.ts';
import type { AriClient } from '../ari/client.ts';
import type { Found } from '../inventory.ts';
import type { Legs } from '../legs.ts';
import { carriesSound, socketChannel } from '../names.ts';
import { Announcers } from './announcers.ts';
import type { SoundDesk } from './desk.ts';
import { SoundChannels } from './sound-channels.ts';
import { SoundError } from './sound-error.ts';
import { Taps } from './taps.ts';

export type LiveSoundParts = {
  readonly ari: AriClient;
  readonly app: string;
  readonly address: AriAddress;
  readonly host: DoorHost;
  readonly legs: Legs;
  /** Ends music and playbacks on the channel of a leg. */
  readonly makeRoom: (legChannelId: string) => void;
};

/** The living sound of this door's calls: what is said comes to us, and what we say goes to the customer, as it is made. */
export class LiveSound implements CallSound {
  readonly #ari: AriClient;
  readonly #legs: Legs;
  readonly #channels = new SoundChannels();
  readonly #taps: Taps;
  readonly #announcers: Announcers;
  #closed = false;

  constructor({ ari, app, address, host, legs, makeRoom }: LiveSoundParts) {
    this.#ari = ari;
    this.#legs = legs;
    const desk: SoundDesk = { ari, app, address, channels: this.#channels, now: () => host.now() };
    this.#taps = new Taps(desk);
    this.#announcers = new Announcers(desk, host, makeRoom);
  }

  /** Rejects with SoundError or AriError. */
  async tap(_contactId: ContactId, legId: LegId): Promise<Tap> {
    if (this.#closed) throw new SoundError('sound.closed');
    return this.#taps.tap(this.#legs.channel(legId));
  }

  speak(contactId: ContactId, promptId: PromptId, sound: AsyncIterable<Int16Array>): void {
    if (!this.#closed) this.#announcers.speak(contactId, promptId, this.#legs.channel(contactId), sound);
  }

  /** Sockets that are open or being opened, each with what is kept for a while. */
  sockets(): { readonly taps: number; readonly announcers: number } {
    return { taps: this.#taps.size, announcers: this.#announcers.size };
  }

  /** Ends a prompt that is spoken as it comes. False where it is none. */
  stop(promptId: PromptId): boolean {
    return this.#announcers.stop(promptId);
  }

  /** Ends what is spoken to a leg, which is alone again then. */
  silence(legChannelId: string): void {
    this.#announcers.silence(legChannelId);
  }

  /** A channel of ours is in our hands. */
  entered(channelId: string): void {
    if (this.#channels.has(channelId)) this.#channels.entered(channelId);
    // It was given up while it was made.
    else tidy(this.#ari.request('channels.hangup', { channelId }));
  }

  /** A channel has ended: one of ours, or a leg. */
  ended(channelId: string): void {
    if (carriesSound(channelId)) return this.#channels.gone(channelId);
    this.#taps.end(channelId);
    this.#announcers.legEnded(channelId);
  }

  /** Removes what a life of this program before this one has left. A leg that was being spoken to is alone again then. */
  sweep({ bridges, channels }: Found['sound']): void {
    for (const bridgeId of bridges) {
      if (!this.#channels.has(socketChannel(bridgeId))) tidy(this.#ari.request('bridges.destroy', { bridgeId }));
    }
    for (const channelId of channels) {
      if (!this.#channels.has(channelId)) tidy(this.#ari.request('channels.hangup', { channelId }));
    }
  }

  /** Closes every socket; the legs stay. May be called twice. */
  close(): void {
    this.#closed = true;
    this.#taps.endAll();
    this.#announcers.endAll();
  }
}
