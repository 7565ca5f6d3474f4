import { setTimeout as pause } from 'node:timers/promises';
import type { Announcer } from './announcer.ts';
import { createMessages, messageMs } from './sound-bytes.ts';
import { SoundError } from './sound-error.ts';

/** So much is sent ahead of what is heard: enough for a busy moment of ours, and little to throw away. Asterisk holds 20 s. */
const AHEAD_MS = 2_000;
/** How long the next piece of sound may take to come. */
const PIECE_MS_MAX = 10_000;
/** How much later than by our own count the end may be heard. */
const LATE_MS_MAX = 3_000;
/** What speaks for longer is ended. */
const LENGTH_MS_MAX = 600_000;

/** One prompt that is spoken as it comes. */
export type Announcement = {
  /** Never rejects. `dropped`: the customer is gone, so there is nothing to tell. */
  readonly result: Promise<'done' | 'failed' | 'dropped'>;
  end(result: 'done' | 'failed' | 'dropped'): void;
};

export type AnnouncementParts = {
  readonly sound: AsyncIterable<Int16Array>;
  readonly legChannelId: string;
  announcer(): Promise<Announcer>;
  /** Ends music and other prompts on the leg. Called when there is something to be heard in their place. */
  makeRoom(): void;
  now(): number;
};

type Piece = IteratorResult<Int16Array, unknown>;

/** Speaks a prompt; the leg is as it was before as soon as the result is there. */
export function announce(parts: AnnouncementParts): Announcement {
  const { sound, legChannelId, now } = parts;
  const iterator = sound[Symbol.asyncIterator]();
  let announcer: Announcer | undefined;
  let isOver = false;
  let resolve: (result: 'done' | 'failed' | 'dropped') => void = () => {};
  const result = new Promise<'done' | 'failed' | 'dropped'>((settle) => {
    resolve = settle;
  });

  function end(how: 'done' | 'failed' | 'dropped'): void {
    if (isOver) return;
    isOver = true;
    announcer?.leave(legChannelId);
    // Whoever makes the sound may stop; what it says to that, and when, is nothing to the call.
    iterator.return?.().catch(() => undefined);
    resolve(how);
  }

  async function speak(): Promise<void> {
    // The sound is made while the channel is opened.
    const coming = next(iterator);
    const [opened, first] = await Promise.all([parts.announcer(), coming]);
    if (isOver || first.done) return;
    parts.makeRoom();
    announcer = opened;
    void opened.over.then(() => end('failed'));
    await opened.join(legChannelId);
    // Stopped meanwhile: the leg may have been joined after it was let go.
    if (isOver) return opened.leave(legChannelId);
    const clock = createPace(now, () => isOver);
    const messages = createMessages();
    const send = async (ready: readonly Uint8Array[]): Promise<void> => {
      for (const message of ready) {
        await clock.turn(messageMs(message));
        if (!isOver) opened.send(message);
      }
    };
    for (let piece: Piece = first; !piece.done && !isOver; piece = await next(iterator)) {
      await send(messages.add(piece.value));
    }
    await send(messages.end());
    if (!isOver) await within(clock.leftMs() + LATE_MS_MAX, opened.heard());
  }

  speak().then(
    () => end('done'),
    () => end('failed'),
  );
  return { result, end };
}

/** Keeps what was sent from running too far ahead of what is heard. */
function createPace(now: () => number, isOver: () => boolean) {
  let heardUntilMs = now();
  let lengthMs = 0;
  const leftMs = (): number => Math.max(0, heardUntilMs - now());
  return {
    leftMs,
    /** Resolves when sound of this length may be sent. Rejects with SoundError for what is too long in all. */
    async turn(ms: number): Promise<void> {
      lengthMs += ms;
      if (lengthMs > LENGTH_MS_MAX) throw new SoundError('sound.timed_out');
      while (leftMs() > AHEAD_MS && !isOver()) await pause(leftMs() - AHEAD_MS);
      heardUntilMs = Math.max(now(), heardUntilMs) + ms;
    },
  };
}

function next(iterator: AsyncIterator<Int16Array>): Promise<Piece> {
  return within(PIECE_MS_MAX, iterator.next());
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SoundError('sound.timed_out')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
