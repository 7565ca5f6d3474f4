import WebSocket from 'ws';
import type { AriAddress } from '../ari/address.ts';
import { readMark } from './media-message.ts';
import { SoundError } from './sound-error.ts';

const HANDSHAKE_MS = 3_000;
/** How long the other half of the closing handshake is waited for. */
const CLOSE_MS = 1_000;
/** Asterisk sends a frame (320 bytes) or a short text at a time. */
const MESSAGE_BYTES_MAX = 64 * 1024;
/** The sub-protocol by which Asterisk knows a media socket. */
const PROTOCOL = 'media';

/** The socket of one channel of chan_websocket, open. */
export type MediaSocket = {
  send(message: Uint8Array | string): void;
  /** The channel ends with its socket. May be called twice. */
  close(): void;
};

export type MediaSocketEar = {
  onSound(bytes: Uint8Array): void;
  /** All that was sent before this mark has been handed on to be heard. */
  onMark(mark: number): void;
  /** Called once, whatever the end was. */
  onGone(): void;
};

/** Where the socket of a connection id of chan_websocket is: beside ARI, on the same HTTP server. */
export function mediaSocketUrl({ secure, host, port, basePath }: AriAddress, connectionId: string): string {
  const prefix = basePath.replace(/\/ari$/, '');
  const name = host.includes(':') ? `[${host}]` : host;
  return `${secure ? 'wss' : 'ws'}://${name}:${port}${prefix}/media/${encodeURIComponent(connectionId)}`;
}

/** Rejects with SoundError `sound.socket_lost`; `onGone` is called then, too. */
export function openMediaSocket(address: AriAddress, connectionId: string, ear: MediaSocketEar): Promise<MediaSocket> {
  const socket = new WebSocket(mediaSocketUrl(address, connectionId), PROTOCOL, {
    headers: { Authorization: address.authorization },
    handshakeTimeout: HANDSHAKE_MS,
    maxPayload: MESSAGE_BYTES_MAX,
    perMessageDeflate: false,
    skipUTF8Validation: true,
  });
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) return ear.onSound(data);
    const mark = readMark(data.toString());
    if (mark !== undefined) ear.onMark(mark);
  });
  // Each error is followed by `close`, which tells it; without a listener Node would end the process.
  socket.on('error', () => {});
  return new Promise((resolve, reject) => {
    socket.on('close', () => {
      ear.onGone();
      reject(new SoundError('sound.socket_lost'));
    });
    socket.on('open', () => {
      resolve({
        send: (message) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(message);
        },
        close: () => close(socket),
      });
    });
  });
}

function close(socket: WebSocket): void {
  if (socket.readyState >= WebSocket.CLOSING) return;
  const timer = setTimeout(() => socket.terminate(), CLOSE_MS);
  socket.once('close', () => clearTimeout(timer));
  socket.close(1000);
}
