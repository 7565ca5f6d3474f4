import { FRAME_MS, FRAME_SAMPLES, framer } from '../../../media/frames.ts';
import { tidy } from '../act/hand.ts';
import { ROLE, snoopChannel, socketChannel, tapName } from '../names.ts';
import type { SoundDesk } from './desk.ts';
import { openMediaChannel } from './media-channel.ts';
import { samplesOf } from './sound-bytes.ts';

/** When nothing came for so long, time goes on by silence of our own making. */
const SILENT_AFTER_MS = 200;
const LOOK_EVERY_MS = 100;

export type FrameListener = (frame: Int16Array) => void;

/** What one leg says, for any number of listeners. */
export type LegTap = {
  /** A listener gets frames of its own; the function that is returned ends it. */
  listen(listener: FrameListener): () => void;
  /** Resolves when no frame will come any more. */
  readonly over: Promise<void>;
  close(): void;
};

/**
 * Hears a leg by a snoop channel in the direction from the party to us: our prompts, music and the other parties are not in
 * it, whatever the leg is joined with. Measured with Asterisk 22.10.1: it goes on while a sound is played to the leg (a snoop of both
 * directions does not), and it gives a frame each 20 ms also when the phone sends nothing at all.
 * Rejects with SoundError or AriError.
 */
export async function openLegTap(desk: SoundDesk, legChannelId: string): Promise<LegTap> {
  const { ari, app, channels } = desk;
  const name = tapName(legChannelId, desk.now());
  const [snoopId, socketId] = [snoopChannel(name), socketChannel(name)];
  const frames = createFrames(desk.now);
  // The snoop channel ends with its leg; its socket would stay for ever.
  const snooping = channels.expect(snoopId, () => close());
  const request = { channelId: legChannelId, snoopId, spy: 'in', app, appArgs: ROLE.sound } as const;
  const asked = ari.request('channels.snoopChannelWithId', request);
  const media = openMediaChannel(desk, socketId, 'hear', {
    onSound: frames.take,
    onMark: () => {},
    onGone: () => close(),
  });
  let isClosed = false;
  function close(): void {
    if (isClosed) return;
    isClosed = true;
    frames.end();
    channels.forget(snoopId);
    media.then(
      (socket) => socket.close(),
      () => undefined,
    );
    tidy(ari.request('channels.hangup', { channelId: snoopId }));
    tidy(ari.request('bridges.destroy', { bridgeId: name }));
  }
  try {
    await Promise.all([asked, snooping, media]);
    // Two channels and no keys to be told: the cheapest bridge that Asterisk has.
    tidy(ari.request('bridges.createWithId', { bridgeId: name, type: 'mixing' }));
    await ari.request('bridges.addChannel', { bridgeId: name, channel: [snoopId, socketId] });
  } catch (error) {
    close();
    throw error;
  }
  return { listen: frames.listen, over: frames.over, close };
}

/** Hands frames to the listeners, and silence where none come. */
function createFrames(now: () => number) {
  const listeners = new Set<FrameListener>();
  const cut = framer();
  let lastAtMs = now();
  let end = (): void => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  function give(frame: Int16Array): void {
    const alone = listeners.size === 1;
    for (const listener of listeners) listener(alone ? frame : frame.slice());
  }
  function fill(): void {
    if (now() - lastAtMs < SILENT_AFTER_MS) return;
    for (; lastAtMs + FRAME_MS <= now(); lastAtMs += FRAME_MS) give(new Int16Array(FRAME_SAMPLES));
  }
  // Looked at when what has arrived was read: sound that waited for a busy program is not silence.
  const timer = setInterval(() => setImmediate(fill), LOOK_EVERY_MS);
  timer.unref();
  return {
    over,
    listen(listener: FrameListener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    take(bytes: Uint8Array) {
      lastAtMs = now();
      for (const frame of cut.push(samplesOf(bytes))) give(frame);
    },
    end() {
      clearInterval(timer);
      listeners.clear();
      end();
    },
  };
}
