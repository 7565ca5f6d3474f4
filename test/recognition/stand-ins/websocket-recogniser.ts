import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { hearLevels, type LevelHeard } from './level-hearing.ts';

/** What the server saw of one utterance. */
export type SeenUtterance = {
  readonly start: Record<string, unknown>;
  /** Of the connections, counted from 0. */
  readonly connection: number;
  readonly chunks: number[];
  audio: Buffer;
  ended: boolean;
  stopped: boolean;
};

export type RecogniserBehaviour = {
  /** Answers the start with this error. */
  readonly error?: string;
  /** Sends this text instead of an answer to the first sound. */
  readonly nonsense?: string;
  /** Cuts the connection when so much sound of an utterance has come. */
  readonly dieAfterMs?: number;
  /** Answers nothing. */
  readonly mute?: boolean;
  /** Adds what a later version of the protocol might say. */
  readonly chatty?: boolean;
};

export type RecogniserStandIn = {
  readonly url: string;
  readonly port: number;
  readonly utterances: readonly SeenUtterance[];
  connections(): number;
  behave(how: (utterance: number) => RecogniserBehaviour): void;
  close(): void;
};

/**
 * A recogniser behind the WebSocket protocol of docs/recognition-engines.md, written from that page alone. It hears levels,
 * asks for `token` when it has one, and is behind TLS when it has a certificate.
 */
export async function startRecogniser(
  options: { readonly token?: string; readonly tls?: { readonly key: string; readonly cert: string } } = {},
): Promise<RecogniserStandIn> {
  const utterances: SeenUtterance[] = [];
  let connections = 0;
  let behaviour: (utterance: number) => RecogniserBehaviour = () => ({});
  const http = options.tls ? createTlsServer(options.tls) : createServer();
  const sockets = new WebSocketServer({ noServer: true });
  http.on('upgrade', (request: IncomingMessage, socket, head) => {
    if (options.token !== undefined && request.headers.authorization !== `Bearer ${options.token}`) {
      socket.end('HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      const connection = connections++;
      serve(client, (start) => {
        const seen = { start, connection, chunks: [], audio: Buffer.alloc(0), ended: false, stopped: false };
        utterances.push(seen);
        return { seen, how: behaviour(utterances.length - 1) };
      });
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    url: `${options.tls ? 'wss' : 'ws'}://127.0.0.1:${port}/hear`,
    port,
    utterances,
    connections: () => connections,
    behave(how) {
      behaviour = how;
    },
    close() {
      for (const client of sockets.clients) client.terminate();
      http.close();
    },
  };
}

type Begun = { readonly seen: SeenUtterance; readonly how: RecogniserBehaviour };

function serve(client: WebSocket, begin: (start: Record<string, unknown>) => Begun): void {
  let now: (Begun & { readonly hearing: ReturnType<typeof hearLevels> }) | undefined;
  client.on('error', () => {});

  function answer(heard: readonly LevelHeard[], last: boolean): void {
    if (!now || now.how.mute) return;
    const { id, continuous } = now.seen.start;
    const words = heard.flatMap((one) => (one.what === 'partial' || one.what === 'final' ? [one] : []));
    for (const { what, text, atMs } of words) {
      if (what === 'final' && !last && !continuous) client.send(JSON.stringify({ type: 'ended', id }));
      else if (what === 'partial') client.send(JSON.stringify({ type: 'partial', id, text }));
      else client.send(JSON.stringify({ type: 'final', id, text, confidence: 0.8, untilMs: atMs, last }));
      if (what === 'final' && !last && !continuous) heldBack = text;
    }
    if (!last) return;
    const told = words.some(({ what }) => what === 'final');
    if (!told && heldBack !== undefined) client.send(JSON.stringify({ type: 'final', id, text: heldBack }));
    else if (!told) client.send(JSON.stringify({ type: 'nothing', id }));
    now = undefined;
  }
  /** What was understood before the end was told. */
  let heldBack: string | undefined;

  client.on('message', (data: Buffer, isBinary) => {
    if (isBinary) {
      if (!now) return;
      const { seen, how } = now;
      seen.chunks.push(data.length);
      seen.audio = Buffer.concat([seen.audio, data]);
      if (how.nonsense !== undefined) return client.send(how.nonsense);
      if (how.dieAfterMs !== undefined && seen.audio.length / 16 >= how.dieAfterMs) return client.terminate();
      if (how.chatty) client.send(JSON.stringify({ type: 'loudness', id: seen.start['id'], dbfs: -20 }));
      if (how.chatty) client.send(JSON.stringify({ type: 'partial', id: 0, text: 'of an earlier utterance' }));
      return answer(now.hearing.accept(samplesOf(data)), false);
    }
    const message = JSON.parse(String(data)) as Record<string, unknown>;
    if (message['type'] === 'start') {
      heldBack = undefined;
      now = { ...begin(message), hearing: hearLevels() };
      if (now.how.error !== undefined) {
        client.send(JSON.stringify({ type: 'error', id: message['id'], reason: now.how.error }));
        now = undefined;
      }
    } else if (now && message['type'] === 'end') {
      now.seen.ended = true;
      answer(now.hearing.finish(), true);
    } else if (now && message['type'] === 'stop') {
      now.seen.stopped = true;
      now = undefined;
    }
  });
}

function samplesOf(audio: Buffer): Int16Array {
  return Int16Array.from({ length: audio.length / 2 }, (_, i) => audio.readInt16LE(2 * i));
}
