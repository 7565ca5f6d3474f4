import type { Tap } from '../../channel.ts';
import type { SoundDesk } from './desk.ts';
import { type LegTap, openLegTap } from './leg-tap.ts';
import { SoundError } from './sound-error.ts';

/** Each has a socket, and two channels in Asterisk. */
const TAPS_MAX = 500;
/** How long a tap that nobody listens to is kept: the caller hears an answer of ours, and is asked again. */
const KEEP_MS = 15_000;

type Shared = {
  readonly opening: Promise<LegTap>;
  listeners: number;
  keeping?: NodeJS.Timeout | undefined;
};

/** The taps by the channel that they hear: those of one leg share one socket. */
export class Taps {
  readonly #desk: SoundDesk;
  readonly #taps = new Map<string, Shared>();

  constructor(desk: SoundDesk) {
    this.#desk = desk;
  }

  get size(): number {
    return this.#taps.size;
  }

  /** Rejects with SoundError or AriError. */
  async tap(channelId: string): Promise<Tap> {
    const shared = this.#taps.get(channelId) ?? this.#open(channelId);
    clearTimeout(shared.keeping);
    shared.listeners += 1;
    const legTap = await shared.opening;
    return this.#share(channelId, shared, legTap);
  }

  #open(channelId: string): Shared {
    if (this.#taps.size >= TAPS_MAX) throw new SoundError('sound.too_many');
    const shared: Shared = { opening: openLegTap(this.#desk, channelId), listeners: 0 };
    this.#taps.set(channelId, shared);
    const forget = (): void => this.#forget(channelId, shared);
    shared.opening.then((legTap) => legTap.over.then(forget), forget);
    return shared;
  }

  #share(channelId: string, shared: Shared, legTap: LegTap): Tap {
    const mine = new Set<() => void>();
    let isClosed = false;
    let end = (): void => {};
    const closed = new Promise<void>((resolve) => {
      end = resolve;
    });
    return {
      onFrame(listener) {
        if (isClosed) return () => {};
        const stop = legTap.listen(listener);
        mine.add(stop);
        return () => {
          mine.delete(stop);
          stop();
        };
      },
      over: Promise.race([legTap.over, closed]),
      close: () => {
        if (isClosed) return;
        isClosed = true;
        for (const stop of mine) stop();
        end();
        this.#left(channelId, shared);
      },
    };
  }

  /** One listener less. */
  #left(channelId: string, shared: Shared): void {
    shared.listeners -= 1;
    if (shared.listeners > 0 || this.#taps.get(channelId) !== shared) return;
    shared.keeping = setTimeout(() => this.end(channelId), KEEP_MS);
    shared.keeping.unref();
  }

  /** The leg is gone, or nobody came back to listen. */
  end(channelId: string): void {
    const shared = this.#taps.get(channelId);
    if (!shared) return;
    this.#forget(channelId, shared);
    shared.opening.then(
      (legTap) => legTap.close(),
      () => undefined,
    );
  }

  endAll(): void {
    for (const channelId of [...this.#taps.keys()]) this.end(channelId);
  }

  #forget(channelId: string, shared: Shared): void {
    clearTimeout(shared.keeping);
    if (this.#taps.get(channelId) === shared) this.#taps.delete(channelId);
  }
}
