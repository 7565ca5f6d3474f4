import { SoundError, type SoundErrorCode } from './sound-error.ts';

/** How long Asterisk may take to put a channel into our hands. */
const ENTER_MS_MAX = 3_000;

type Known = {
  readonly entered: () => void;
  readonly failed: (code: SoundErrorCode) => void;
  readonly onGone: () => void;
};

/** The channels that were made for sound, from the request for them to their end: Asterisk's events find them here. */
export class SoundChannels {
  readonly #channels = new Map<string, Known>();

  /**
   * Notes a channel that is about to be asked for; resolves when it is in our hands, before which Asterisk joins it with nothing
   * (422). Rejects with SoundError. `onGone` is called when its end is told, and not after `forget`.
   */
  expect(channelId: string, onGone: () => void = () => {}): Promise<void> {
    return new Promise((resolve, reject) => {
      const failed = (code: SoundErrorCode): void => {
        clearTimeout(timer);
        reject(new SoundError(code));
      };
      const timer = setTimeout(() => failed('sound.timed_out'), ENTER_MS_MAX);
      timer.unref();
      const entered = (): void => {
        clearTimeout(timer);
        resolve();
      };
      this.#channels.set(channelId, { entered, failed, onGone });
    });
  }

  has(channelId: string): boolean {
    return this.#channels.has(channelId);
  }

  entered(channelId: string): void {
    this.#channels.get(channelId)?.entered();
  }

  /** Asterisk says that it has ended. */
  gone(channelId: string): void {
    const known = this.#channels.get(channelId);
    if (!known) return;
    this.forget(channelId);
    known.onGone();
  }

  forget(channelId: string): void {
    this.#channels.get(channelId)?.failed('sound.leg_gone');
    this.#channels.delete(channelId);
  }
}
