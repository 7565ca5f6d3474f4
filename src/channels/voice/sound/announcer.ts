import { tidy } from '../act/hand.ts';
import { socketChannel, voiceName } from '../names.ts';
import type { SoundDesk } from './desk.ts';
import { openMediaChannel } from './media-channel.ts';
import { markCommand, mediaCommand } from './media-message.ts';
import { SoundError } from './sound-error.ts';

/** `dtmf_events`: a key that the customer presses while we speak must be told. */
const BRIDGE_TYPE = 'mixing,dtmf_events';

/** A channel of ours that speaks to one customer's leg while it is joined with it; kept from one prompt to the next. */
export type Announcer = {
  /** The leg must be free of playbacks and music. Rejects with AriError. */
  join(legChannelId: string): Promise<void>;
  /** Throws away what was not heard yet, and lets go of the leg, which is alone again before anything else that is asked of Asterisk. */
  leave(legChannelId: string): void;
  /** Sound to be heard after what was sent before. */
  send(message: Uint8Array): void;
  /** Resolves when all that was sent was heard. Rejects with SoundError when the socket goes down before. */
  heard(): Promise<void>;
  readonly over: Promise<void>;
  close(): void;
};

/** Rejects with SoundError or AriError. */
export async function openAnnouncer(desk: SoundDesk, legChannelId: string): Promise<Announcer> {
  const { ari } = desk;
  const bridgeId = voiceName(legChannelId, desk.now());
  const socketId = socketChannel(bridgeId);
  const marks = new Map<number, { resolve: () => void; reject: (error: SoundError) => void }>();
  let marked = 0;
  let end = (): void => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  const socket = await openMediaChannel(desk, socketId, 'speak', {
    onSound: () => {},
    onMark(mark) {
      marks.get(mark)?.resolve();
      marks.delete(mark);
    },
    onGone: () => {
      // A leg that is still in the bridge is let go with it.
      tidy(ari.request('bridges.destroy', { bridgeId }));
      for (const { reject } of marks.values()) reject(new SoundError('sound.socket_lost'));
      marks.clear();
      end();
    },
  });
  tidy(ari.request('bridges.createWithId', { bridgeId, type: BRIDGE_TYPE }));
  tidy(ari.request('bridges.addChannel', { bridgeId, channel: socketId }));
  return {
    async join(channel) {
      await ari.request('bridges.addChannel', { bridgeId, channel });
      socket.send(mediaCommand('START_MEDIA_BUFFERING'));
    },
    leave(channel) {
      socket.send(mediaCommand('FLUSH_MEDIA'));
      // What is left of an announcer that cannot let go is removed when Asterisk is asked what there is.
      ari.request('bridges.removeChannel', { bridgeId, channel }).catch(() => socket.close());
    },
    send: (message) => socket.send(message),
    heard() {
      marked += 1;
      socket.send(mediaCommand('STOP_MEDIA_BUFFERING'));
      socket.send(markCommand(marked));
      return new Promise((resolve, reject) => marks.set(marked, { resolve, reject }));
    },
    over,
    close: () => socket.close(),
  };
}
