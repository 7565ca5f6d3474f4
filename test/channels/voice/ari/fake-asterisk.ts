import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** A WebSocket and HTTP server that speaks ARI's wire format and does what a real Asterisk cannot be made to do. */
export type FakeAsterisk = {
  readonly url: string;
  /** What came, in order. */
  readonly upgrades: { readonly url: string; readonly authorization: string | undefined }[];
  readonly requests: RestRequest[];
  /** HTTP connections that were opened, those of the event sockets included. */
  connections(): number;
  /** How requests over the socket are answered; undefined: never. */
  answer: (request: RestRequest) => RestAnswer | undefined;
  /** Called after each upgrade and each request over the socket. */
  onActivity: () => void;
  onHttp: (request: IncomingMessage, response: ServerResponse) => void;
  /** A status other than 101 refuses the upgrade. */
  upgradeStatus: number;
  answersPings: boolean;
  /** Sends to every open event socket. */
  send(text: string): void;
  /** Cuts every event socket without a closing handshake. */
  cut(): void;
  close(): Promise<void>;
};

export type RestRequest = {
  readonly type: string;
  readonly request_id: string;
  readonly method: string;
  readonly uri: string;
  readonly content_type?: string;
  readonly message_body?: string;
};
export type RestAnswer = { readonly status: number; readonly body?: unknown };

export async function startFakeAsterisk(): Promise<FakeAsterisk> {
  const open = new Set<Socket>();
  let connections = 0;
  const server = createServer((request, response) => fake.onHttp(request, response));
  server.on('connection', (socket: Socket) => {
    connections += 1;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  const sockets = new WebSocketServer({ noServer: true, autoPong: false });
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    fake.upgrades.push({ url: request.url ?? '', authorization: request.headers.authorization });
    fake.onActivity();
    if (fake.upgradeStatus !== 101) {
      socket.end(`HTTP/1.1 ${fake.upgradeStatus} Refused\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (one) => serve(one, fake));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const fake: FakeAsterisk = {
    url: `http://user:p%40ss@127.0.0.1:${(server.address() as AddressInfo).port}/ari`,
    upgrades: [],
    requests: [],
    connections: () => connections,
    answer: () => ({ status: 204 }),
    onActivity: () => {},
    onHttp: (_request, response) => response.writeHead(404).end('{"message":"Not here"}'),
    upgradeStatus: 101,
    answersPings: true,
    send(text) {
      for (const one of sockets.clients) one.send(text);
    },
    cut() {
      for (const one of sockets.clients) one.terminate();
    },
    async close() {
      server.close();
      for (const socket of open) socket.destroy();
      if (server.listening) await once(server, 'close');
    },
  };
  return fake;
}

function serve(one: WebSocket, fake: FakeAsterisk): void {
  one.on('ping', () => {
    if (fake.answersPings) one.pong();
  });
  one.on('message', (data) => {
    const request = JSON.parse(data.toString()) as RestRequest;
    fake.requests.push(request);
    fake.onActivity();
    const answer = fake.answer(request);
    if (answer !== undefined) one.send(responseText(request.request_id, answer));
  });
}

/** A RESTResponse as Asterisk 22.10.1 writes it. */
export function responseText(requestId: string, answer: RestAnswer): string {
  const body = answer.body === undefined ? {} : { message_body: JSON.stringify(answer.body) };
  return JSON.stringify({
    type: 'RESTResponse',
    request_id: requestId,
    status_code: answer.status,
    content_type: 'application/json',
    ...body,
  });
}
