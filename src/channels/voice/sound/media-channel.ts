import { tidy } from '../act/hand.ts';
import { ROLE } from '../names.ts';
import type { SoundDesk } from './desk.ts';
import { type MediaSocket, type MediaSocketEar, openMediaSocket } from './media-socket.ts';
import { SoundError } from './sound-error.ts';

/** 16 bit, 8 kHz: what G.711 is made into anyhow to be mixed or recorded. */
const FORMAT = 'slin';

/** Which way sound goes over the socket; Asterisk spares itself the other one. As the socket's program sees it. */
const DIRECTION = { hear: 'in', speak: 'out' } as const;

/**
 * Has Asterisk make a channel whose sound goes over a socket, and opens the socket. Resolves when the channel can be joined with
 * others. Rejects with SoundError or AriError, and leaves nothing behind then; `ear.onGone` may be called before.
 */
export async function openMediaChannel(
  desk: SoundDesk,
  channelId: string,
  purpose: keyof typeof DIRECTION,
  ear: MediaSocketEar,
): Promise<MediaSocket> {
  const { ari, app, address, channels } = desk;
  const entered = channels.expect(channelId);
  const opened = open();
  try {
    const [socket] = await Promise.all([opened, entered]);
    return socket;
  } catch (error) {
    opened.then(
      (socket) => socket.close(),
      () => undefined,
    );
    channels.forget(channelId);
    tidy(ari.request('channels.hangup', { channelId }));
    throw error;
  }

  async function open(): Promise<MediaSocket> {
    // The letters in transport_data are fixed: Asterisk 22.10.1 does not survive some wrong ones (research: ARI trap 30).
    const { channelvars } = await ari.request('channels.externalMedia', {
      channelId,
      app,
      transport: 'websocket',
      encapsulation: 'none',
      connection_type: 'server',
      external_host: 'INCOMING',
      format: FORMAT,
      data: ROLE.sound,
      transport_data: `f(json)d(${DIRECTION[purpose]})`,
    });
    const connectionId = channelvars?.['MEDIA_WEBSOCKET_CONNECTION_ID'];
    if (typeof connectionId !== 'string') throw new SoundError('sound.socket_lost');
    return openMediaSocket(address, connectionId, {
      ...ear,
      onGone() {
        channels.forget(channelId);
        ear.onGone();
      },
    });
  }
}
